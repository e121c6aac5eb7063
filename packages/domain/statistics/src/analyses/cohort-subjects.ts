import { type Column, type ColumnOf, isPresent, type ShardResult, type TextColumn } from '@afferent/records'
import { type AnalyticStudy, INTERCURRENT_EVENTS, type IntercurrentEvent, SUBJECT_COLUMNS } from '@afferent/study'
import type { Arms } from '../arms.ts'

/** A fact about all subjects: numbers (NaN: missing) or words (null: missing). */
export type SubjectColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly values: readonly (string | null)[] }

/** All subjects of a study in their order, whatever shard they are in. */
export interface CohortSubjects {
  readonly count: number
  /** First subject of each shard. */
  readonly starts: readonly number[]
  /** Positions of Arms: as allocated, and as treated. */
  readonly allocated: Int32Array
  readonly treated: Int32Array
  /** Whether treatment began. Where no export tells, everybody allocated counts as treated [P]. */
  readonly begun: Uint8Array
  /** Study day of each intercurrent event (ADY); NaN: it did not happen. */
  readonly events: Readonly<Record<IntercurrentEvent, Float64Array>>
  readonly columnOf: (name: string) => SubjectColumn
}

export function cohortSubjects(study: AnalyticStudy, shards: readonly ShardResult[], arms: Arms): CohortSubjects {
  const starts: number[] = []
  let count = 0
  for (const shard of shards) {
    starts.push(count)
    count += shard.subjects.length
  }
  const joined = (of: (shard: ShardResult) => Int32Array): Int32Array => {
    const all = new Int32Array(count)
    shards.forEach((shard, k) => {
      all.set(of(shard), starts[k])
    })
    return all
  }
  const begun = Uint8Array.from(joined(({ facts, subjects }) => presence(facts.treatmentStart, subjects.length)))
  if (!begun.includes(1)) begun.fill(1)
  const events = Object.fromEntries(
    INTERCURRENT_EVENTS.map((event) => [event, joinedNumbers(shards, starts, count, (one) => studyDays(one, event))]),
  ) as Record<IntercurrentEvent, Float64Array>
  const columnOf = (name: string): SubjectColumn => {
    const own = name in SUBJECT_COLUMNS ? SUBJECT_COLUMNS[name as keyof typeof SUBJECT_COLUMNS] : null
    const fact = (facts: ShardResult['facts']): Column | undefined =>
      own === null ? facts.covariates[name] : facts[own.field]
    const kind = own?.kind ?? study.covariates.find((covariate) => covariate.name === name)?.type
    if (kind === 'number') {
      const values = joinedNumbers(shards, starts, count, ({ facts, subjects }) =>
        numbersOf(fact(facts), subjects.length),
      )
      return { kind, values }
    }
    return { kind: 'text', values: shards.flatMap(({ facts, subjects }) => wordsOf(fact(facts), subjects.length)) }
  }
  return {
    count,
    starts,
    allocated: joined((shard) => arms.ofSubjects(shard)),
    treated: joined((shard) => arms.asTreated(shard)),
    begun,
    events,
    columnOf,
  }
}

const presence = ({ valid }: Column, n: number): Int32Array =>
  Int32Array.from({ length: n }, (_, s) => (isPresent(valid, s) ? 1 : 0))

function joinedNumbers(
  shards: readonly ShardResult[],
  starts: readonly number[],
  count: number,
  of: (shard: ShardResult) => Float64Array,
): Float64Array {
  const all = new Float64Array(count)
  shards.forEach((shard, k) => {
    all.set(of(shard), starts[k])
  })
  return all
}

/** Days of an event as study days, without a day 0. */
function studyDays({ facts, subjects }: ShardResult, event: IntercurrentEvent): Float64Array {
  const { dayZero } = facts
  const column: ColumnOf<'i32'> = facts[event]
  return Float64Array.from(subjects, (_, s) => {
    if (!isPresent(column.valid, s) || !isPresent(dayZero.valid, s)) return Number.NaN
    const day = (column.values[s] as number) - (dayZero.values[s] as number)
    return day >= 0 ? day + 1 : day
  })
}

function numbersOf(column: Column | undefined, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, s) =>
    column !== undefined && column.kind !== 'text' && isPresent(column.valid, s)
      ? (column.values[s] as number)
      : Number.NaN,
  )
}

function wordsOf(column: Column | undefined, n: number): (string | null)[] {
  return Array.from({ length: n }, (_, s) => {
    if (column === undefined || !isPresent(column.valid, s)) return null
    const value = column.values[s] as number
    return column.kind === 'text' ? ((column as TextColumn).dictionary[value] as string) : String(value)
  })
}
