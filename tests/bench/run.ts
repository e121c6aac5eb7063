import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeBundles } from './measure/product.ts'
import { removeScratch } from './measure/scratch.ts'
import { type Results, terminalTable } from './measure/table.ts'
import type { Row, Size } from './measure/work.ts'
import { WORKS } from './works.ts'

/**
 * `pnpm bench`: every work of works.ts, beside its peer where it has one. Each asserts equal answers before the clock runs,
 * then takes medians of alternating whole processes. A work that fails is said and ends the call with 1; a missed target
 * does not. Results: tests/bench/results/latest.json; print-table.ts puts them into the README.
 *
 * `--quick`  small versions and one run, about two minutes; ten million rows beside DuckDB all the same
 * `--only N` one work     `--runs N`  runs of each side     `--huge`  a hundred million rows as well
 */
const value = (name: string): string | null => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? null : (process.argv[at + 1] ?? '')
}
const quick = process.argv.includes('--quick')
const size: Size = { quick, huge: process.argv.includes('--huge'), runs: Number(value('runs') ?? (quick ? 1 : 5)) }
const only = value('only')
const works = WORKS.filter(({ name }) => only === null || name === only)
if (works.length === 0) {
  throw new Error(`--only ${only}: the works are ${WORKS.map(({ name }) => name).join(', ')}`)
}

const RESULTS = fileURLToPath(new URL('./results', import.meta.url))
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`

const date = new Date().toISOString()
const load = loadavg()[0] ?? 0
const rows: Row[] = []
await makeBundles()
for (const work of works) {
  const since = performance.now()
  try {
    rows.push(...(await work.run(size)))
    say(`${work.name}: ${((performance.now() - since) / 1000).toFixed(0)} s`)
  } catch (error) {
    process.exitCode = 1
    say(`${work.name} FAILED: ${error instanceof Error ? error.message : error}`)
  }
}
await removeScratch()
say(terminalTable(rows))
const results: Results = { machine, date, load, size: quick ? 'quick' : 'full', results: rows }
await mkdir(RESULTS, { recursive: true })
// One work alone must not take the place of a run of all.
await writeFile(join(RESULTS, only === null ? 'latest.json' : `${only}.json`), `${JSON.stringify(results, null, 2)}\n`)
