import { allocate, type ColumnOf, isPresent } from '@afferent/records'
import { type Source, toStudyDay } from '@afferent/study'
import type { FieldValues, FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { toKind } from './to-kind.ts'

/**
 * The day of each row as record tables count it: the date, or the study day without the hole at 0 (R-REL: `dayZero` says
 * which day a 0 is; with `none` it is rejected, `day-zero`).
 */
export function toDays(view: FieldView, dayZero: Source['dayZero'], judge: RowJudge): ColumnOf<'i32'> | undefined {
  const date = view.get('date')
  if (date !== undefined) return toKind(date.column, 'i32')
  const studyDay = view.get('studyDay')
  if (studyDay === undefined) return undefined
  return toTableDays(studyDay, dayZero, judge)
}

/** Study days as written to those of record tables; a 0 that means nothing is rejected. */
export function toTableDays(
  { column, slot }: FieldValues,
  dayZero: Source['dayZero'],
  judge: RowJudge,
): ColumnOf<'i32'> {
  const values = allocate.i32(column.values.length)
  for (let row = 0; row < values.length; row++) {
    if (!isPresent(column.valid, row)) continue
    const written = column.values[row]
    if (written === 0 && dayZero === 'none' && !judge.isBad(row)) judge.reject(row, 'day-zero', slot)
    values[row] = toTableDay(written, dayZero)
  }
  return { kind: 'i32', values, valid: column.valid }
}

/** 0 is ADY 1: `first` counts so already; `before` has its 0 on ADY -1; `none` has no 0. */
export function toTableDay(written: number, dayZero: Source['dayZero']): number {
  if (dayZero === 'first') return written
  if (dayZero === 'before') return written - 1
  return written > 0 ? written - 1 : written
}

/** The day as the export writes it. */
export function fromTableDay(day: number, dayZero: Source['dayZero']): number {
  if (dayZero === 'first') return day
  return dayZero === 'before' ? day + 1 : toStudyDay(day)
}
