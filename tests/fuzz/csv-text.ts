/** Reads a small CSV text through the reader's ranges, with sources that hand out bytes in pieces as small as wanted. */
import { isUtf8 } from 'node:buffer'
import {
  type ColumnRequest,
  type CsvDialect,
  type Delimiter,
  type RangeInput,
  type RawTable,
  readCsvRange,
  readRanges,
  withFileLines,
} from '@afferent/formats'
import { type ByteSource, type Compute, type Finding, type Findings, findingAt, isPresent } from '@afferent/records'

export interface Row {
  readonly line: number
  /** null: missing. */
  readonly cells: readonly (string | null)[]
  readonly bad: boolean
}

export interface Outcome {
  readonly rows: readonly Row[]
  readonly findings: readonly Finding[]
  readonly blank: number
  /** Rules that make it impossible to trust the cells of a row or the file. */
  readonly refused: boolean
}

const STRUCTURE = new Set(['row-quote', 'row-ragged', 'row-nul', 'quote-unclosed', 'limits-exceeded'])

/** Hands out at most `piece` bytes at a time, so that buffers end anywhere. */
export function piecewise(bytes: Uint8Array, piece: number): ByteSource {
  return {
    size: bytes.length,
    read(into, position) {
      const part = bytes.subarray(position, position + Math.min(piece, into.length))
      into.set(part)
      return part.length
    },
  }
}

/** All columns as text. `header` is the first line, without quotes. */
export async function readText(
  text: string,
  delimiter: Delimiter,
  { piece = 1 << 20, threads = 1 }: { readonly piece?: number; readonly threads?: number } = {},
): Promise<Outcome> {
  const bytes = new TextEncoder().encode(text)
  const head = text.slice(0, text.search(/[\r\n]/))
  const header = head.split(delimiter)
  const lineEnd = text.startsWith('\r\n', head.length) ? 2 : 1
  const dialect: CsvDialect = {
    encoding: 'utf-8',
    encodingReason: 'declared',
    delimiter,
    header,
    headerLine: 1,
    bodyStart: head.length + lineEnd,
    firstLine: 2,
  }
  const requests: ColumnRequest[] = header.map((name, column) => {
    return { column, name, type: { kind: 'text' }, missing: [], required: false }
  })
  const task = (input: RangeInput<null>): RawTable =>
    readCsvRange(piecewise(bytes, piece), { isUtf8 }, input.dialect, input.requests, input.range)
  const compute: Compute = {
    threads,
    discard: () => {},
    map: async (_, inputs) => inputs.map((input) => task(input as RangeInput<null>) as never),
  }
  const file = { ref: { kind: 'memory', bytes }, size: bytes.length, dialect } as const
  const reading = await readRanges<null, RawTable>(compute, { module: '', name: '' }, file, requests, null, 1)
  const findings = reading.parts.flatMap(({ part, linesBefore }) => listed(withFileLines(part.findings, linesBefore)))
  return {
    rows: reading.parts.flatMap(({ part, linesBefore }) => rowsOf(part, linesBefore)),
    findings,
    blank: reading.parts.reduce((sum, { part }) => sum + part.report.blank, 0),
    refused: findings.some(({ rule }) => STRUCTURE.has(rule)),
  }
}

function rowsOf(table: RawTable, linesBefore: number): Row[] {
  return Array.from({ length: table.rows }, (_, row) => ({
    line: linesBefore + (table.lines === null ? table.firstLine + row : table.lines[row]),
    cells: table.columns.map(({ column }) => {
      if (column.kind !== 'text') throw new Error('text was asked for')
      return isPresent(column.valid, row) ? column.dictionary[column.values[row]] : null
    }),
    bad: table.bad !== null && isPresent(table.bad, row),
  }))
}

const listed = (findings: Findings): Finding[] =>
  Array.from({ length: findings.count }, (_, i) => findingAt(findings, i))
