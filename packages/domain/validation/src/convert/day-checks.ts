import type { Column } from '@afferent/records'
import { allocate, isPresent, markPresent } from '@afferent/records'
import { parseIsoDay, type Source } from '@afferent/study'
import { asText, type FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { toTableDay } from './study-days.ts'

/** Name of the column that a joined table carries until its days have been compared. */
export const DAY_CHECK = 'dayCheck'

/** The second day (or date) of each row as a number that runs in step with its first, or nothing. */
export function toDayChecks(view: FieldView, dayZero: Source['dayZero'], judge: RowJudge): Record<string, Column> {
  const values = view.get('dayCheck')
  if (values === undefined) return {}
  const column = asText(values)
  const numbers = column.dictionary.map((text) => toNumber(text, dayZero))
  const out = allocate.i32(view.rows)
  const valid = allocate.mask(view.rows)
  for (let row = 0; row < view.rows; row++) {
    if (!isPresent(column.valid, row)) continue
    const number = numbers[column.values[row]]
    if (number !== null) {
      out[row] = number
      markPresent(valid, row)
    } else if (!judge.isBad(row)) {
      judge.reject(
        row,
        'value-type',
        values.slot,
        'a whole number or a date (2026-03-01)',
        column.dictionary[column.values[row]],
      )
    }
  }
  return { [DAY_CHECK]: { kind: 'i32', values: out, valid } }
}

function toNumber(text: string, dayZero: Source['dayZero']): number | null {
  if (/^[+-]?\d{1,9}$/.test(text)) return toTableDay(Number(text), dayZero)
  return parseIsoDay(text)
}
