import { type ColumnOf, isPresent, type ShardResult, type TextColumn } from '@afferent/records'
import { rowsOf } from '../rows/rows-by-parameter.ts'
import type { CohortSubjects } from './cohort-subjects.ts'

/** What one parameter is worth at one visit, by subject; NaN and 0: no value. */
export interface VisitValues {
  readonly visit: number
  readonly value: Float64Array
  readonly base: Float64Array
  readonly change: Float64Array
  readonly percent: Float64Array
  /** 0 missing, 1 no, 2 yes. */
  readonly answer: Uint8Array
  /** Events counted, and the days they were counted over. */
  readonly events: Float64Array
  readonly observed: Float64Array
  /** Last study day of the window, or the day of the record; NaN: not known. */
  readonly lastDay: Float64Array
  /** Rows per subject: more than one in studies with phases. */
  readonly rows: Uint8Array
}

/** Values of a parameter at the visits asked for. `answer`: the yes/no column that answers. */
export function parameterValues(
  parameter: string,
  visits: readonly number[],
  answer: string,
  shards: readonly ShardResult[],
  { count, starts }: CohortSubjects,
): readonly VisitValues[] {
  const numbers = (): Float64Array => new Float64Array(count).fill(Number.NaN)
  const all = visits.map(
    (visit): VisitValues => ({
      visit,
      value: numbers(),
      base: numbers(),
      change: numbers(),
      percent: numbers(),
      answer: new Uint8Array(count),
      events: numbers(),
      observed: numbers(),
      lastDay: numbers(),
      rows: new Uint8Array(count),
    }),
  )
  const places = new Map(all.map((one) => [one.visit, one]))
  shards.forEach((shard, k) => {
    const { effects } = shard
    const start = starts[k] as number
    const subject = (effects.columns.SUBJECT as ColumnOf<'i32'>).values
    const visitOf = (effects.columns.AVISITN as ColumnOf<'i16'>).values
    const column = (name: string): ColumnOf<'f64'> => effects.columns[name] as ColumnOf<'f64'>
    const NAMES = ['AVAL', 'BASE', 'CHG', 'PCHG', 'NEVT', 'NOBS', 'AWHI', 'ADY']
    const [AVAL, BASE, CHG, PCHG, NEVT, NOBS, AWHI, ADY] = NAMES.map(column)
    const flags = effects.columns[answer] as TextColumn
    const yes = flags.dictionary.indexOf('Y')
    for (const row of rowsOf(shard, parameter)) {
      const at = places.get(visitOf[row] as number)
      if (at === undefined) continue
      const s = start + (subject[row] as number)
      at.rows[s] = Math.min(255, (at.rows[s] as number) + 1)
      at.value[s] = numberAt(AVAL, row)
      at.base[s] = numberAt(BASE, row)
      at.change[s] = numberAt(CHG, row)
      at.percent[s] = numberAt(PCHG, row)
      at.events[s] = numberAt(NEVT, row)
      at.observed[s] = numberAt(NOBS, row)
      const end = numberAt(AWHI, row)
      at.lastDay[s] = Number.isNaN(end) ? numberAt(ADY, row) : end
      if (isPresent(flags.valid, row)) at.answer[s] = flags.values[row] === yes ? 2 : 1
    }
  })
  return all
}

const numberAt = (column: ColumnOf<'f64'> | undefined, row: number): number =>
  column !== undefined && isPresent(column.valid, row) ? (column.values[row] as number) : Number.NaN
