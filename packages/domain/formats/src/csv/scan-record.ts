import { CR, cellEnds, LF, MAX_CELL_BYTES, NUL, QUOTE, QUOTED_STOPS } from './bytes.ts'

/** How a scan ended. */
export const RECORD = 0
/** The record goes on behind the bytes at hand. */
export const MORE = 1
/** The file ends inside quotes. */
export const UNCLOSED = 2
/** A cell longer than MAX_CELL_BYTES. */
export const TOO_LONG = 3

export const NOT_QUOTED = 0
export const QUOTED = 1
/** Quoted, with doubled quotes inside. */
export const DOUBLED = 2

export type QuoteFault = 'inside' | 'after' | 'backslash'

/**
 * Finds the cells of one record (RFC 4180; CRLF, LF and CR each end a record). Never looks at meaning, never copies.
 *
 * After a misplaced quote the cell goes on as unquoted text to the next delimiter, and `fault` is set.
 */
export class RecordScanner {
  /** Of the first `room` cells: bytes between quotes for quoted ones. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly quoted: Uint8Array
  /** All cells of the record, also those there was no room for. */
  cells = 0
  /** Where the next record begins. */
  next = 0
  /** Physical lines the record takes, its end included. */
  lines = 0
  fault: QuoteFault | null = null
  faultCell = 0
  nulCell = -1
  /** For MORE and UNCLOSED: whether the bytes end inside quotes, and the line of the record where these opened (0-based). */
  inQuotes = false
  openedLine = 0

  private readonly delimiter: number
  private readonly ends1: Uint8Array
  private readonly room: number
  private buf: Uint8Array = new Uint8Array(0)
  private filled = 0
  private last = false
  private cellEnd = 0

  constructor(delimiter: number, room: number) {
    this.delimiter = delimiter
    this.ends1 = cellEnds(delimiter)
    this.room = room
    this.starts = new Int32Array(room)
    this.ends = new Int32Array(room)
    this.quoted = new Uint8Array(room)
  }

  /** `last`: no bytes follow `filled`. */
  scan(buf: Uint8Array, start: number, filled: number, last: boolean): number {
    this.buf = buf
    this.filled = filled
    this.last = last
    this.cells = 0
    this.lines = 0
    this.fault = null
    this.nulCell = -1
    this.inQuotes = false
    let p = start
    for (;;) {
      const cellStart = p
      let kind = NOT_QUOTED
      if (p < filled && buf[p] === QUOTE) {
        p = this.closeQuote(p + 1)
        if (p < 0) return this.inQuotes && last ? UNCLOSED : MORE
        kind = this.doubled ? DOUBLED : QUOTED
        this.cellEnd = p
        p++
        if (p < filled && !this.endsCell(buf[p])) {
          this.noteFault(buf[p - 2] === 92 ? 'backslash' : 'after')
          kind = NOT_QUOTED
          p = this.endOfUnquoted(p)
        }
      } else {
        p = this.endOfUnquoted(p)
      }
      if (p === filled && !last) return MORE
      const from = kind === NOT_QUOTED ? cellStart : cellStart + 1
      const to = kind === NOT_QUOTED ? p : this.cellEnd
      if (to - from > MAX_CELL_BYTES) return TOO_LONG
      if (this.cells < this.room) {
        this.starts[this.cells] = from
        this.ends[this.cells] = to
        this.quoted[this.cells] = kind
      }
      this.cells++
      if (p < filled && buf[p] === this.delimiter) {
        p++
        continue
      }
      if (p < filled && buf[p] === CR) {
        if (p + 1 === filled && !last) return MORE
        if (buf[p + 1] === LF && p + 1 < filled) p++
      }
      this.next = Math.min(p + 1, filled)
      this.lines++
      return RECORD
    }
  }

  private doubled = false

  private endsCell(byte: number): boolean {
    return byte === this.delimiter || byte === LF || byte === CR
  }

  private noteFault(fault: QuoteFault): void {
    if (this.fault !== null) return
    this.fault = fault
    this.faultCell = this.cells
  }

  /** Position of the closing quote; -1: not among the bytes at hand. */
  private closeQuote(from: number): number {
    const { buf, filled } = this
    const stops = QUOTED_STOPS
    const openedLine = this.lines
    this.doubled = false
    let p = from
    for (;;) {
      while (p < filled && stops[buf[p]] === 0) p++
      if (p >= filled) break
      const byte = buf[p]
      if (byte === QUOTE) {
        if (p + 1 >= filled) {
          if (this.last) return p
          return -1
        }
        if (buf[p + 1] !== QUOTE) return p
        this.doubled = true
        p += 2
        continue
      }
      if (byte === NUL) this.nulCell = this.cells
      else if (byte === LF || !(p + 1 < filled && buf[p + 1] === LF)) this.lines++
      p++
    }
    this.inQuotes = true
    this.openedLine = openedLine
    return -1
  }

  private endOfUnquoted(from: number): number {
    const { buf, filled, ends1 } = this
    let p = from
    for (;;) {
      while (p < filled && ends1[buf[p]] === 0) p++
      if (p >= filled) return filled
      const byte = buf[p]
      if (byte === QUOTE) this.noteFault('inside')
      else if (byte === NUL) this.nulCell = this.cells
      else return p
      p++
    }
  }
}
