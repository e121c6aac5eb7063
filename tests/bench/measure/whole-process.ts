import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What one run took; null where the program does not tell. */
export interface Measured {
  readonly seconds: number
  readonly peakBytes: number | null
  /** User and system time of all its threads: what the run costs on a machine that others use too. */
  readonly cpuSeconds: number | null
}

export type Run = () => Promise<Measured>

/** Where a program lies that is named by its path from tests/bench. */
export const pathOf = (program: string): string => fileURLToPath(new URL(`../${program}`, import.meta.url))
const REPORT_PEAK = new URL('./report-peak.js', import.meta.url).href

/** Wall time alone, for starts so short that asking for more would show. */
export const unweighed = (script: string, args: readonly string[] = []): Promise<Measured> =>
  measured(process.execPath, [pathOf(script), ...args])

/** What it costs to start Node and do nothing. */
export const nodeOfNothing = (): Promise<Measured> => measured(process.execPath, ['-e', '0'])

export interface Manner {
  /** Exit codes that are no failure. */
  readonly answers?: readonly number[]
  readonly env?: Readonly<Record<string, string>>
  /** The run is ended, and an error, when it holds more memory than this. */
  readonly ceilingBytes?: number | undefined
}

/** Runs a Node script from start to end and measures it from outside. */
export async function wholeProcess(script: string, args: readonly string[], manner: Manner = {}): Promise<Measured> {
  return measured(process.execPath, ['--import', REPORT_PEAK, pathOf(script), ...args], manner)
}

/** The same for any program; its last line on stdout may tell peak and processor time as JSON. */
export async function measured(program: string, args: readonly string[], manner: Manner = {}): Promise<Measured> {
  const { seconds, out } = await timed(program, args, manner)
  return { seconds, ...toldBy(out) }
}

async function timed(program: string, args: readonly string[], { answers = [0], env = {}, ceilingBytes }: Manner) {
  await diskAtRest()
  const since = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  let [out, complaints] = ['', '']
  child.stdout.on('data', (bytes) => {
    out += bytes
  })
  child.stderr.on('data', (bytes) => {
    complaints += bytes
  })
  const watch = ceilingBytes === undefined ? undefined : setInterval(() => endAbove(ceilingBytes, child), 200)
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  clearInterval(watch)
  if (watch !== undefined && child.signalCode === 'SIGKILL') {
    throw new Error(`ended: more than ${(ceilingBytes ?? 0) / 1e9} GB of memory`)
  }
  const seconds = (performance.now() - since) / 1000
  if (code === null || !answers.includes(code)) {
    throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${complaints}`)
  }
  return { seconds, out }
}

/** What the run before wrote is on the disk before the clock starts, as the system would write it in the time of this one. */
const diskAtRest = (): Promise<unknown> =>
  new Promise((resolve) => spawn('sync').on('error', resolve).on('close', resolve))

function endAbove(bytes: number, child: ChildProcess): void {
  try {
    const held = Number(/VmRSS:\s*(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024
    if (held > bytes) child.kill('SIGKILL')
  } catch {
    // it has ended, or the system does not tell
  }
}

function toldBy(out: string): Omit<Measured, 'seconds'> {
  const last = out.trimEnd().split('\n').at(-1) ?? ''
  if (!last.startsWith('{"peakBytes"')) return { peakBytes: null, cpuSeconds: null }
  return JSON.parse(last)
}

/** What a script of ours says in JSON on the line before its peak. */
export async function told<T>(script: string, args: readonly string[]): Promise<Measured & { readonly says: T }> {
  const { seconds, out } = await timed(process.execPath, ['--import', REPORT_PEAK, pathOf(script), ...args], {})
  return { seconds, ...toldBy(out), says: JSON.parse(out.trimEnd().split('\n').at(-2) as string) }
}

export interface Compared {
  readonly ours: Measured
  readonly peer: Measured
  readonly runs: number
}

/** Alternates both sides, so that what else the machine does falls on both, and takes medians. */
export async function compare(ours: Run, peer: Run, runs: number): Promise<Compared> {
  const [a, b]: [Measured[], Measured[]] = [[], []]
  for (let i = 0; i < runs; i++) {
    b.push(await peer())
    a.push(await ours())
  }
  return { ours: medians(a), peer: medians(b), runs }
}

export async function repeat(run: Run, runs: number): Promise<Measured> {
  const all: Measured[] = []
  for (let i = 0; i < runs; i++) all.push(await run())
  return medians(all)
}

const medians = (runs: readonly Measured[]): Measured => ({
  seconds: median(runs.map(({ seconds }) => seconds)),
  peakBytes: medianOrNull(runs.map(({ peakBytes }) => peakBytes)),
  cpuSeconds: medianOrNull(runs.map(({ cpuSeconds }) => cpuSeconds)),
})

const medianOrNull = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : median(values as number[])

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
