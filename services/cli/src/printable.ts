/** Control characters, and the marks that turn the reading direction round: what could lie to a person at a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** A text that came from a file or a file name, safe to show: unsafe characters appear as `\u{202e}`. */
export const printable = (text: string): string =>
  text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`)
