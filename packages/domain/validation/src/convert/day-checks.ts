import type { TextColumn } from '@afferent/records'
import { isPresent } from '@afferent/records'
import { parseIsoDay, type Source } from '@afferent/study'
import { asText, type FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { toTableDay } from './study-days.ts'

/** Name of the column that a joined table carries until its days have been compared. */
export const DAY_CHECK = 'dayCheck'

/** The second day (or date) of each row as written, or nothing; one that is neither is rejected. */
export function toDayChecks(
  view: FieldView,
  dayZero: Source['dayZero'],
  judge: RowJudge,
): { readonly [DAY_CHECK]?: TextColumn } {
  const values = view.get('dayCheck')
  if (values === undefined) return {}
  const column = asText(values)
  const days = column.dictionary.map((text) => dayOfCheck(text, dayZero))
  if (days.includes(null)) {
    for (let row = 0; row < view.rows; row++) {
      if (!isPresent(column.valid, row) || days[column.values[row]] !== null || judge.isBad(row)) continue
      const text = column.dictionary[column.values[row]]
      judge.reject(row, 'value-type', values.slot, 'a whole number or a date (2026-03-01) is expected', text)
    }
  }
  return { [DAY_CHECK]: column }
}

/** A second day as a number that runs in step with the first; null: it is none. */
export function dayOfCheck(text: string, dayZero: Source['dayZero']): number | null {
  if (/^[+-]?\d{1,9}$/.test(text)) return toTableDay(Number(text), dayZero)
  return parseIsoDay(text)
}
