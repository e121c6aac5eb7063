import type { ByteSource, TaskHost } from '@afferent/records'

const PIECE = 1 << 20

/** Position of the first byte (from 0) at which a file stops being UTF-8; -1: it is UTF-8 throughout. */
export function firstInvalidUtf8(source: ByteSource, host: Pick<TaskHost, 'isUtf8'>): number {
  const bytes = new Uint8Array(PIECE)
  let position = 0
  while (position < source.size) {
    const read = source.read(bytes, position)
    if (read === 0) break
    const atEnd = position + read >= source.size
    const whole = bytes.subarray(0, atEnd ? read : wholeCharacters(bytes, read))
    if (!host.isUtf8(whole)) return position + firstInvalidIn(whole)
    position += whole.length
  }
  return -1
}

/** Length without the up to three bytes of a character that goes on behind `length`. */
export function wholeCharacters(bytes: Uint8Array, length: number): number {
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back]
    if (byte < 0x80) return length
    if (byte >= 0xc0) return sequenceLength(byte) > back ? length - back : length
  }
  return length
}

function firstInvalidIn(bytes: Uint8Array): number {
  let p = 0
  while (p < bytes.length) {
    const length = bytes[p] < 0x80 ? 1 : validLength(bytes, p)
    if (length === 0) return p
    p += length
  }
  return bytes.length
}

const sequenceLength = (byte: number): number => (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4)

/** Bytes of the well-formed character at `p`, 0: there is none (RFC 3629). */
function validLength(bytes: Uint8Array, p: number): number {
  const lead = bytes[p]
  if (lead < 0xc2 || lead > 0xf4) return 0
  const length = sequenceLength(lead)
  const second = bytes[p + 1]
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (!(second >= low && second <= high)) return 0
  for (let i = 2; i < length; i++) if (!((bytes[p + i] & 0xc0) === 0x80)) return 0
  return length
}
