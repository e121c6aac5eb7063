/** What is wrong with a regular expression on file names, or null. It has one group, and repeats nothing that leaves a choice. */
export function namePatternFault(pattern: string): string | null {
  const probe = regexOrFault(`${pattern}|`)
  if (typeof probe === 'string') return probe
  const groups = (probe.exec('') as RegExpExecArray).length - 1
  if (groups !== 1) return `a pattern for the file name has exactly one group in parentheses, this one has ${groups}`
  if (repeatsChoice(pattern)) {
    return 'a repetition of a repetition or of alternatives can take for ever; write it once, as [ab]+ for (?:a|b)+'
  }
  return null
}

function regexOrFault(pattern: string): RegExp | string {
  try {
    return new RegExp(pattern, 'u')
  } catch (error) {
    if (error instanceof SyntaxError) return `is no regular expression: ${error.message}`
    throw error
  }
}

/**
 * `(a+)+`, `(a|aa)+`, `(a?){30}` and the like: a group with a quantifier that holds one itself, or alternatives. Escapes and
 * character classes do not count.
 */
function repeatsChoice(pattern: string): boolean {
  const plain = pattern.replace(/\\./gsu, 'x').replace(/\[[^\]]*\]/gsu, 'x')
  const open: boolean[] = []
  let closed = false
  let before = ''
  for (const c of plain) {
    const repeats = c === '*' || c === '+' || c === '{'
    if (repeats && closed) return true
    const chooses = repeats || c === '|' || (c === '?' && before !== '(')
    if (chooses && open.length > 0) open[open.length - 1] = true
    closed = false
    if (c === '(') open.push(false)
    if (c === ')' && before !== '') {
      closed = open.pop() === true
      if (closed && open.length > 0) open[open.length - 1] = true
    }
    before = c
  }
  return false
}
