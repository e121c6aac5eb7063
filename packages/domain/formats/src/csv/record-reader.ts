import type { ByteSource } from '@afferent/records'
import { CR, delimiterByte, LF, QUOTE, textOf } from './bytes.ts'
import type { Delimiter, Encoding } from './dialect.ts'
import { RecordBuffer } from './record-buffer.ts'
import { DOUBLED, MORE, RECORD, RecordScanner } from './scan-record.ts'
import { openFeed } from './text-feed.ts'

export type ReadEnd = 'end' | 'unclosed' | 'too-long'

/**
 * Records one after the other as cells of text: for headers, profiles and single cells, not for columns of millions.
 * Blank lines are skipped. `line` counts from 1 at the start of the reading.
 */
export class RecordReader {
  readonly scanner: RecordScanner
  /** Of the record at hand. */
  line = 0
  /** Position in the file, for encodings that are read byte by byte. */
  byte = 0
  /** Why `next` came back false. */
  end: ReadEnd = 'end'
  private readonly buffer: RecordBuffer
  private readonly encoding: Encoding
  private at = 0
  private nextLine = 1

  constructor(
    source: ByteSource,
    encoding: Encoding,
    delimiter: Delimiter,
    from: number,
    room: number,
    chunk = 1 << 16,
  ) {
    this.encoding = encoding
    this.scanner = new RecordScanner(delimiterByte(delimiter), room)
    this.buffer = new RecordBuffer(openFeed(source, encoding, from), from, chunk)
    this.buffer.refill(0)
  }

  next(): boolean {
    for (;;) {
      if (this.at >= this.buffer.filled && !this.refill()) return this.stop('end')
      const { bytes, filled, last } = this.buffer
      const status = this.scanner.scan(bytes, this.at, filled, last)
      if (status === MORE) {
        if (!this.refill()) return this.stop(this.scanner.inQuotes && this.buffer.last ? 'unclosed' : 'too-long')
        continue
      }
      if (status !== RECORD) return this.stop(this.scanner.inQuotes ? 'unclosed' : 'too-long')
      const blank =
        this.scanner.cells === 1 && this.scanner.starts[0] === this.scanner.ends[0] && bytes[this.at] !== QUOTE
      this.line = this.nextLine
      this.byte = this.buffer.base + this.at
      this.at = this.scanner.next
      this.nextLine += this.scanner.lines
      if (!blank) return true
    }
  }

  /** Goes on to a line on which a record begins, without looking at the cells before it. */
  skipTo(line: number): void {
    while (this.nextLine < line) {
      const { bytes, filled, last } = this.buffer
      let p = this.at
      let next = this.nextLine
      for (; next < line && p < filled; p++) {
        const byte = bytes[p]
        if (byte === LF) next++
        else if (byte === CR) {
          // The last byte at hand may be half of a CRLF.
          if (p + 1 === filled && !last) break
          if (p + 1 < filled && bytes[p + 1] === LF) p++
          next++
        }
      }
      this.at = p
      this.nextLine = next
      if (next < line && !this.refill()) return
    }
  }

  /** Position behind the record at hand, and the line there. */
  get after(): { readonly byte: number; readonly line: number } {
    return { byte: this.buffer.base + this.at, line: this.nextLine }
  }

  /** Text of a cell of the record at hand, doubled quotes as one, blanks kept; '' where the record has no such cell. */
  cell(column: number): string {
    const { scanner } = this
    if (column >= scanner.cells || column >= scanner.starts.length) return ''
    const text = textOf(this.buffer.bytes, scanner.starts[column], scanner.ends[column], this.encoding)
    return scanner.quoted[column] === DOUBLED ? text.replaceAll('""', '"') : text
  }

  /** Where `scanner` points into; good until the next record. */
  get bytes(): Uint8Array {
    return this.buffer.bytes
  }

  cells(): string[] {
    const count = Math.min(this.scanner.cells, this.scanner.starts.length)
    return Array.from({ length: count }, (_, i) => this.cell(i))
  }

  private refill(): boolean {
    const { last } = this.buffer
    if (!this.buffer.refill(this.at)) return false
    this.at = 0
    return !last
  }

  private stop(end: ReadEnd): false {
    this.end = end
    return false
  }
}
