import type { Column, ColumnOf } from '@afferent/records'
import { allocate, isPresent, markPresent, withoutFullMask } from '@afferent/records'
import { dayOfWall, zone } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import type { ConvertContext } from './converted.ts'
import { type Instants, toInstants } from './instants.ts'
import { mapNumbers } from './map-words.ts'
import { toDays } from './study-days.ts'
import { toKind } from './to-kind.ts'

const MINUTE_MS = 60_000

/** When a sample was taken or a record began. */
export interface TakenAt {
  readonly day: ColumnOf<'i32'> | undefined
  readonly taken: Column | undefined
  readonly takenOffset: Column | undefined
  readonly visit: ColumnOf<'i16'> | undefined
}

/**
 * The day of each row (the local date of its instant, R-TZ, else its date), its instant where the cell held a time of day,
 * and the visit it names. A row with neither day nor visit belongs nowhere: `value-missing`.
 */
export function toTakenAt(view: FieldView, { source, study }: ConvertContext, judge: RowJudge): TakenAt {
  const home = study.timezone === null ? null : zone(study.timezone)
  const written = view.get('taken')
  const taken = written === undefined ? null : toInstants(written, view.get('takenOffset'), home, judge)
  const day = taken === null ? toDays(view, source.dayZero, judge) : localDates(taken)
  const named = view.get('visit')
  const visit = named === undefined ? undefined : toVisits(view, judge)
  checkPlaced(view, day, visit, judge)
  return {
    day,
    taken: taken === null ? undefined : timedAlone(taken.utc, written?.timed ?? null),
    takenOffset: taken?.offset,
    visit,
  }
}

function toVisits(view: FieldView, judge: RowJudge): ColumnOf<'i16'> | undefined {
  const values = view.get('visit')
  if (values === undefined) return undefined
  return values.column.kind === 'text' ? mapNumbers(values, judge) : toKind(values.column, 'i16')
}

function localDates({ utc, offset }: Instants): ColumnOf<'i32'> {
  const values = allocate.i32(utc.values.length)
  for (let row = 0; row < values.length; row++) {
    if (!isPresent(utc.valid, row)) continue
    const minutes = offset !== undefined && isPresent(offset.valid, row) ? offset.values[row] : 0
    values[row] = dayOfWall(utc.values[row] + minutes * MINUTE_MS)
  }
  return { kind: 'i32', values, valid: utc.valid }
}

/** Instants of rows whose cell held a time of day. */
function timedAlone(utc: ColumnOf<'instant'>, timed: Uint8Array | null): Column | undefined {
  if (timed === null) return utc
  const values = allocate.f64(utc.values.length)
  const valid = allocate.mask(values.length)
  let any = false
  for (let row = 0; row < values.length; row++) {
    if (!isPresent(utc.valid, row) || !isPresent(timed, row)) continue
    values[row] = utc.values[row]
    markPresent(valid, row)
    any = true
  }
  return any ? { kind: 'instant', values, valid: withoutFullMask(valid, values.length) } : undefined
}

function checkPlaced(view: FieldView, day: Column | undefined, visit: Column | undefined, judge: RowJudge): void {
  const slot = (view.get('taken') ?? view.get('date') ?? view.get('studyDay') ?? view.get('visit'))?.slot ?? null
  const has = (column: Column | undefined, row: number): boolean => column !== undefined && isPresent(column.valid, row)
  for (let row = 0; row < view.rows; row++) {
    if (has(day, row) || has(visit, row) || judge.isBad(row)) continue
    judge.reject(row, 'value-missing', slot, 'neither day nor visit')
  }
}
