import { type ColumnOf, isPresent, type ShardResult, type TextColumn } from '@afferent/records'
import type { Arms } from '../arms.ts'

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
  /** Per DESCRIBED; NaN: missing. Empty for parameters that are an answer. */
  readonly numbers: readonly Float64Array[]
  /** Per ANSWERS: 0 missing, 1 no, 2 yes; null: the parameter has no such answer. */
  readonly answers: readonly (Uint8Array | null)[]
}

/** Rows of one parameter in one shard, with the arm of every subject of the shard. */
export interface ShardRows {
  readonly shard: ShardResult
  readonly rows: Int32Array
  readonly armOfSubject: Int32Array
}

/**
 * All analysed rows of one parameter, by visit. One parameter at a time, so that memory is bounded by the largest
 * parameter and not by the table (5.7 million rows and more); every column is copied once, into one array for all visits.
 */
export function sampleOf(
  visits: readonly number[],
  parts: readonly ShardRows[],
  arms: Arms,
  isAnswer: boolean,
  hasAnswer: (answer: number) => boolean,
): readonly VisitSample[] {
  const slots = new VisitSlots(visits)
  for (const part of parts) slots.count(visitColumn(part), part.rows)
  const total = slots.close()
  const arm = new Uint16Array(total)
  const phase = new Uint16Array(total)
  const numbers = isAnswer ? [] : DESCRIBED.map(() => new Float64Array(total))
  const answers = ANSWERS.map((_, k) => (hasAnswer(k) ? new Uint8Array(total) : null))
  for (const part of parts) {
    const places = slots.placesOf(visitColumn(part), part.rows)
    copyGroups(part, places, arms, arm, phase)
    numbers.forEach((into, k) => {
      copyNumbers(part.shard.effects.columns[DESCRIBED[k] as string] as ColumnOf<'f64'>, part.rows, places, into)
    })
    answers.forEach((into, k) => {
      if (into === null) return
      copyAnswers(part.shard.effects.columns[ANSWERS[k] as string] as TextColumn, part.rows, places, into)
    })
  }
  return visits.map((visit, slot) => {
    const [from, to] = slots.rangeOf(slot)
    return {
      visit,
      n: to - from,
      arm: arm.subarray(from, to),
      phase: phase.subarray(from, to),
      numbers: numbers.map((values) => values.subarray(from, to)),
      answers: answers.map((values) => values?.subarray(from, to) ?? null),
    }
  })
}

const visitColumn = ({ shard }: ShardRows): Int16Array => (shard.effects.columns.AVISITN as ColumnOf<'i16'>).values

/** Places of rows in arrays that hold the visits one after the other. */
class VisitSlots {
  private readonly slots: Int32Array
  private readonly lowest: number
  private readonly next: Int32Array
  private readonly ends: Int32Array

  constructor(visits: readonly number[]) {
    this.lowest = Math.min(...visits)
    this.slots = new Int32Array(Math.max(...visits) - this.lowest + 1)
    visits.forEach((visit, slot) => {
      this.slots[visit - this.lowest] = slot
    })
    this.next = new Int32Array(visits.length)
    this.ends = new Int32Array(visits.length)
  }

  count(visit: Int16Array, rows: Int32Array): void {
    const { slots, lowest, ends } = this
    for (let k = 0; k < rows.length; k++) {
      const slot = slots[(visit[rows[k] as number] as number) - lowest] as number
      ends[slot] = (ends[slot] as number) + 1
    }
  }

  /** After all counts: how many rows there are. */
  close(): number {
    let total = 0
    for (let slot = 0; slot < this.ends.length; slot++) {
      this.next[slot] = total
      total += this.ends[slot] as number
      this.ends[slot] = total
    }
    return total
  }

  placesOf(visit: Int16Array, rows: Int32Array): Int32Array {
    const { slots, lowest, next } = this
    const places = new Int32Array(rows.length)
    for (let k = 0; k < rows.length; k++) {
      const slot = slots[(visit[rows[k] as number] as number) - lowest] as number
      const place = next[slot] as number
      places[k] = place
      next[slot] = place + 1
    }
    return places
  }

  rangeOf(slot: number): [number, number] {
    return [slot === 0 ? 0 : (this.ends[slot - 1] as number), this.ends[slot] as number]
  }
}

function copyGroups(
  { shard, rows, armOfSubject }: ShardRows,
  places: Int32Array,
  arms: Arms,
  arm: Uint16Array,
  phase: Uint16Array,
): void {
  const { SUBJECT, BASETYPE, TRT } = shard.effects.columns
  const subject = (SUBJECT as ColumnOf<'i32'>).values
  const basetype = BASETYPE as TextColumn
  const treatment = TRT as TextColumn
  const treatmentArms = arms.placesOf(treatment.dictionary)
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number
    const at = places[k] as number
    const treated = isPresent(treatment.valid, row) ? (treatmentArms[treatment.values[row] as number] as number) : 0
    arm[at] = treated !== 0 ? treated : (armOfSubject[subject[row] as number] as number)
    phase[at] = isPresent(basetype.valid, row) ? (basetype.values[row] as number) + 1 : 0
  }
}

function copyNumbers(column: ColumnOf<'f64'>, rows: Int32Array, places: Int32Array, into: Float64Array): void {
  const { values, valid } = column
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number
    into[places[k] as number] = isPresent(valid, row) ? (values[row] as number) : Number.NaN
  }
}

function copyAnswers(column: TextColumn, rows: Int32Array, places: Int32Array, into: Uint8Array): void {
  const { values, valid } = column
  const yes = column.dictionary.indexOf('Y')
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number
    if (isPresent(valid, row)) into[places[k] as number] = values[row] === yes ? 2 : 1
  }
}
