import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertEqual } from './assert-equal.ts'
import { type BenchData, diaryOf, trialOf400 } from './data.ts'
import { dropToPublished } from './drop-to-published.ts'
import { type Compared, compare, type Measured, repeat, wholeProcess } from './whole-process.ts'

/**
 * `pnpm bench`: the product against DuckDB on the same simulated diary, and a trial from end to end.
 * `--quick`: a million rows in place of ten, one run in place of five. `--rows N`, `--runs N`: as you like.
 * Answers are compared before anything is timed. Results: tests/bench/results/latest.json.
 */
const option = (name: string): number | null => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? null : Number(process.argv[at + 1])
}
const quick = process.argv.includes('--quick')
const rows = option('rows') ?? (quick ? 1_000_000 : 10_000_000)
const runs = option('runs') ?? (quick ? 1 : 5)

const RESULTS = fileURLToPath(new URL('./results', import.meta.url))
const CLI = '../../services/cli/src/main.js'
/** `analyze` ends with 1 where findings of severity error were made; a simulated diary has none. */
const TRIAL_ANSWERS = [0, 1]

const outOf = (data: BenchData, name: string): string => join(data.folder, name)
const say = (text: string): void => void process.stdout.write(`${text}\n`)

const productMetrics = (data: BenchData) =>
  wholeProcess('./product-metrics.ts', [data.study, data.diary, data.subjects])
const duckdbMetrics = (data: BenchData) => wholeProcess('./duckdb.ts', ['metrics', data.diary, data.subjects])
const productTables = (data: BenchData, study: string, out: string) =>
  wholeProcess(CLI, ['analyze', data.diary, data.subjects, '--study', study, '--out', outOf(data, out)], TRIAL_ANSWERS)
const duckdbTables = (data: BenchData) =>
  wholeProcess('./duckdb.ts', ['tables', data.diary, data.subjects, outOf(data, 'duckdb-adeff.csv')])

async function benchDiary(data: BenchData): Promise<{ equalRows: number; compared: Compared[]; both: Measured }> {
  await productTables(data, data.studyCsv, 'out-csv')
  await duckdbTables(data)
  const equalRows = await assertEqual(join(outOf(data, 'out-csv'), 'adeff.csv'), outOf(data, 'duckdb-adeff.csv'))
  say(`equal answers in ${equalRows.toLocaleString('en-US')} rows of adeff`)
  const compared = [
    await compare(
      'CSV to period metrics',
      () => productMetrics(data),
      () => duckdbMetrics(data),
      runs,
    ),
    await compare(
      'CSV to tables, as CSV',
      () => productTables(data, data.studyCsv, 'out-csv'),
      () => duckdbTables(data),
      runs,
    ),
  ]
  const both = await repeat(() => productTables(data, data.study, 'out'), Math.min(runs, 3))
  for (const name of ['out', 'out-csv', 'duckdb-adeff.csv'])
    await rm(outOf(data, name), { recursive: true, force: true })
  return { equalRows, compared, both }
}

const seconds = (value: number): string => `${value.toFixed(2)} s`.padStart(10)
const memory = (value: number): string => `${Math.round(value / 1e6)} MB`.padStart(9)

function table(compared: readonly Compared[], alone: Readonly<Record<string, Measured>>): string {
  const lines = [
    `${''.padEnd(34)}${'product'.padStart(10)}${'DuckDB'.padStart(10)}${'ratio'.padStart(8)}${'product'.padStart(9)}${'DuckDB'.padStart(9)}${'ratio'.padStart(8)}`,
  ]
  for (const { name, product, duckdb, ratio } of compared) {
    const time = `${seconds(product.seconds)}${seconds(duckdb.seconds)}${ratio.seconds.toFixed(2).padStart(8)}`
    const peak = `${memory(product.peakBytes)}${memory(duckdb.peakBytes)}${ratio.peakBytes.toFixed(2).padStart(8)}`
    lines.push(`${name.padEnd(34)}${time}${peak}`)
  }
  for (const [name, measured] of Object.entries(alone)) {
    lines.push(`${name.padEnd(34)}${seconds(measured.seconds)}${''.padStart(18)}${memory(measured.peakBytes)}`)
  }
  return lines.join('\n')
}

const data = await diaryOf(rows)
say(`${data.rows.toLocaleString('en-US')} diary rows, ${Math.round(data.bytes / 1e6)} MB of CSV, medians of ${runs}`)
const diary = await benchDiary(data)
const trial = await trialOf400()
const trialRun = await repeat(() => productTables(trial, trial.study, 'out'), Math.max(runs, 3))
await rm(outOf(trial, 'out'), { recursive: true, force: true })
const alone = {
  'the same, CSV and Arrow': diary.both,
  [`400 subjects, ${trial.rows.toLocaleString('en-US')} rows, analyze`]: trialRun,
}
say(table(diary.compared, alone))
const drops = (await dropToPublished(trial, quick ? 5 : 20)).sort((a, b) => a - b)
const dropMedian = drops[drops.length >> 1] as number
say(`${'400 subjects, drop to published'.padEnd(34)}${seconds(dropMedian)}  (median of ${drops.length})`)
await mkdir(RESULTS, { recursive: true })
const result = {
  rows: data.rows,
  bytes: data.bytes,
  runs,
  equalRows: diary.equalRows,
  compared: diary.compared,
  alone,
  drops,
}
await writeFile(join(RESULTS, 'latest.json'), `${JSON.stringify(result, null, 2)}\n`)
