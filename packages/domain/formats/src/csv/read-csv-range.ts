import type { ByteSource, RuleId, TaskHost } from '@afferent/records'
import { CR, delimiterByte, LF, QUOTE, textOf } from './bytes.ts'
import { FAULT, FAULTS, MISSING, trimEnd, trimStart } from './cell-decoder.ts'
import { CellReader } from './cell-reader.ts'
import type { ColumnSlot } from './column-slot.ts'
import { AT_STOP, compileRows, NO_ROOM, type RowLoop } from './compile-rows.ts'
import type { CsvDialect } from './dialect.ts'
import { GrowingRows } from './growing-rows.ts'
import { planRow, type RowPlan } from './plan-row.ts'
import { RecordBuffer } from './record-buffer.ts'
import type { CellType, ColumnRequest, CsvRange, RangeReport, RawTable } from './request.ts'
import { DOUBLED, MORE, NOT_QUOTED, RecordScanner, TOO_LONG, UNCLOSED } from './scan-record.ts'
import { openFeed } from './text-feed.ts'

const CHUNK = 1 << 19
const MAX_FIRST_ROWS = 1 << 23
/** Bytes whose lines tell how long lines are. */
const SAMPLE_BYTES = 1 << 13

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
  private readonly rows: GrowingRows
  private readonly plan: RowPlan
  private readonly cells: CellReader
  private readonly readPlainRows: RowLoop
  private readonly buffer: RecordBuffer
  private readonly scanner: RecordScanner
  private readonly utf16: boolean
  private pos = 0
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
    this.host = host
    this.dialect = dialect
    this.range = range
    this.size = source.size
    this.utf16 = dialect.encoding === 'utf-16le' || dialect.encoding === 'utf-16be'
    this.rows = new GrowingRows(requests, dialect.encoding)
    const from = range.aligned ? range.start : Math.max(0, range.start - 1)
    const bytes = Math.min(CHUNK, Math.max(64, range.end - from + 4096))
    this.buffer = new RecordBuffer(openFeed(source, dialect.encoding, from), from, bytes)
    this.scanner = new RecordScanner(delimiterByte(dialect.delimiter), width)
    this.plan = planRow(width, this.rows.slots, delimiterByte(dialect.delimiter))
    this.cells = new CellReader(this.plan, this.rows, this.buffer, dialect.delimiter)
    this.readPlainRows = compileRows(this.plan)
  }

  read(): RawTable {
    this.buffer.refill(0)
    this.begin()
    this.rows.reserve(this.firstCapacity())
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
    const sampled = Math.min(filled - this.pos, SAMPLE_BYTES)
    let found = 0
    for (let p = this.pos; p < this.pos + sampled; p++) if (bytes[p] === LF || bytes[p] === CR) found++
    const perRow = Math.max(this.dialect.header.length, sampled / Math.max(1, found))
    const size = (this.range.end - this.range.start) * 1.05
    return Math.min(MAX_FIRST_ROWS, Math.ceil(size / Math.max(1, perRow)) + 64)
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
      const reason = this.readPlainRows(this.cells, this.rows, bytes, this.pos, limit)
      this.pos = Math.min(this.cells.next, filled)
      if (reason === AT_STOP) return
      if (reason === NO_ROOM) this.rows.reserve(Math.ceil(this.rows.capacity * 1.5) + 64)
      else if (!this.anyRow()) return
    }
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
      this.stopUnclosed(this.rows.line + scanner.openedLine, scanner.lines - scanner.openedLine)
      return false
    }
    if (status === TOO_LONG) {
      this.stopTooLong()
      return false
    }
    this.rows.pendingVotes = 0
    if (this.cells.isEmpty(this.pos, scanner.next)) this.rows.leaveOut()
    else this.judgeRow()
    this.pos = scanner.next
    this.rows.line += scanner.lines
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
      this.rows.markBad()
      const detail = `${scanner.cells} cells, the header has ${width}`
      this.rows.findings.add({ rule: 'row-ragged', line: this.rows.line, detail })
    }
    for (const k of this.plan.order) this.judgeCell(k, sound)
    this.rows.commit()
  }

  private judgeCell(k: number, sound: boolean): void {
    const { scanner } = this
    const slot = this.rows.slots[k]
    const column = slot.request.column
    if (column >= scanner.cells) {
      slot.writeMissing(this.rows.row)
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
    slot.write(this.rows.row)
    if (!sound) return
    if (status >= FAULT) this.reportFault(slot, status - FAULT)
    else if (status === MISSING && slot.request.required) this.report('value-missing', column, '')
    if (slot.vote !== 0) this.rows.pending[this.rows.pendingVotes++] = (k << 3) | slot.vote
  }

  private reportFault({ request }: ColumnSlot, fault: number): void {
    const { rule, detail } = FAULTS[fault]
    this.report(rule, request.column, detail === '' ? expected(request.type, rule) : detail)
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
    this.rows.markBad()
    const known = column < scanner.starts.length
    const value = known
      ? textOf(
          this.buffer.bytes,
          scanner.starts[column],
          Math.min(scanner.ends[column], scanner.starts[column] + 1024),
          this.dialect.encoding,
        )
      : ''
    this.rows.findings.add({ rule, line: this.rows.line, column: this.dialect.header[column] ?? '', value, detail })
  }

  /** A record longer than all limits: it ends somewhere, or a quote was never closed. */
  private stopTooLong(): void {
    const { scanner } = this
    if (scanner.inQuotes) {
      const swallowed = this.linesToEndInQuotes()
      if (swallowed >= 0) {
        this.stopUnclosed(this.rows.line + scanner.openedLine, scanner.lines - scanner.openedLine + swallowed)
        return
      }
    }
    this.stopped = true
    const column = this.dialect.header[scanner.cells] ?? ''
    this.rows.findings.add({ rule: 'limits-exceeded', line: this.rows.line, column })
  }

  private stopUnclosed(line: number, swallowed: number): void {
    this.stopped = true
    const column = this.dialect.header[this.scanner.cells] ?? ''
    const detail = `the quote opened here is never closed; ${swallowed} lines were swallowed`
    this.rows.findings.add({ rule: 'quote-unclosed', line, column, detail })
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
    const { rows } = this
    return {
      rows: rows.row,
      columns: rows.columns(),
      lines: rows.linesOfRows(),
      firstLine: rows.firstLine,
      bad: rows.badOfRows(),
      badRows: rows.badRows,
      findings: rows.findings.build(),
      report: this.rangeReport(),
    }
  }

  private rangeReport(): RangeReport {
    const whole = this.stopped || this.utf16 || (this.buffer.last && this.pos >= this.buffer.filled)
    return {
      startedAt: this.startedAt,
      endedAt: whole ? this.size : this.buffer.base + this.pos,
      lines: this.rows.line - 1,
      rows: this.rows.row,
      blank: this.rows.blank,
      notUtf8: this.notUtf8,
      stopped: this.stopped,
      votes: this.rows.votesOfSlots(),
    }
  }
}

const QUOTE_FAULTS = {
  inside: 'a quote inside an unquoted cell',
  after: 'text follows the closing quote',
  backslash: 'a backslash does not escape a quote: quotes are doubled',
} as const

/** 'a whole number from 0 to 10 is expected', 'known: ja, nein'; '' where the rule says it all. */
function expected(type: CellType, rule: RuleId): string {
  if (type.kind === 'code' && rule === 'value-unknown') return `known: ${type.codes.map(([text]) => text).join(', ')}`
  return type.kind === 'number' && rule === 'out-of-range' ? expectedRange(type) : ''
}

function expectedRange(type: Extract<CellType, { readonly kind: 'number' }>): string {
  const from = type.min === null ? '' : ` from ${type.min}`
  const to = type.max === null ? '' : ` to ${type.max}`
  return `a ${type.integer ? 'whole ' : ''}number${from}${to} is expected`
}
