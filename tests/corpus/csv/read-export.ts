/** Sniffs and reads a whole export as a study would, without a study: named columns of named types. */
import { openCompute } from '@afferent/compute'
import {
  type CellType,
  type ColumnRequest,
  type CsvDialect,
  type CsvSniffOptions,
  readRanges,
  UTC_ALONE,
  withFileLines,
} from '@afferent/formats'
import { type BytesRef, type Column, type Finding, type Findings, findingAt, isPresent } from '@afferent/records'
import type * as tasks from './read-columns.ts'

const module = new URL('./read-columns.ts', import.meta.url).href
const SNIFF = { module, name: 'sniffFile', types: {} as typeof tasks.sniffFile }
const READ = { module, name: 'readColumns', types: {} as typeof tasks.readColumns }

export type Cell = string | number | null

export interface ReadExport {
  readonly dialect: CsvDialect
  /** By column name; dates as ISO text, instants as ISO text with offset, missing as null. */
  readonly columns: Readonly<Record<string, readonly Cell[]>>
  readonly rows: number
  readonly badRows: number
  readonly blank: number
  readonly lines: readonly number[]
}

export interface Asked {
  readonly columns: Readonly<Record<string, CellType>>
  readonly missing?: readonly string[]
  readonly options?: Partial<CsvSniffOptions>
  readonly threads?: number
  readonly minRangeBytes?: number
}

/** `read` is null where the file was refused before reading; findings are `line rule column=value (detail)`. */
export async function readExport(
  bytes: Uint8Array | string,
  asked: Asked,
): Promise<{ read: ReadExport | null; findings: string[] }> {
  const ref: BytesRef = typeof bytes === 'string' ? { kind: 'file', path: bytes } : { kind: 'memory', bytes }
  const compute = openCompute({ threads: asked.threads ?? 1 })
  try {
    const names = Object.keys(asked.columns)
    const options: CsvSniffOptions = {
      delimiter: null,
      encoding: null,
      headerLine: null,
      skipAfterHeader: 0,
      wanted: names,
      ...asked.options,
    }
    const [{ size, sniffed }] = await compute.map(SNIFF, [{ ref, options }])
    if (sniffed.kind === 'refused') return { read: null, findings: printed(sniffed.findings) }
    const requests: ColumnRequest[] = names.map((name) => ({
      column: sniffed.dialect.header.indexOf(name),
      name,
      type: asked.columns[name],
      missing: asked.missing ?? [],
      required: false,
    }))
    const file = { ref, size, dialect: sniffed.dialect }
    const reading = await readRanges(compute, READ, file, requests, null, asked.minRangeBytes)
    const parts = reading.parts.map(({ part, linesBefore }) => ({ table: part, linesBefore }))
    const columns = Object.fromEntries(
      names.map((name, k) => [name, parts.flatMap(({ table }) => cellsOf(table.columns[k], table.rows))]),
    )
    const findings = [
      ...printed(sniffed.findings),
      ...printed(reading.findings),
      ...parts.flatMap(({ table, linesBefore }) => printed(withFileLines(table.findings, linesBefore))),
    ]
    const sum = (of: (part: (typeof parts)[number]) => number): number =>
      parts.reduce((total, part) => total + of(part), 0)
    return {
      read: {
        dialect: reading.dialect,
        columns,
        rows: sum(({ table }) => table.rows),
        badRows: sum(({ table }) => table.badRows),
        blank: sum(({ table }) => table.report.blank),
        lines: parts.flatMap(({ table, linesBefore }) =>
          Array.from({ length: table.rows }, (_, row) => linesBefore + (table.lines?.[row] ?? table.firstLine + row)),
        ),
      },
      findings,
    }
  } finally {
    await compute.close()
  }
}

function cellsOf(raw: { column: Column; offset: Column | null }, rows: number): Cell[] {
  const { column, offset } = raw
  return Array.from({ length: rows }, (_, row) => {
    if (!isPresent(column.valid, row)) return null
    const value = column.values[row]
    if (column.kind === 'text') return column.dictionary[value]
    if (column.kind === 'date') return new Date(value * 86_400_000).toISOString().slice(0, 10)
    if (column.kind !== 'instant') return value
    const shift =
      offset !== null && isPresent(offset.valid, row)
        ? ` ${offset.values[row] === UTC_ALONE ? 'Z' : offset.values[row]}`
        : ''
    return `${new Date(value).toISOString().slice(0, -1)}${shift}`
  })
}

const printed = (findings: Findings): string[] =>
  Array.from({ length: findings.count }, (_, i) => sentence(findingAt(findings, i)))

function sentence({ rule, line, column, value, detail }: Finding): string {
  const cell = column ? ` ${column}${value ? `="${value}"` : ''}` : ''
  return `${line} ${rule}${cell}${detail ? ` (${detail})` : ''}`
}
