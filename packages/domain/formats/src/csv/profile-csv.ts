import { type ByteSource, type ExportProfile, type Findings, FindingsBuilder, type TaskHost } from '@afferent/records'
import { trimEnd, trimStart } from './cell-decoder.ts'
import { ColumnTally } from './column-tally.ts'
import type { CsvDialect } from './dialect.ts'
import { firstInvalidUtf8 } from './first-invalid-utf8.ts'
import { notUtf8Reason } from './read-ranges.ts'
import { RecordReader } from './record-reader.ts'
import { sniffCsv } from './sniff-csv.ts'

export type Profiled =
  | { readonly kind: 'profile'; readonly profile: ExportProfile }
  | { readonly kind: 'refused'; readonly findings: Findings }

/**
 * What an export nobody described looks like: read once from start to end, in bounded memory. A cell that breaks off (an
 * open quote, a cell beyond the limits) refuses the file, as reading it would.
 */
export function profileCsv(source: ByteSource, host: Pick<TaskHost, 'isUtf8'>, name: string): Profiled {
  const open = { delimiter: null, encoding: null, headerLine: null, skipAfterHeader: 0, wanted: [] }
  const sniffed = sniffCsv(source, host, open)
  if (sniffed.kind === 'refused') return sniffed
  const dialect = withEncoding(source, host, sniffed.dialect)
  const tallies = dialect.header.map(() => new ColumnTally(dialect.encoding))
  const reader = new RecordReader(
    source,
    dialect.encoding,
    dialect.delimiter,
    dialect.bodyStart,
    tallies.length,
    1 << 19,
  )
  let rows = 0
  while (reader.next()) if (tallyRecord(reader, tallies)) rows++
  if (reader.end !== 'end') return broken(reader, dialect)
  return { kind: 'profile', profile: profileOf(name, dialect, rows, tallies) }
}

function withEncoding(source: ByteSource, host: Pick<TaskHost, 'isUtf8'>, dialect: CsvDialect): CsvDialect {
  if (dialect.encoding !== 'utf-8') return dialect
  const at = firstInvalidUtf8(source, host)
  return at < 0 ? dialect : { ...dialect, encoding: 'windows-1252', encodingReason: notUtf8Reason(at) }
}

/** False: a record of empty cells, which is no row. */
function tallyRecord(reader: RecordReader, tallies: readonly ColumnTally[]): boolean {
  const { scanner, bytes } = reader
  const count = Math.min(scanner.cells, tallies.length)
  if (!holdsAnything(reader, count)) return false
  for (let column = 0; column < tallies.length; column++) {
    const tally = tallies[column]
    const start = column < count ? trimStart(bytes, scanner.starts[column], scanner.ends[column]) : 0
    const end = column < count ? trimEnd(bytes, start, scanner.ends[column]) : 0
    if (end > start) tally.add(bytes, start, end)
    else tally.addEmpty()
  }
  return true
}

function holdsAnything({ scanner, bytes }: RecordReader, count: number): boolean {
  for (let column = 0; column < count; column++) {
    const end = scanner.ends[column]
    if (trimStart(bytes, scanner.starts[column], end) < end) return true
  }
  return false
}

function profileOf(file: string, dialect: CsvDialect, rows: number, tallies: readonly ColumnTally[]): ExportProfile {
  const tokens = new Set(tallies.flatMap((tally) => tally.usedTokens))
  const columns = tallies.map((tally, i) => tally.finish(dialect.header[i], i, tokens))
  const commas = columns.some(({ decimal }) => decimal === ',')
  const points = columns.some(({ decimal }) => decimal === '.')
  return {
    file,
    rows,
    encoding: dialect.encoding,
    encodingReason: dialect.encodingReason,
    delimiter: dialect.delimiter,
    decimal: commas && !points ? ',' : '.',
    headerLine: dialect.headerLine,
    ...(tokens.size > 0 ? { missingTokens: [...tokens].sort() } : {}),
    columns,
  }
}

function broken(reader: RecordReader, dialect: CsvDialect): Profiled {
  const findings = new FindingsBuilder()
  const line = dialect.firstLine - 1 + reader.after.line + (reader.end === 'unclosed' ? reader.scanner.openedLine : 0)
  findings.add({ rule: reader.end === 'unclosed' ? 'quote-unclosed' : 'limits-exceeded', line })
  return { kind: 'refused', findings: findings.build() }
}
