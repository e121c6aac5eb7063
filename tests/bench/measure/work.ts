import type { Compared, Measured } from './whole-process.ts'

/** How much of the suite is run. */
export interface Size {
  /** Small versions of the cheap works; the ten million rows beside DuckDB stay. */
  readonly quick: boolean
  /** Works that take an hour and ten gigabytes of disk. */
  readonly huge: boolean
  /** Runs of each side, of which medians are taken. */
  readonly runs: number
}

/** One file of works/: asserts equal answers, then measures. Gives the rows it has in the table. */
export interface Work {
  readonly name: string
  readonly run: (size: Size) => Promise<Row[]>
}

/** One line of the table and of results/latest.json; null where something does not apply. */
export interface Row {
  readonly work: string
  readonly peer: string | null
  readonly oursS: number | null
  readonly peerS: number | null
  readonly ratio: number | null
  readonly oursMb: number | null
  readonly peerMb: number | null
  readonly runs: number
  /** User and system time: says more than the wall where others use the machine. */
  readonly oursCpuS: number | null
  readonly peerCpuS: number | null
  readonly target: string | null
  /** Null: nothing to meet, or nothing measured. */
  readonly met: boolean | null
  readonly note: string | null
}

/** Limits a row is held to: each at most so much, but `other`, which the work judged itself. */
export interface Target {
  readonly ratio?: number
  readonly memoryRatio?: number
  readonly seconds?: number
  readonly megabytes?: number
  readonly other?: { readonly says: string; readonly met: boolean }
}

const megabytes = (bytes: number | null): number | null => (bytes === null ? null : bytes / 1e6)

/** A row of both sides. */
export function besides(work: string, peer: string, both: Compared, target: Target, note: string | null = null): Row {
  return toRow(work, peer, both.ours, both.peer, both.runs, target, note)
}

/** A row of the product alone. */
export function alone(
  work: string,
  ours: MaybeMeasured,
  runs: number,
  target: Target,
  note: string | null = null,
): Row {
  return toRow(work, null, ours, null, runs, target, note)
}

export function skipped(work: string, peer: string, why: string): Row {
  const nothing = { seconds: null, peakBytes: null, cpuSeconds: null }
  return toRow(work, peer, nothing, null, 0, {}, `skipped: ${why}`)
}

type MaybeMeasured = { readonly [K in keyof Measured]: Measured[K] | null }

function toRow(
  work: string,
  peer: string | null,
  ours: MaybeMeasured,
  theirs: MaybeMeasured | null,
  runs: number,
  target: Target,
  note: string | null,
): Row {
  const over = (a: number | null, b: number | null | undefined): number | null =>
    a === null || b === null || b === undefined ? null : a / b
  const ratio = over(ours.seconds, theirs?.seconds)
  const oursMb = megabytes(ours.peakBytes)
  const held = [
    limit('time', ratio, target.ratio),
    limit('memory', over(ours.peakBytes, theirs?.peakBytes), target.memoryRatio),
    limit('', ours.seconds, target.seconds, ' s'),
    limit('', oursMb, target.megabytes, ' MB'),
    target.other ?? null,
  ].filter((each) => each !== null)
  return {
    work,
    peer,
    oursS: ours.seconds,
    peerS: theirs?.seconds ?? null,
    ratio,
    oursMb,
    peerMb: megabytes(theirs?.peakBytes ?? null),
    runs,
    oursCpuS: ours.cpuSeconds,
    peerCpuS: theirs?.cpuSeconds ?? null,
    target: held.length === 0 ? null : held.map(({ says }) => says).join(', '),
    met: held.length === 0 ? null : held.every(({ met }) => met),
    note,
  }
}

function limit(of: string, value: number | null, most: number | undefined, unit = '') {
  if (most === undefined) return null
  return { says: `${of} <= ${most}${unit}`.trimStart(), met: value !== null && value <= most }
}
