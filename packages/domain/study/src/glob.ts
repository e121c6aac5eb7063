/**
 * File patterns: `*` any text within a folder, `**` any text, `?` one character, `{a,b}` either; `(...)` marks the part of
 * the name that groups cumulative exports. Everything else stands for itself, case-sensitive.
 */
export type Glob =
  | { readonly kind: 'glob'; matches(name: string): boolean; groupOf(name: string): string }
  | { readonly kind: 'invalid'; readonly why: string }

const LITERAL = /[\\^$.|+[\]]/

/** Patterns are short; nesting or many alternatives are no file pattern anybody writes. */
const MAX_LENGTH = 200

export function parseGlob(pattern: string): Glob {
  if (pattern === '') return { kind: 'invalid', why: 'an empty pattern fits no file' }
  if (pattern.length > MAX_LENGTH) return { kind: 'invalid', why: `longer than ${MAX_LENGTH} characters` }
  const translated = translate(pattern)
  if (typeof translated !== 'string') return { kind: 'invalid', why: translated.why }
  const regex = new RegExp(`^${translated}$`, 'su')
  return {
    kind: 'glob',
    matches: (name) => regex.test(name.normalize('NFC')),
    groupOf: (name) =>
      regex
        .exec(name.normalize('NFC'))
        ?.slice(1)
        .map((part) => part ?? '')
        .join('\u0000') ?? '',
  }
}

function translate(pattern: string): string | { why: string } {
  const open: ('{' | '(')[] = []
  const characters = Array.from(pattern.normalize('NFC'))
  let out = ''
  for (let i = 0; i < characters.length; i++) {
    const c = characters[i] as string
    if (c === '*') {
      const deep = characters[i + 1] === '*'
      if (deep) i++
      if (deep && characters[i + 1] === '*') return { why: 'three stars in a row' }
      out += deep ? '.*' : '[^/]*'
    } else if (c === '?') out += '[^/]'
    else if (c === '{' || c === '(') {
      if (open.includes(c)) return { why: `${c} inside ${c}` }
      open.push(c)
      out += c === '{' ? '(?:' : '('
    } else if (c === '}' || c === ')') {
      if (open.pop() !== (c === '}' ? '{' : '(')) return { why: `${c} without its opening bracket` }
      out += ')'
    } else if (c === ',' && open.at(-1) === '{') out += '|'
    else out += LITERAL.test(c) ? `\\${c}` : c
  }
  return open.length > 0 ? { why: `${open.at(-1)} is never closed` } : out
}
