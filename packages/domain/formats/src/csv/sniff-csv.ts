import { type ByteSource, type Finding, FindingsBuilder, type TaskHost } from '@afferent/records'
import { MAX_HEADER_CELLS } from './bytes.ts'
import { type Detected, detectEncoding, markBytesOf } from './detect-encoding.ts'
import type { CsvDialect, CsvSniffOptions, Delimiter, Encoding, Sniffed } from './dialect.ts'
import { binaryKind } from './file-kind.ts'
import { firstInvalidUtf8 } from './first-invalid-utf8.ts'
import { encodingDetail, notUtf8Reason } from './read-ranges.ts'
import { RecordReader } from './record-reader.ts'
import { openFeed, utf16Bytes } from './text-feed.ts'

const HEAD_BYTES = 1 << 20
/** Records looked at to find delimiter and header. */
const SAMPLE_RECORDS = 50
const HEADER_RECORDS = 200
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|']

/**
 * How a CSV file is to be read, from its beginning and what the study file declares.
 *
 * Encoding   declared, else by byte-order mark, NULs or UTF-8 validity; not UTF-8: Windows-1252, with a finding that names the byte.
 * Delimiter  declared, else the one that makes a record of all `wanted` names, else the one that gives most of the first 50
 *            records one same number of cells above one.
 * Header     declared line, else the first record that holds all `wanted` names (a table may stand before it); where nothing is
 *            wanted, the first record with the most frequent number of cells. Declared as `none`: columns are named by position
 *            ('1', '2', ...), as many as most records have, and the delimiter is the one that most records agree on.
 * Refused    empty files and headers alone, files that are no text, mapped columns that are missing or stand twice, no delimiter,
 *            headers beyond the limits, a quote that is never closed.
 */
export function sniffCsv(source: ByteSource, host: Pick<TaskHost, 'isUtf8'>, options: CsvSniffOptions): Sniffed {
  const head = headOf(source)
  if (head.length === 0) return refused({ rule: 'file-empty', detail: 'the file has no bytes' })
  const kind = binaryKind(head)
  if (kind !== null) return refused({ rule: 'file-not-text', detail: `the file looks like ${kind}` })
  const found = encodingOf(source, host, head, options.encoding)
  if (found.encoding === 'utf-8' || found.encoding === 'windows-1252') {
    const start = head.subarray(0, 1 << 16)
    const nuls = start.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0)
    if (nuls > start.length / 50 + 8) return refused({ rule: 'file-not-text', detail: 'the file is full of NUL bytes' })
  }
  return new Sniffer(source, found, options).sniff()
}

function headOf(source: ByteSource): Uint8Array {
  const feed = openFeed(source, 'utf-8', 0)
  const head = new Uint8Array(Math.min(HEAD_BYTES, source.size))
  let filled = 0
  while (filled < head.length) filled += feed.read(head.subarray(filled))
  return head
}

const refused = (...found: readonly Finding[]): Sniffed => {
  const findings = new FindingsBuilder()
  for (const finding of found) findings.add(finding)
  return { kind: 'refused', findings: findings.build() }
}

function encodingOf(
  source: ByteSource,
  host: Pick<TaskHost, 'isUtf8'>,
  head: Uint8Array,
  declared: Encoding | null,
): Detected {
  if (declared !== null) return { encoding: declared, reason: 'declared', markBytes: markBytesOf(head, declared) }
  const detected = detectEncoding(head, head.length === source.size, host.isUtf8)
  if (detected !== null) return detected
  const at = firstInvalidUtf8(source, host)
  return { encoding: 'windows-1252', reason: notUtf8Reason(at), markBytes: 0 }
}

interface Header {
  readonly names: readonly string[]
  /** 0: there is none. */
  readonly line: number
}

class Sniffer {
  private readonly source: ByteSource
  private readonly found: Detected
  private readonly options: CsvSniffOptions

  constructor(source: ByteSource, found: Detected, options: CsvSniffOptions) {
    this.source = source
    this.found = found
    this.options = options
  }

  sniff(): Sniffed {
    const delimiter = this.options.delimiter ?? this.delimiter()
    if (delimiter === null) return refused({ rule: 'file-delimiter', line: 1 })
    const header = this.options.headerLine === 'none' ? this.positions(delimiter) : this.header(delimiter)
    if ('rule' in header) return refused(header)
    const wrong = this.headerFindings(header)
    if (wrong.length > 0) return refused(...wrong)
    const body = this.body(header, delimiter)
    if (body === null) return refused({ rule: 'file-empty', line: header.line, detail: 'no row follows the header' })
    const findings = new FindingsBuilder()
    if (this.found.reason.startsWith('not valid')) {
      const detail = encodingDetail({ encoding: this.found.encoding, encodingReason: this.found.reason })
      findings.add({ rule: 'file-encoding', detail })
    }
    return { kind: 'dialect', dialect: this.dialect(delimiter, header, body), findings: findings.build() }
  }

  private dialect(delimiter: Delimiter, header: Header, body: { byte: number; line: number }): CsvDialect {
    return {
      encoding: this.found.encoding,
      encodingReason: this.found.reason,
      delimiter,
      header: header.names,
      headerLine: header.line,
      bodyStart: body.byte,
      firstLine: body.line,
    }
  }

  private reader(delimiter: Delimiter, room: number): RecordReader {
    return new RecordReader(this.source, this.found.encoding, delimiter, this.found.markBytes, room)
  }

  /** Cell texts of the first records. */
  private sample(delimiter: Delimiter, most = SAMPLE_RECORDS): string[][] {
    const reader = this.reader(delimiter, MAX_HEADER_CELLS)
    const records: string[][] = []
    while (records.length < most && reader.next()) records.push(reader.cells())
    return records
  }

  private delimiter(): Delimiter | null {
    const { wanted, headerLine, decimal } = this.options
    // Without a header the mark of decimals alone could make a second column of every number.
    const possible = headerLine === 'none' ? DELIMITERS.filter((delimiter) => delimiter !== decimal) : DELIMITERS
    const samples = possible.map((delimiter) => ({ delimiter, records: this.sample(delimiter) }))
    if (wanted.length > 0 && headerLine !== 'none') {
      const named = samples.find(({ records }) =>
        records.some((cells) => matches(cells, wanted) === new Set(wanted).size),
      )
      if (named !== undefined) return named.delimiter
    }
    const best = samples
      .map(({ delimiter, records }) => ({ delimiter, ...constancy(records) }))
      .filter(({ cells }) => cells > 1)
      .sort((a, b) => b.share - a.share || b.cells - a.cells)[0]
    if (best !== undefined) return best.delimiter
    const nothing = samples.every(({ records }) => records.length === 0)
    if (headerLine === 'none') return decimal === ',' ? ';' : ','
    return wanted.length <= 1 || nothing ? ',' : null
  }

  /** Columns of a file without a header, by position. */
  private positions(delimiter: Delimiter): Header | Finding {
    const { skipAfterHeader } = this.options
    const cells = usualCells(this.sample(delimiter, skipAfterHeader + SAMPLE_RECORDS).slice(skipAfterHeader))
    if (cells === 0) return this.nothing(this.reader(delimiter, MAX_HEADER_CELLS))
    return { names: Array.from({ length: cells }, (_, i) => String(i + 1)), line: 0 }
  }

  private header(delimiter: Delimiter): Header | Finding {
    const { wanted } = this.options
    const headerLine = this.options.headerLine as number | null
    const reader = this.reader(delimiter, MAX_HEADER_CELLS)
    const usual = wanted.length === 0 && headerLine === null ? constancy(this.sample(delimiter)).cells : 0
    let best: Header | null = null
    let bestMatches = -1
    const need = new Set(wanted).size
    for (let i = 0; (headerLine !== null || i < HEADER_RECORDS) && reader.next(); i++) {
      if (headerLine !== null && reader.line < headerLine) continue
      // The sample holds no more cells of a record than this.
      if (usual > 1 && Math.min(reader.scanner.cells, MAX_HEADER_CELLS) !== usual) continue
      const names = reader.cells().map((name) => name.trim())
      const found = matches(names, wanted)
      if (found > bestMatches) {
        if (reader.scanner.cells > MAX_HEADER_CELLS) return tooManyCells(reader, names)
        best = { names, line: reader.line }
        bestMatches = found
      }
      if (headerLine !== null || found === need) break
    }
    return best ?? this.nothing(reader)
  }

  /** Why a file that was read to an end has no header. */
  private nothing(reader: RecordReader): Finding {
    while (reader.next());
    if (reader.end === 'unclosed') return { rule: 'quote-unclosed', line: 1 + reader.scanner.openedLine }
    if (reader.end === 'too-long') return { rule: 'limits-exceeded', line: 1 }
    const { headerLine } = this.options
    const detail = typeof headerLine === 'number' ? `there is no line ${headerLine}` : 'no line holds anything'
    return { rule: 'file-empty', detail }
  }

  private headerFindings(header: Header): Finding[] {
    const findings: Finding[] = []
    for (const name of new Set(this.options.wanted)) {
      const count = header.names.filter((other) => other === name).length
      if (count > 1)
        findings.push({ rule: 'column-duplicate', line: header.line, column: name, detail: `it stands ${count} times` })
      if (count === 0)
        findings.push({ rule: 'column-missing', line: header.line, column: name, detail: hintOf(name, header) })
    }
    return findings
  }

  /** Where the first row begins; null: there is none. */
  private body(header: Header, delimiter: Delimiter): { byte: number; line: number } | null {
    const reader = this.reader(delimiter, header.names.length)
    if (header.line > 0) while (reader.next() && reader.line < header.line);
    for (let i = 0; i < this.options.skipAfterHeader; i++) if (!reader.next()) return null
    const { byte, line } = reader.after
    const wide = this.found.encoding === 'utf-16le' || this.found.encoding === 'utf-16be'
    const place = wide ? { byte: this.byteOfUtf16(byte), line } : { byte, line }
    // A record that is too long or never ends is for the reader of the body to name.
    return reader.next() || reader.end !== 'end' ? place : null
  }

  /** Position in a UTF-16 file of a position counted in its UTF-8 form. */
  private byteOfUtf16(utf8: number): number {
    const { markBytes } = this.found
    return markBytes + utf16Bytes(this.source, this.found.encoding, markBytes, utf8 - markBytes)
  }
}

function tooManyCells(reader: RecordReader, names: readonly string[]): Finding {
  const detail = `the header has ${reader.scanner.cells.toLocaleString('en-US')} cells`
  return { rule: 'limits-exceeded', line: reader.line, column: names[0] ?? '', detail }
}

/** How many of the wanted names a record holds. */
function matches(cells: readonly string[], wanted: readonly string[]): number {
  const names = new Set(cells.map((cell) => cell.trim()))
  let found = 0
  for (const name of new Set(wanted)) if (names.has(name)) found++
  return found
}

/** The number of cells most records have, of equally frequent ones the larger; 0: there is no record. */
function usualCells(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/** The number of cells most records have (the first record's, if no two are alike), and the share of records that have it. */
function constancy(records: readonly (readonly string[])[]): { cells: number; share: number } {
  const counts = new Map<number, number>()
  for (const { length } of records) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])
  const [cells, count] = ranked[0]?.[1] > 1 ? ranked[0] : ([...counts][0] ?? [0, 0])
  return { cells, share: count / Math.max(1, records.length) }
}

function hintOf(name: string, { names, line }: Header): string {
  if (line > 0) return hint(name, names)
  return `columns of a file without a header are named by position: "1"${names.length > 1 ? ` to "${names.length}"` : ''}`
}

function hint(name: string, header: readonly string[]): string {
  const fold = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]/g, '')
  const near = header.find((other) => fold(other) === fold(name))
  if (near !== undefined) return `did you mean "${near}"?`
  const known = header
    .slice(0, 30)
    .map((other) => `"${other.slice(0, 40)}"`)
    .join(', ')
  return `the header has ${known}${header.length > 30 ? ' and more' : ''}`
}
