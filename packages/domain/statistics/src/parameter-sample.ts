import { type ColumnOf, isPresent, type ShardResult, type TextColumn } from '@afferent/records'
import type { Arms } from './arms.ts'

/** Numeric columns of adeff that are described. */
export const DESCRIBED = ['AVAL', 'BASE', 'CHG', 'PCHG'] as const

/** Yes/no columns of adeff that are counted; AVALC for parameters that are themselves an answer. */
export const ANSWERS = ['CRIT1FL', 'CRIT2FL', 'CRIT3FL', 'CRIT4FL', 'CRIT5FL', 'CRIT6FL', 'AVALC'] as const

/** Analysed rows of one parameter at one visit, in subject order over all shards. */
export interface VisitSample {
  readonly visit: number
  readonly n: number
  /** Position of the arm (Arms), and of the phase: 0 none, k + 1 the k-th word of BASETYPE. */
  readonly arm: Uint16Array
  readonly phase: Uint16Array
  /** Per DESCRIBED; NaN: missing. */
  readonly numbers: readonly Float64Array[]
  /** Per ANSWERS: 0 missing, 1 no, 2 yes. */
  readonly answers: readonly Uint8Array[]
}

/**
 * All analysed rows of one parameter, by visit. One parameter at a time, so that memory is bounded by the largest
 * parameter and not by the table (5.7 million rows and more).
 */
export function sampleOf(
  visits: readonly number[],
  shards: readonly ShardResult[],
  rowsOfShards: readonly Int32Array[],
  armOfSubjects: readonly Int32Array[],
  arms: Arms,
): readonly VisitSample[] {
  const lowest = Math.min(...visits)
  const slots = new Int32Array(Math.max(...visits) - lowest + 1).fill(-1)
  visits.forEach((visit, slot) => {
    slots[visit - lowest] = slot
  })
  const counts = new Int32Array(visits.length)
  shards.forEach((shard, at) => {
    countVisits(shard, rowsOfShards[at] as Int32Array, slots, lowest, counts)
  })
  const samples = visits.map((visit, slot) => emptySample(visit, counts[slot] as number))
  const filled = new Int32Array(visits.length)
  shards.forEach((shard, at) => {
    fillSamples(
      shard,
      rowsOfShards[at] as Int32Array,
      slots,
      lowest,
      samples,
      filled,
      armOfSubjects[at] as Int32Array,
      arms,
    )
  })
  return samples
}

function countVisits(
  shard: ShardResult,
  rows: Int32Array,
  slots: Int32Array,
  lowest: number,
  counts: Int32Array,
): void {
  const visit = (shard.effects.columns.AVISITN as ColumnOf<'i16'>).values
  for (let k = 0; k < rows.length; k++) {
    const slot = slots[(visit[rows[k] as number] as number) - lowest] as number
    counts[slot] = (counts[slot] as number) + 1
  }
}

const emptySample = (visit: number, n: number): VisitSample => ({
  visit,
  n,
  arm: new Uint16Array(n),
  phase: new Uint16Array(n),
  numbers: DESCRIBED.map(() => new Float64Array(n)),
  answers: ANSWERS.map(() => new Uint8Array(n)),
})

function fillSamples(
  shard: ShardResult,
  rows: Int32Array,
  slots: Int32Array,
  lowest: number,
  samples: readonly VisitSample[],
  filled: Int32Array,
  armOfSubject: Int32Array,
  arms: Arms,
): void {
  const { columns } = shard.effects
  const visit = (columns.AVISITN as ColumnOf<'i16'>).values
  const subject = (columns.SUBJECT as ColumnOf<'i32'>).values
  const phase = columns.BASETYPE as TextColumn
  const treatment = columns.TRT as TextColumn
  const treatmentArms = arms.placesOf(treatment.dictionary)
  const places = new Int32Array(rows.length)
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number
    const slot = slots[(visit[row] as number) - lowest] as number
    const sample = samples[slot] as VisitSample
    const at = filled[slot] as number
    filled[slot] = at + 1
    places[k] = at
    const treated = isPresent(treatment.valid, row) ? (treatmentArms[treatment.values[row] as number] as number) : 0
    sample.arm[at] = treated !== 0 ? treated : (armOfSubject[subject[row] as number] as number)
    sample.phase[at] = isPresent(phase.valid, row) ? (phase.values[row] as number) + 1 : 0
  }
  const slotOf = (row: number): number => slots[(visit[row] as number) - lowest] as number
  DESCRIBED.forEach((name, d) => {
    const column = columns[name] as ColumnOf<'f64'>
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k] as number
      const into = (samples[slotOf(row)] as VisitSample).numbers[d] as Float64Array
      into[places[k] as number] = isPresent(column.valid, row) ? (column.values[row] as number) : Number.NaN
    }
  })
  ANSWERS.forEach((name, a) => {
    const column = columns[name] as TextColumn
    const yes = column.dictionary.indexOf('Y')
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k] as number
      if (!isPresent(column.valid, row)) continue
      const into = (samples[slotOf(row)] as VisitSample).answers[a] as Uint8Array
      into[places[k] as number] = column.values[row] === yes ? 2 : 1
    }
  })
}
