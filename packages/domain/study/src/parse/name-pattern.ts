/** What is wrong with a regular expression on file names, or null. It has one group, and no repetition within one. */
export function namePatternFault(pattern: string): string | null {
  const probe = regexOrFault(`${pattern}|`)
  if (typeof probe === 'string') return probe
  const groups = (probe.exec('') as RegExpExecArray).length - 1
  if (groups !== 1) return `a pattern for the file name has exactly one group in parentheses, this one has ${groups}`
  if (repeatsRepetition(pattern)) return 'a repetition of a repetition can take for ever; write it once'
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

/** `(a+)+` and the like: a group that holds a quantifier and has one itself. Escapes and character classes do not count. */
function repeatsRepetition(pattern: string): boolean {
  const plain = pattern.replace(/\\./gsu, 'x').replace(/\[[^\]]*\]/gsu, 'x')
  const open: boolean[] = []
  let closed = false
  for (const [i, c] of Array.from(plain).entries()) {
    const quantifier = c === '*' || c === '+' || c === '{'
    if (quantifier && closed) return true
    if (quantifier && open.length > 0) open[open.length - 1] = true
    closed = false
    if (c === '(') open.push(false)
    if (c === ')' && i > 0) {
      closed = open.pop() === true
      if (closed && open.length > 0) open[open.length - 1] = true
    }
  }
  return false
}
