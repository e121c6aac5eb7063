/**
 * MB/s of one thread over one range of a generated diary: 12 columns, rows of about 62 bytes, all columns mapped.
 * Checks rows and sums before it times anything. `node tests/bench/by-hand/read-csv.ts [rows]`
 */
import { isUtf8 } from 'node:buffer'
import { type CellType, type ColumnRequest, type CsvDialect, readCsvRange, sniffCsv } from '@afferent/formats'
import type { ByteSource } from '@afferent/records'

const ROWS = Number(process.argv[2] ?? 1_000_000)
const ROUNDS = 5
const DAYS = 140

const HEADER = 'subject,date,headache,severity,hours,pain_avg,pain_worst,nausea,photophobia,triptan,nsaid,notes'

interface Truth {
  readonly bytes: Uint8Array
  readonly headache: number
  readonly hours: number
  readonly lastDay: number
}

function generate(rows: number, quoted: boolean): Truth {
  const parts: string[] = [HEADER]
  let headache = 0
  let hours = 0
  let seed = 1
  const next = (n: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >> 8) % n
  }
  const first = Date.UTC(2024, 0, 1) / 86_400_000
  for (let row = 0; row < rows; row++) {
    const subject = `S-${String(100_001 + Math.floor(row / DAYS))}`
    const date = new Date((first + (row % DAYS)) * 86_400_000).toISOString().slice(0, 10)
    const has = next(3) === 0 ? 1 : 0
    const tenths = has === 1 ? next(240) : 0
    headache += has
    hours += tenths
    const cells = [subject, date, has, next(4), tenths / 10, next(11), next(11), next(2), next(2), next(3), next(2)]
    parts.push(
      quoted
        ? [...cells, 'a note, short'].map((cell) => `"${cell}"`).join(',')
        : [...cells, 'a note of patients'].join(','),
    )
  }
  const bytes = new TextEncoder().encode(`${parts.join('\n')}\n`)
  return { bytes, headache, hours: hours / 10, lastDay: first + ((rows - 1) % DAYS) }
}

const whole = (max: number): CellType => ({ kind: 'number', integer: true, min: 0, max, divisor: 1, decimal: null })
const TYPES: readonly CellType[] = [
  { kind: 'text' },
  { kind: 'date', order: null },
  { kind: 'flag' },
  whole(3),
  { kind: 'number', integer: false, min: 0, max: 24, divisor: 1, decimal: null },
  whole(10),
  whole(10),
  { kind: 'flag' },
  { kind: 'flag' },
  { kind: 'flag' },
  { kind: 'flag' },
]

function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(into, position) {
      const part = bytes.subarray(position, position + into.length)
      into.set(part)
      return part.length
    },
  }
}

function requestsOf(dialect: CsvDialect): ColumnRequest[] {
  return TYPES.map((type, column) => {
    const name = dialect.header[column]
    return { column, name, type, missing: [], required: column < 2 }
  })
}

function measure(label: string, truth: Truth): void {
  const source = sourceOf(truth.bytes)
  const options = { delimiter: null, encoding: null, headerLine: null, skipAfterHeader: 0, wanted: ['subject', 'date'] }
  const sniffed = sniffCsv(source, { isUtf8 }, options)
  if (sniffed.kind === 'refused') throw new Error('the generated file was refused')
  const { dialect } = sniffed
  const read = () =>
    readCsvRange(source, { isUtf8 }, dialect, requestsOf(dialect), {
      start: dialect.bodyStart,
      end: source.size,
      aligned: true,
    })
  check(read(), truth)
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    read()
    rates.push(source.size / 1000 / (performance.now() - started))
  }
  rates.sort((a, b) => a - b)
  const perRow = source.size / ROWS
  const median = rates[ROUNDS >> 1]
  console.log(
    `${label}: ${median.toFixed(0)} MB/s, ${((median * 1e6) / perRow / 1e6).toFixed(1)} M rows/s (${perRow.toFixed(0)} bytes a row)`,
  )
}

function check(table: ReturnType<typeof readCsvRange>, truth: Truth): void {
  const sum = (k: number): number => {
    let total = 0
    for (const value of table.columns[k].column.values) total += value
    return total
  }
  const last = table.columns[1].column.values[ROWS - 1]
  const same =
    table.rows === ROWS &&
    table.findings.count === 0 &&
    sum(2) === truth.headache &&
    Math.abs(sum(4) - truth.hours) < 1e-3 &&
    last === truth.lastDay
  if (!same) throw new Error('the columns do not hold what was generated')
}

measure('plain ', generate(ROWS, false))
measure('quoted', generate(ROWS, true))
