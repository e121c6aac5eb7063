/**
 * File patterns: `*` any text within a folder, `**` any text, `?` one character, `{a,b}` either; `(...)` marks the part of
 * the name that groups cumulative exports. Everything else stands for itself, case-sensitive; names are compared in NFC.
 *
 * Matching takes at most (length of pattern) x (length of name) steps for each way to choose the alternatives.
 */
export type Glob =
  | { readonly kind: 'glob'; matches(name: string): boolean; groupOf(name: string): string }
  | { readonly kind: 'invalid'; readonly why: string }

const MAX_LENGTH = 200
/** Ways to choose the alternatives of all braces together. */
const MAX_CHOICES = 64

export function parseGlob(pattern: string): Glob {
  if (pattern === '') return { kind: 'invalid', why: 'an empty pattern fits no file' }
  if (pattern.length > MAX_LENGTH) return { kind: 'invalid', why: `longer than ${MAX_LENGTH} characters` }
  const why = bracketFault(pattern)
  if (why !== null) return { kind: 'invalid', why }
  const choices = expandBraces(pattern.normalize('NFC'))
  if (choices === null) return { kind: 'invalid', why: `more than ${MAX_CHOICES} alternatives` }
  const find = (name: string): string | null => {
    for (const choice of choices) {
      const group = matchGroup(choice, Array.from(name.normalize('NFC')))
      if (group !== null) return group
    }
    return null
  }
  return { kind: 'glob', matches: (name) => find(name) !== null, groupOf: (name) => find(name) ?? '' }
}

function bracketFault(pattern: string): string | null {
  const open: string[] = []
  for (const c of pattern) {
    if (c === '{' || c === '(') {
      if (open.includes(c)) return `${c} inside ${c}`
      open.push(c)
    }
    if ((c === '}' || c === ')') && open.pop() !== (c === '}' ? '{' : '(')) return `${c} without its opening bracket`
  }
  return open.length > 0 ? `${open.at(-1)} is never closed` : null
}

/** Every way to choose the alternatives, in the order written; null when there are too many. */
function expandBraces(pattern: string): readonly string[][] | null {
  let out: string[] = ['']
  for (const part of pattern.split(/(\{[^}]*\})/)) {
    const alternatives = part.startsWith('{') ? part.slice(1, -1).split(',') : [part]
    if (out.length * alternatives.length > MAX_CHOICES) return null
    out = out.flatMap((head) => alternatives.map((tail) => head + tail))
  }
  return out.map((choice) => choice.match(/\*\*|./gsu) ?? [])
}

/** Text in parentheses when the name fits, '' without any; null when it does not fit. */
function matchGroup(tokens: readonly string[], name: readonly string[]): string | null {
  const failed = new Set<number>()
  const marks: number[] = []

  function fits(t: number, n: number): boolean {
    if (t === tokens.length) return n === name.length
    const key = t * (name.length + 1) + n
    if (failed.has(key)) return false
    if (step(t, n)) return true
    failed.add(key)
    return false
  }

  function step(t: number, n: number): boolean {
    const token = tokens[t]
    if (token === '(' || token === ')') {
      marks.push(n)
      if (fits(t + 1, n)) return true
      marks.pop()
      return false
    }
    if (token === '*' || token === '**') {
      const more = n < name.length && (token === '**' || name[n] !== '/')
      return (more && fits(t, n + 1)) || fits(t + 1, n)
    }
    const same = token === '?' ? n < name.length && name[n] !== '/' : name[n] === token
    return same && fits(t + 1, n + 1)
  }

  if (!fits(0, 0)) return null
  const parts: string[] = []
  for (let i = 0; i + 1 < marks.length; i += 2) parts.push(name.slice(marks[i], marks[i + 1]).join(''))
  return parts.join('\u0000')
}
