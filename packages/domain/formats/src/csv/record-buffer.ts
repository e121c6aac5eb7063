import { CR, LF, MAX_RECORD_BYTES } from './bytes.ts'
import type { TextFeed } from './text-feed.ts'

/** Room behind the bytes, so that loops may look a little past the end and a line end can be put there. */
const SLACK = 64

/**
 * A window on the bytes of a file that always begins with a whole record. Grows when a record does not fit, up to
 * MAX_RECORD_BYTES; never holds the file.
 */
export class RecordBuffer {
  bytes: Uint8Array
  /** Bytes at hand: [0, filled). */
  filled = 0
  /** Position in the feed of bytes[0]. */
  base = 0
  /** Nothing follows `filled`. */
  last = false
  private readonly feed: TextFeed

  constructor(feed: TextFeed, base: number, size: number) {
    this.feed = feed
    this.base = base
    this.bytes = new Uint8Array(size + SLACK)
  }

  /** Drops what lies before `keep` and reads on; false when the record at `keep` is longer than MAX_RECORD_BYTES. */
  refill(keep: number): boolean {
    const held = this.filled - keep
    if (held >= MAX_RECORD_BYTES) return false
    const room = this.bytes.length - SLACK
    if (held > room >> 1) {
      const grown = new Uint8Array(Math.min(room * 4, MAX_RECORD_BYTES + (MAX_RECORD_BYTES >> 2)) + SLACK)
      grown.set(this.bytes.subarray(keep, this.filled))
      this.bytes = grown
    } else if (keep > 0) {
      this.bytes.copyWithin(0, keep, this.filled)
    }
    this.base += keep
    this.filled = held
    this.readMore()
    return true
  }

  private readMore(): void {
    const room = this.bytes.length - SLACK
    while (!this.last && this.filled < room) {
      const read = this.feed.read(this.bytes.subarray(this.filled, room))
      if (read === 0) this.last = true
      this.filled += read
      if (read > 0) break
    }
  }

  /** End of the last line whose end is certain; `filled` at the end of the file. */
  lineLimit(): number {
    const { bytes, filled } = this
    if (this.last) return filled
    const lf = filled === 0 ? -1 : bytes.lastIndexOf(LF, filled - 1)
    // A CR just before that LF, or just before the end, may be half of a CRLF.
    const cr = filled < 2 ? -1 : bytes.subarray(lf + 1, filled - 1).lastIndexOf(CR)
    return lf + 1 + cr + 1
  }
}
