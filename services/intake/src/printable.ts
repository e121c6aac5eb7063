/**
 * A name from outside inside a sentence: control characters, line ends and marks that turn the reading direction are
 * shown as \u escapes, so that a name can neither break a line nor pretend to be another.
 */
export function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) => {
    const code = char.codePointAt(0) as number
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
