import { NUL } from './bytes.ts'
import type { Encoding } from './dialect.ts'
import { wholeCharacters } from './first-invalid-utf8.ts'

export interface Detected {
  readonly encoding: Encoding
  readonly reason: string
  /** Bytes of a byte-order mark. */
  readonly markBytes: number
}

/**
 * The encoding of a file by its beginning: byte-order mark, NUL at every second byte (UTF-16), else UTF-8 if these bytes
 * are; null: they are not, which makes the file Windows-1252. That a file is UTF-8 to its end is for the reader to see.
 */
export function detectEncoding(
  head: Uint8Array,
  whole: boolean,
  isUtf8: (bytes: Uint8Array) => boolean,
): Detected | null {
  const [a, b, c] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return marked('utf-8', 3)
  if (a === 0xff && b === 0xfe) return marked('utf-16le', 2)
  if (a === 0xfe && b === 0xff) return marked('utf-16be', 2)
  const wide = utf16ByNuls(head)
  if (wide !== null) return { encoding: wide, reason: 'NUL at every second byte', markBytes: 0 }
  const checked = whole ? head : head.subarray(0, wholeCharacters(head, head.length))
  return isUtf8(checked) ? { encoding: 'utf-8', reason: 'valid UTF-8', markBytes: 0 } : null
}

export function markBytesOf(head: Uint8Array, encoding: Encoding): number {
  const [a, b, c] = head
  if (encoding === 'utf-8') return a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0
  if (encoding === 'utf-16le') return a === 0xff && b === 0xfe ? 2 : 0
  if (encoding === 'utf-16be') return a === 0xfe && b === 0xff ? 2 : 0
  return 0
}

const marked = (encoding: Encoding, markBytes: number): Detected => ({
  encoding,
  reason: 'byte-order mark',
  markBytes,
})

/** UTF-16 without a mark: most characters of a table are ASCII, so one half of the bytes is nearly all NUL, the other has none. */
function utf16ByNuls(head: Uint8Array): Encoding | null {
  const pairs = Math.min(2048, head.length >> 1)
  if (pairs < 2) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === NUL) even++
    if (head[2 * i + 1] === NUL) odd++
  }
  if (odd > pairs * 0.7 && even === 0) return 'utf-16le'
  if (even > pairs * 0.7 && odd === 0) return 'utf-16be'
  return null
}
