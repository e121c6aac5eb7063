/** Bytes with a meaning in CSV, and tables that classify all 256 of them. */
import type { Delimiter, Encoding } from './dialect.ts'

export const NUL = 0
export const TAB = 9
export const LF = 10
export const CR = 13
export const SPACE = 32
export const QUOTE = 34
export const COMMA = 44
export const POINT = 46

export const delimiterByte = (delimiter: Delimiter): number => delimiter.charCodeAt(0)

/** 1 where an unquoted cell ends or goes wrong: delimiter, line ends, quote, NUL. */
export function cellEnds(delimiter: number): Uint8Array {
  const table = new Uint8Array(256)
  for (const byte of [delimiter, LF, CR, QUOTE, NUL]) table[byte] = 1
  return table
}

/** 1 where a scan inside quotes must look: quote, line ends, NUL. */
export const QUOTED_STOPS: Uint8Array = (() => {
  const table = new Uint8Array(256)
  for (const byte of [LF, CR, QUOTE, NUL]) table[byte] = 1
  return table
})()

/** Value of a digit, 255 for all else. */
export const DIGIT: Uint8Array = new Uint8Array(256).fill(255)
for (let digit = 0; digit < 10; digit++) DIGIT[48 + digit] = digit

/** Limits of the rule `limits-exceeded`. */
export const MAX_CELL_BYTES = 1 << 20
export const MAX_RECORD_BYTES = 1 << 23
export const MAX_HEADER_CELLS = 4096

const decoders = new Map<string, InstanceType<typeof TextDecoder>>()

/** Text of a cell. UTF-16 files are UTF-8 by the time they are in a buffer; what is not UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array, start: number, end: number, encoding: Encoding): string {
  if (end - start <= SHORT_BYTES && isAscii(bytes, start, end)) {
    return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[])
  }
  const name = encoding === 'windows-1252' ? encoding : 'utf-8'
  let decoder = decoders.get(name)
  if (decoder === undefined) {
    decoder = new TextDecoder(name, { ignoreBOM: true })
    decoders.set(name, decoder)
  }
  return decoder.decode(bytes.slice(start, end))
}

/** Below it a decoder's call costs more than it does. */
const SHORT_BYTES = 32

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (bytes[p] > 127) return false
  return true
}
