import type { ByteSource } from '@afferent/records'
import type { Encoding } from './dialect.ts'

/** Bytes of a file one after the other: ASCII-compatible ones as they are, UTF-16 as UTF-8. */
export interface TextFeed {
  /** Fills `into` as far as it can; 0 only at the end of the file. */
  read(into: Uint8Array): number
}

/**
 * Throws when the source gives fewer bytes than its size promised: a file that shrinks while it is read must not
 * become a shorter table.
 */
export function openFeed(source: ByteSource, encoding: Encoding, from: number): TextFeed {
  const raw = rawFeed(source, from)
  if (encoding === 'utf-16le') return utf16Feed(raw, 0)
  if (encoding === 'utf-16be') return utf16Feed(raw, 1)
  return raw
}

function rawFeed(source: ByteSource, from: number): TextFeed {
  let position = from
  return {
    read(into) {
      const wanted = Math.min(into.length, source.size - position)
      if (wanted <= 0) return 0
      const read = source.read(wanted === into.length ? into : into.subarray(0, wanted), position)
      if (read === 0)
        throw new Error(`the file ends at byte ${position} of ${source.size}: it shrank while it was read`)
      position += read
      return read
    },
  }
}

const PIECE = 1 << 16

/** Lone surrogates and a lone last byte become U+FFFD, as TextDecoder has it. `low`: position of the high byte swapped. */
function utf16Feed(raw: TextFeed, bigEndian: 0 | 1): TextFeed {
  const bytes = new Uint8Array(PIECE)
  let held = 0
  let ended = false
  const fill = (): void => {
    while (!ended && held < 4) {
      const read = raw.read(bytes.subarray(held))
      if (read === 0) ended = true
      held += read
    }
  }
  const unitAt = (at: number): number =>
    at + 1 < held ? ((bytes[at + (1 - bigEndian)] as number) << 8) | (bytes[at + bigEndian] as number) : 0xfffd
  return {
    read(into) {
      let out = 0
      let at = 0
      while (out + 4 <= into.length) {
        if (held - at < 4 && !ended) {
          bytes.copyWithin(0, at, held)
          held -= at
          at = 0
          fill()
        }
        if (at >= held) break
        const run = copyAscii(bytes, at, held, into, out, bigEndian)
        at += 2 * run
        out += run
        if (run > 0) continue
        let point = unitAt(at)
        at += 2
        if (point >= 0xd800 && point < 0xe000) {
          const second = at + 1 < held ? unitAt(at) : 0
          const paired = point < 0xdc00 && second >= 0xdc00 && second < 0xe000
          point = paired ? 0x10000 + ((point - 0xd800) << 10) + (second - 0xdc00) : 0xfffd
          if (paired) at += 2
        }
        out = putUtf8(into, out, point)
      }
      bytes.copyWithin(0, Math.min(at, held), held)
      held = Math.max(0, held - at)
      return out
    },
  }
}

/** Copies the ASCII characters from `at` on, of which most files consist; gives back how many these are. */
function copyAscii(from: Uint8Array, at: number, end: number, into: Uint8Array, out: number, bigEndian: 0 | 1): number {
  const most = Math.min((end - at) >> 1, into.length - out)
  let high = at + 1 - bigEndian
  let low = at + bigEndian
  let run = 0
  while (run < most && from[high] === 0 && from[low] < 0x80) {
    into[out + run] = from[low]
    run++
    high += 2
    low += 2
  }
  return run
}

function putUtf8(into: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    into[at] = point
    return at + 1
  }
  if (point < 0x800) {
    into[at] = 0xc0 | (point >> 6)
    into[at + 1] = 0x80 | (point & 63)
    return at + 2
  }
  if (point < 0x10000) {
    into[at] = 0xe0 | (point >> 12)
    into[at + 1] = 0x80 | ((point >> 6) & 63)
    into[at + 2] = 0x80 | (point & 63)
    return at + 3
  }
  into[at] = 0xf0 | (point >> 18)
  into[at + 1] = 0x80 | ((point >> 12) & 63)
  into[at + 2] = 0x80 | ((point >> 6) & 63)
  into[at + 3] = 0x80 | (point & 63)
  return at + 4
}

/** Bytes that the first `utf8` bytes of a UTF-16 feed take in the file. */
export function utf16Bytes(source: ByteSource, encoding: Encoding, from: number, utf8: number): number {
  const feed = openFeed(source, encoding, from)
  const piece = new Uint8Array(PIECE)
  let left = utf8
  let units = 0
  while (left > 0) {
    const read = Math.min(left, feed.read(piece))
    if (read === 0) break
    // One unit for each character, two for those that take four bytes in UTF-8.
    for (let p = 0; p < read; p++) if ((piece[p] & 0xc0) !== 0x80) units += piece[p] >= 0xf0 ? 2 : 1
    left -= read
  }
  return units * 2
}
