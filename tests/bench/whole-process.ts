import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface Measured {
  readonly seconds: number
  readonly peakBytes: number
}

const pathOf = (script: string): string => fileURLToPath(new URL(script, import.meta.url))
const REPORT_PEAK = new URL('./report-peak.ts', import.meta.url).href

/** Runs a Node script from start to end and measures it from outside; `answers` are exit codes that are no failure. */
export async function wholeProcess(
  script: string,
  args: readonly string[],
  answers: readonly number[] = [0],
): Promise<Measured> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--import', REPORT_PEAK, pathOf(script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (bytes) => {
    out += bytes
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const seconds = (performance.now() - started) / 1000
  if (code === null || !answers.includes(code)) throw new Error(`${script} ${args.join(' ')} ended with ${code}`)
  return { seconds, peakBytes: peakOf(out) }
}

const peakOf = (out: string): number => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '').peakBytes

export interface Compared {
  readonly name: string
  readonly product: Measured
  readonly duckdb: Measured
  /** Product over DuckDB, of medians: below 1 the product is faster, or smaller. */
  readonly ratio: { readonly seconds: number; readonly peakBytes: number }
  readonly runs: number
}

type Run = () => Promise<Measured>

/** Alternates both sides, so that what else the machine does falls on both, and takes medians. */
export async function compare(name: string, product: Run, duckdb: Run, runs: number): Promise<Compared> {
  const ours: Measured[] = []
  const theirs: Measured[] = []
  for (let i = 0; i < runs; i++) {
    theirs.push(await duckdb())
    ours.push(await product())
  }
  const [a, b] = [medians(ours), medians(theirs)]
  const ratio = { seconds: a.seconds / b.seconds, peakBytes: a.peakBytes / b.peakBytes }
  return { name, product: a, duckdb: b, ratio, runs }
}

export async function repeat(run: Run, runs: number): Promise<Measured> {
  const all: Measured[] = []
  for (let i = 0; i < runs; i++) all.push(await run())
  return medians(all)
}

const medians = (runs: readonly Measured[]): Measured => ({
  seconds: median(runs.map(({ seconds }) => seconds)),
  peakBytes: median(runs.map(({ peakBytes }) => peakBytes)),
})

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
