import { allocate, type ByteSource, FindingsBuilder, type RuleId, type TaskHost } from '@afferent/records'
import { HASH_PRIME, HASH_SEED } from './byte-interner.ts'
import { CR, cellEnds, DIGIT, delimiterByte, LF, MAX_CELL_BYTES, NUL, QUOTE, SPACE, TAB, textOf } from './bytes.ts'
import { FAULT, FAULTS, MISSING, trimEnd, trimStart, VALUE, VOTES } from './cell-decoder.ts'
import { ColumnSlot } from './column-slot.ts'
import type { CsvDialect } from './dialect.ts'
import { planRow, type RowPlan } from './plan-row.ts'
import { daysOf } from './read-date.ts'
import { RecordBuffer } from './record-buffer.ts'
import type { CellType, ColumnRequest, ColumnVotes, CsvRange, RangeReport, RawTable } from './request.ts'
import { DOUBLED, MORE, NOT_QUOTED, RecordScanner, TOO_LONG, UNCLOSED } from './scan-record.ts'
import { openFeed } from './text-feed.ts'

const CHUNK = 1 << 19
const MAX_FIRST_ROWS = 1 << 23

/** Why the row loop came back. */
const AT_STOP = 0
const NO_ROOM = 1
const NOT_PLAIN = 2

/**
 * The records of one byte range as columns.
 *
 * A range begins at the first record boundary at or after `start`, found as if `start` lay outside quotes (`aligned`: at
 * `start`), and ends at the first boundary at or after `end`; the report says where, so that a caller can tell whether
 * neighbours meet. UTF-16 files are read in one range.
 *
 * Findings  per row `row-nul`, `row-quote`, `row-ragged` (such a row's cells are not judged), `row-blank`, else one per cell that
 *           cannot be what was asked for. `quote-unclosed` and `limits-exceeded` end the reading.
 */
export function readCsvRange(
  source: ByteSource,
  host: Pick<TaskHost, 'isUtf8'>,
  dialect: CsvDialect,
  requests: readonly ColumnRequest[],
  range: CsvRange,
): RawTable {
  return new RangeReader(source, host, dialect, requests, range).read()
}

class RangeReader {
  private readonly host: Pick<TaskHost, 'isUtf8'>
  private readonly dialect: CsvDialect
  private readonly range: CsvRange
  private readonly size: number
  private readonly slots: readonly ColumnSlot[]
  private readonly plan: RowPlan
  private readonly delimiter: number
  private readonly ends: Uint8Array
  /** 1 for bytes a record of nothing consists of. */
  private readonly empty: Uint8Array
  private readonly buffer: RecordBuffer
  private readonly scanner: RecordScanner
  private readonly findings = new FindingsBuilder()
  private readonly votes: Float64Array
  /** Votes of the row being read, as slot * 8 + vote. */
  private readonly pending: Int32Array
  private pendingVotes = 0
  // Bytes of the unquoted cell a text column held last, in its interner's arena: the next row often holds it again.
  private readonly lastArena: Uint8Array[]
  private readonly lastStart: Int32Array
  private readonly lastLength: Int32Array
  private readonly lastCode: Int32Array
  private readonly utf16: boolean
  /** Value arrays of all slots, one list per kind, so that the row loop stores into one kind of array at each place. */
  private u8: Uint8Array[] = []
  private i16: Int16Array[] = []
  private i32: Int32Array[] = []
  private f64: Float64Array[] = []
  private pos = 0
  private row = 0
  private capacity = 0
  /** Line of the range, from 1, that begins at `pos`. */
  private line = 1
  private firstLine = 1
  private lines: Int32Array | null = null
  private bad: Uint8Array | null = null
  private badRows = 0
  private blank = 0
  private checked = 0
  private notUtf8 = false
  private stopped = false
  private startedAt = 0
  private scratch = new Uint8Array(0)

  constructor(
    source: ByteSource,
    host: Pick<TaskHost, 'isUtf8'>,
    dialect: CsvDialect,
    requests: readonly ColumnRequest[],
    range: CsvRange,
  ) {
    const width = dialect.header.length
    const n = requests.length
    this.host = host
    this.dialect = dialect
    this.range = range
    this.size = source.size
    this.utf16 = dialect.encoding === 'utf-16le' || dialect.encoding === 'utf-16be'
    this.slots = requests.map((request) => new ColumnSlot(request, dialect.encoding))
    this.plan = planRow(width, this.slots, delimiterByte(dialect.delimiter))
    this.delimiter = delimiterByte(dialect.delimiter)
    this.ends = cellEnds(this.delimiter)
    this.empty = new Uint8Array(256)
    for (const byte of [this.delimiter, SPACE, TAB, QUOTE, LF, CR]) this.empty[byte] = 1
    const from = range.aligned ? range.start : Math.max(0, range.start - 1)
    const bytes = Math.min(CHUNK, Math.max(64, range.end - from + 4096))
    this.buffer = new RecordBuffer(openFeed(source, dialect.encoding, from), from, bytes)
    this.scanner = new RecordScanner(this.delimiter, width)
    this.votes = new Float64Array(n * 8)
    this.pending = new Int32Array(n)
    this.lastArena = this.slots.map((slot) => slot.interner.arena)
    this.lastStart = new Int32Array(n)
    this.lastLength = new Int32Array(n)
    this.lastCode = new Int32Array(n)
  }

  read(): RawTable {
    this.buffer.refill(0)
    this.begin()
    this.reserve(this.firstCapacity())
    while (!this.stopped && !this.notUtf8 && this.pos < this.untilEnd()) {
      const limit = Math.min(this.buffer.lineLimit(), this.untilEnd())
      if (this.pos < limit) this.readRows(limit)
      else if (this.buffer.last) break
      else if (!this.refill()) this.anyRow()
    }
    this.checkUtf8()
    return this.table()
  }

  /** Goes to the first record boundary of the range. */
  private begin(): void {
    if (!this.range.aligned) this.skipLine()
    this.startedAt = this.buffer.base + this.pos
    this.checked = this.pos
  }

  private skipLine(): void {
    for (;;) {
      const { bytes, filled, last } = this.buffer
      let p = this.pos
      while (p < filled && bytes[p] !== LF && bytes[p] !== CR) p++
      if (p < filled && (bytes[p] === LF || p + 1 < filled || last)) {
        if (bytes[p] === CR && p + 1 < filled && bytes[p + 1] === LF) p++
        this.pos = p + 1
        return
      }
      this.pos = p
      if (last) return
      this.buffer.refill(this.pos)
      this.pos = 0
    }
  }

  /** Position in the buffer where the range ends. */
  private untilEnd(): number {
    if (this.utf16) return this.buffer.last ? this.buffer.filled : Number.POSITIVE_INFINITY
    return Math.min(this.range.end, this.size) - this.buffer.base
  }

  /** Rows to make room for: the bytes of the range over the mean length of its first lines, and a little more. */
  private firstCapacity(): number {
    const { bytes, filled } = this.buffer
    const sample = bytes.subarray(this.pos, Math.min(filled, this.pos + (1 << 16)))
    let found = 0
    for (const byte of sample) if (byte === LF || byte === CR) found++
    const perRow = Math.max(this.dialect.header.length, sample.length / Math.max(1, found))
    const size = (this.range.end - this.range.start) * 1.05
    return Math.min(MAX_FIRST_ROWS, Math.ceil(size / Math.max(1, perRow)) + 64)
  }

  private reserve(rows: number): void {
    for (const slot of this.slots) slot.reserve(rows)
    this.u8 = this.slots.map((slot) => slot.u8)
    this.i16 = this.slots.map((slot) => slot.i16)
    this.i32 = this.slots.map((slot) => slot.i32)
    this.f64 = this.slots.map((slot) => slot.f64)
    if (this.lines !== null) this.lines = copied(this.lines, allocate.i32(rows))
    if (this.bad !== null) this.bad = copied(this.bad, allocate.mask(rows))
    this.capacity = rows
  }

  private refill(): boolean {
    this.checkUtf8()
    const kept = this.buffer.refill(this.pos)
    if (kept) {
      this.pos = 0
      this.checked = 0
    }
    return kept
  }

  private checkUtf8(): void {
    if (this.dialect.encoding !== 'utf-8' || this.pos <= this.checked) return
    if (!this.host.isUtf8(this.buffer.bytes.subarray(this.checked, this.pos))) this.notUtf8 = true
    this.checked = this.pos
  }

  /** Reads records up to `limit`, plain ones in the fast loop. */
  private readRows(limit: number): void {
    const { bytes, filled, last } = this.buffer
    // The loop below ends a cell at a line end: the last line of a file may lack one.
    if (last) bytes[filled] = LF
    while (!this.stopped && this.pos < limit) {
      const reason = this.plainRows(limit)
      if (this.pos > filled) this.pos = filled
      if (reason === AT_STOP) return
      if (reason === NO_ROOM) this.reserve(Math.ceil(this.capacity * 1.5) + 64)
      else if (!this.anyRow()) return
    }
  }

  /** Plain records and blank lines up to `stop`. Leaves `pos` at the first record that is something else. */
  private plainRows(stop: number): number {
    const buf = this.buffer.bytes
    while (this.pos < stop) {
      const start = this.pos
      const c = buf[start]
      if (c === LF || c === CR) {
        this.pos = start + (c === CR && buf[start + 1] === LF ? 2 : 1)
        this.line++
        continue
      }
      if (this.row >= this.capacity) return NO_ROOM
      const end = this.plainRow(start, this.row)
      if (end < 0) return NOT_PLAIN
      if (this.empty[c] === 1 && this.isEmpty(start, end)) this.leaveOut()
      else this.commit()
      this.pos = end + (buf[end] === CR && buf[end + 1] === LF ? 2 : 1)
      this.line++
    }
    return AT_STOP
  }

  /**
   * The hot loop: cells of one record without line ends inside quotes, without faults, of the right number. Returns where its
   * line ends; -1: it is something else. Tight on purpose: no strings, no objects, no calls for plain cells; the numbers of
   * the cases are the actions of plan-row.ts, as literals, because only these become a jump table.
   */
  private plainRow(start: number, row: number): number {
    const buf = this.buffer.bytes
    const { action, slot, low, high, divisor, mark, votes, single } = this.plan
    const { ends, delimiter, pending, lastArena, lastStart, lastLength, lastCode, u8, i16, i32, f64 } = this
    const digit = DIGIT
    const lf = LF
    const cr = CR
    const quote = QUOTE
    const monthStart = MONTH_START
    const firstYear = FIRST_YEAR
    const lastMonth = monthStart.length - 1
    const last = action.length - 1
    let p = start
    this.pendingVotes = 0
    let column = 0
    for (;;) {
      const k = slot[column]
      const at = p
      // A quoted cell is decoded like any other and must end at its closing quote.
      let quoted = buf[p] === quote
      if (quoted) p++
      switch (action[column]) {
        case 0 /* SKIP */:
          if (quoted) p = this.skipQuoted(at)
          else while (ends[buf[p]] === 0) p++
          quoted = false
          break
        case 1 /* TEXT */:
          {
            const arena = lastArena[k]
            const from = lastStart[k]
            const length = lastLength[k]
            let i = 0
            while (i < length && buf[p + i] === arena[from + i]) i++
            if (i > 0 && i === length && ends[buf[p + i]] !== 0) {
              i32[k][row] = lastCode[k]
              p += length
            } else {
              p = quoted ? this.quotedText(k, row, at) : this.textCell(k, row, at)
              quoted = false
            }
            break
          }
        case 2 /* BYTE */:
          {
            const value = single[(k << 8) | buf[p]]
            if (value >= 0 && ends[buf[p + 1]] !== 0) {
              u8[k][row] = value
              p++
            } else {
              p = this.otherCell(k, row, at)
              quoted = false
            }
            break
          }
        case 3 /* WHOLE_U8 */:
        case 4 /* WHOLE_I16 */:
          {
            let value = digit[buf[p]]
            const none = value > 9
            if (value < 10) {
              let d = digit[buf[++p]]
              while (d < 10) {
                value = value * 10 + d
                d = digit[buf[++p]]
              }
            }
            if (value >= low[k] && value <= high[k] && !none && ends[buf[p]] !== 0) {
              if (action[column] === 3) u8[k][row] = value
              else i16[k][row] = value
            } else {
              p = this.otherCell(k, row, at)
              quoted = false
            }
            break
          }
        case 5 /* NUMBER */:
          {
            const from = p
            let value = 0
            let d = digit[buf[p]]
            while (d < 10) {
              value = value * 10 + d
              d = digit[buf[++p]]
            }
            const whole = p - from
            let fraction = 0
            let scale = 1
            if (buf[p] === mark[k]) {
              d = digit[buf[++p]]
              while (d < 10) {
                value = value * 10 + d
                scale *= 10
                fraction++
                d = digit[buf[++p]]
              }
              if (fraction === 0) fraction = 16
            }
            // Up to 15 digits value and scale are exact, so their quotient is the double nearest to the text.
            if (whole > 0 && whole + fraction <= 15 && ends[buf[p]] !== 0) {
              const number = value / scale
              if (number >= low[k] && number <= high[k]) {
                f64[k][row] = number / divisor[k]
                if (fraction > 0 && votes[k] === 1) {
                  const either = fraction === 3 && whole <= 3 && buf[from] !== 48
                  pending[this.pendingVotes++] = (k << 3) | (either ? 5 : 4)
                }
                break
              }
            }
            p = this.otherCell(k, row, at)
            quoted = false
            break
          }
        case 6 /* DATE */:
          {
            const y1 = digit[buf[p]]
            const y2 = digit[buf[p + 1]]
            const y3 = digit[buf[p + 2]]
            const y4 = digit[buf[p + 3]]
            const m1 = digit[buf[p + 5]]
            const m2 = digit[buf[p + 6]]
            const d1 = digit[buf[p + 8]]
            const d2 = digit[buf[p + 9]]
            const isDate =
              (y1 | y2 | y3 | y4 | m1 | m2 | d1 | d2) < 16 &&
              buf[p + 4] === 45 &&
              buf[p + 7] === 45 &&
              ends[buf[p + 10]] !== 0
            const day = d1 * 10 + d2
            const month = (((y1 * 10 + y2) * 10 + y3) * 10 + y4 - firstYear) * 12 + m1 * 10 + m2 - 1
            const known = isDate && month >= 0 && month < lastMonth && (m1 | m2) > 0 && m1 * 10 + m2 <= 12
            if (known && day >= 1 && day <= monthStart[month + 1] - monthStart[month]) {
              i32[k][row] = monthStart[month] + day - 1
              p += 10
            } else {
              p = this.otherCell(k, row, at)
              quoted = false
            }
            break
          }
        default:
          p = this.sharedCell(column, row, at)
          quoted = false
      }
      if (quoted) {
        if (buf[p] === quote) p++
        else p = this.otherCell(k, row, at)
      }
      if (p < 0) return -1
      const c = buf[p]
      if (c !== delimiter) return column === last && (c === lf || c === cr) ? p : -1
      if (column === last) return -1
      column++
      p++
    }
  }

  private commit(): void {
    const row = this.row
    if (this.lines !== null) this.lines[row] = this.line
    else if (this.line !== this.firstLine + row) this.placeLine(row)
    for (let i = 0; i < this.pendingVotes; i++) this.votes[this.pending[i]]++
    this.row = row + 1
  }

  /** Lines no longer run in step with rows. */
  private placeLine(row: number): void {
    if (row === 0) {
      this.firstLine = this.line
      return
    }
    this.lines = allocate.i32(this.capacity)
    for (let i = 0; i < row; i++) this.lines[i] = this.firstLine + i
    this.lines[row] = this.line
  }

  /** A record of empty cells: counted and said, never a row. */
  private leaveOut(): void {
    for (const slot of this.slots) slot.clear(this.row)
    this.blank++
    this.findings.add({ rule: 'row-blank', line: this.line })
  }

  /** Whether a record holds nothing but empty cells (quoted blanks are empty too), written by the rules. */
  private isEmpty(start: number, end: number): boolean {
    const { bytes } = this.buffer
    let quoted = false
    for (let p = start; p < end; p++) {
      const c = bytes[p]
      if (this.empty[c] === 0 || (quoted && c === this.delimiter && c !== TAB)) return false
      if (c !== QUOTE) continue
      const edge = quoted ? bytes[p + 1] : p === start ? this.delimiter : bytes[p - 1]
      if (edge !== this.delimiter && !(quoted && (p + 1 >= end || edge === LF || edge === CR))) return false
      quoted = !quoted
    }
    return true
  }

  /** Behind the closing quote of a cell on one line; -1: leave the record to `anyRow`. */
  private skipQuoted(at: number): number {
    const { bytes } = this.buffer
    let p = at + 1
    for (;;) {
      const c = bytes[p]
      if (c === LF || c === CR || c === NUL) return -1
      if (c === QUOTE) {
        if (bytes[p + 1] !== QUOTE) return p - at > MAX_CELL_BYTES ? -1 : p + 1
        p++
      }
      p++
    }
  }

  /** An unquoted text cell that differs from the one before. */
  private textCell(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const { ends } = this
    let hash = HASH_SEED
    let p = at
    while (ends[bytes[p]] === 0) hash = Math.imul(hash ^ bytes[p++], HASH_PRIME)
    return this.takeText(k, row, at, p, hash) ? p : this.otherCell(k, row, at)
  }

  /** The same in quotes, as long as no delimiter and no quote is inside. */
  private quotedText(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const { ends } = this
    let hash = HASH_SEED
    let p = at + 1
    while (ends[bytes[p]] === 0) hash = Math.imul(hash ^ bytes[p++], HASH_PRIME)
    const closed = bytes[p] === QUOTE && bytes[p + 1] !== QUOTE
    return closed && this.takeText(k, row, at + 1, p, hash) ? p + 1 : this.otherCell(k, row, at)
  }

  /** False: empty, blank at an end, missing or too long, which `otherCell` judges. */
  private takeText(k: number, row: number, start: number, end: number, hash: number): boolean {
    const { bytes } = this.buffer
    if (start === end || bytes[start] <= SPACE || bytes[end - 1] <= SPACE || end - start > MAX_CELL_BYTES) return false
    const slot = this.slots[k]
    if (slot.lookHashed(bytes, start, end, hash) !== VALUE) return false
    slot.i32[row] = slot.value
    this.lastArena[k] = slot.interner.arena
    this.lastStart[k] = slot.interner.starts[slot.entry]
    this.lastLength[k] = end - start
    this.lastCode[k] = slot.value
    return true
  }

  /** Any cell of a plain record; -1: it needs a finding, or the record is not plain. */
  private otherCell(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const slot = this.slots[k]
    const quoted = bytes[at] === QUOTE
    const next = quoted ? this.skipQuoted(at) : this.endOfCell(at)
    if (next < 0) return -1
    let start = quoted ? at + 1 : at
    let end = quoted ? next - 1 : next
    if (quoted && hasQuote(bytes, start, end)) return -1
    if (!quoted || slot.request.type.kind !== 'text') {
      start = trimStart(bytes, start, end)
      end = trimEnd(bytes, start, end)
    }
    const status = slot.look(bytes, start, end)
    if (status >= FAULT || (status === MISSING && slot.request.required)) return -1
    if (slot.vote !== 0) this.pending[this.pendingVotes++] = (k << 3) | slot.vote
    slot.write(row)
    return next
  }

  private sharedCell(column: number, row: number, at: number): number {
    const shared = this.plan.shared.get(column)
    if (shared === undefined) return this.otherCell(this.plan.slot[column], row, at)
    let next = -1
    for (const k of shared) {
      next = this.otherCell(k, row, at)
      if (next < 0) return -1
    }
    return next
  }

  private endOfCell(at: number): number {
    const { bytes } = this.buffer
    let p = at
    while (this.ends[bytes[p]] === 0) p++
    return p - at > MAX_CELL_BYTES ? -1 : p
  }

  /** Reads one record of any kind; false: bytes are missing, or reading has ended. */
  private anyRow(): boolean {
    const { scanner } = this
    const { bytes, filled, last } = this.buffer
    const status = scanner.scan(bytes, this.pos, filled, last)
    if (status === MORE) {
      if (!this.refill()) this.stopTooLong()
      return false
    }
    if (status === UNCLOSED) {
      this.stopUnclosed(this.line + scanner.openedLine, scanner.lines - scanner.openedLine)
      return false
    }
    if (status === TOO_LONG) {
      this.stopTooLong()
      return false
    }
    this.pendingVotes = 0
    if (this.isEmpty(this.pos, scanner.next)) this.leaveOut()
    else this.judgeRow()
    this.pos = scanner.next
    this.line += scanner.lines
    return true
  }

  private judgeRow(): void {
    const { scanner } = this
    const width = this.dialect.header.length
    let sound = true
    if (scanner.nulCell >= 0) this.report('row-nul', scanner.nulCell, '')
    if (scanner.fault !== null) {
      sound = false
      this.report('row-quote', scanner.faultCell, QUOTE_FAULTS[scanner.fault])
    }
    if (scanner.cells !== width) {
      sound = false
      this.markBad()
      const detail = `${scanner.cells} cells, the header has ${width}`
      this.findings.add({ rule: 'row-ragged', line: this.line, detail })
    }
    for (const k of this.plan.order) this.judgeCell(k, sound)
    this.commit()
  }

  private judgeCell(k: number, sound: boolean): void {
    const { scanner } = this
    const slot = this.slots[k]
    const column = slot.request.column
    if (column >= scanner.cells) {
      slot.writeMissing(this.row)
      return
    }
    let bytes = this.buffer.bytes
    let start = scanner.starts[column]
    let end = scanner.ends[column]
    if (scanner.quoted[column] === DOUBLED) {
      end = this.unquote(start, end)
      start = 0
      bytes = this.scratch
    }
    if (scanner.quoted[column] === NOT_QUOTED || slot.request.type.kind !== 'text') {
      start = trimStart(bytes, start, end)
      end = trimEnd(bytes, start, end)
    }
    const status = slot.look(bytes, start, end)
    slot.write(this.row)
    if (!sound) return
    if (status >= FAULT) this.reportFault(slot, status - FAULT)
    else if (status === MISSING && slot.request.required) this.report('value-missing', column, '')
    if (slot.vote !== 0) this.pending[this.pendingVotes++] = (k << 3) | slot.vote
  }

  private reportFault({ request }: ColumnSlot, fault: number): void {
    const { rule, detail } = FAULTS[fault]
    this.report(rule, request.column, rule === 'out-of-range' ? expectedRange(request.type) : detail)
  }

  /** Copies a cell into `scratch` with each doubled quote as one; returns its length. */
  private unquote(start: number, end: number): number {
    if (this.scratch.length < end - start) this.scratch = new Uint8Array(end - start)
    const { bytes } = this.buffer
    let length = 0
    for (let p = start; p < end; p++) {
      this.scratch[length++] = bytes[p]
      if (bytes[p] === QUOTE) p++
    }
    return length
  }

  private report(rule: RuleId, column: number, detail: string): void {
    const { scanner } = this
    this.markBad()
    const known = column < scanner.starts.length
    const value = known
      ? textOf(
          this.buffer.bytes,
          scanner.starts[column],
          Math.min(scanner.ends[column], scanner.starts[column] + 1024),
          this.dialect.encoding,
        )
      : ''
    this.findings.add({ rule, line: this.line, column: this.dialect.header[column] ?? '', value, detail })
  }

  private markBad(): void {
    this.bad ??= allocate.mask(this.capacity)
    const bit = 1 << (this.row & 7)
    if ((this.bad[this.row >> 3] & bit) === 0) this.badRows++
    this.bad[this.row >> 3] |= bit
  }

  /** A record longer than all limits: it ends somewhere, or a quote was never closed. */
  private stopTooLong(): void {
    const { scanner } = this
    if (scanner.inQuotes) {
      const swallowed = this.linesToEndInQuotes()
      if (swallowed >= 0) {
        this.stopUnclosed(this.line + scanner.openedLine, scanner.lines - scanner.openedLine + swallowed)
        return
      }
    }
    this.stopped = true
    const column = this.dialect.header[scanner.cells] ?? ''
    this.findings.add({ rule: 'limits-exceeded', line: this.line, column })
  }

  private stopUnclosed(line: number, swallowed: number): void {
    this.stopped = true
    const column = this.dialect.header[this.scanner.cells] ?? ''
    const detail = `the quote opened here is never closed; ${swallowed} lines were swallowed`
    this.findings.add({ rule: 'quote-unclosed', line, column, detail })
  }

  /** Line ends up to the end of the file if no quote closes before, else -1. Reads on without keeping anything. */
  private linesToEndInQuotes(): number {
    const { buffer } = this
    const quote = QUOTE
    const lf = LF
    let found = 0
    let odd = false
    while (!buffer.last) {
      buffer.refill(buffer.filled)
      const { bytes, filled } = buffer
      for (let p = 0; p < filled; p++) {
        const c = bytes[p]
        if (c === quote) odd = !odd
        else if (odd) return -1
        else if (c === lf) found++
      }
    }
    return odd ? -1 : found
  }

  private table(): RawTable {
    const { row } = this
    return {
      rows: row,
      columns: this.slots.map((slot) => slot.finish(row)),
      lines: this.lines?.subarray(0, row) ?? null,
      firstLine: this.firstLine,
      bad: this.bad?.subarray(0, (row + 7) >> 3) ?? null,
      badRows: this.badRows,
      findings: this.findings.build(),
      report: this.rangeReport(),
    }
  }

  private rangeReport(): RangeReport {
    const whole = this.stopped || this.utf16 || (this.buffer.last && this.pos >= this.buffer.filled)
    return {
      startedAt: this.startedAt,
      endedAt: whole ? this.size : this.buffer.base + this.pos,
      lines: this.line - 1,
      rows: this.row,
      blank: this.blank,
      notUtf8: this.notUtf8,
      stopped: this.stopped,
      votes: this.slots.map((_, k) => votesOf(this.votes, k)),
    }
  }
}

const QUOTE_FAULTS = {
  inside: 'a quote inside an unquoted cell',
  after: 'text follows the closing quote',
  backslash: 'a backslash does not escape a quote: quotes are doubled',
} as const

/** 'a whole number from 0 to 10 is expected' */
function expectedRange(type: CellType): string {
  if (type.kind !== 'number') return ''
  const from = type.min === null ? '' : ` from ${type.min}`
  const to = type.max === null ? '' : ` to ${type.max}`
  return `a ${type.integer ? 'whole ' : ''}number${from}${to} is expected`
}

function votesOf(votes: Float64Array, k: number): ColumnVotes {
  return Object.fromEntries(VOTES.map((name, i) => [name, votes[k * 8 + i + 1]])) as unknown as ColumnVotes
}

/** First days of the months of 1900 to 2199, which the row loop knows by heart, as days since 1970-01-01. */
const FIRST_YEAR = 1900
const LAST_MONTH = 300 * 12
const MONTH_START = Int32Array.from({ length: LAST_MONTH + 1 }, (_, i) =>
  daysOf(FIRST_YEAR + Math.floor(i / 12), (i % 12) + 1, 1),
)

function hasQuote(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (bytes[p] === QUOTE) return true
  return false
}

function copied<T extends Uint8Array | Int32Array>(old: T, fresh: T): T {
  fresh.set(old)
  return fresh
}
