import type { Column, ColumnOf } from '@afferent/records'
import { allocate, isPresent, markPresent, maskBytes } from '@afferent/records'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import type { ConvertContext, Converted } from './converted.ts'
import { convertDailyItems } from './diary.ts'
import { toTableDay } from './study-days.ts'

/**
 * One row per subject with columns per day: a set of diary records per day. Days are study days, or counted from the
 * row's date, which is that of day 1. A day all of whose cells are empty gives no record.
 */
export function convertDaysWide(
  rows: FieldView,
  days: readonly { readonly at: number; readonly view: FieldView }[],
  context: ConvertContext,
  judge: RowJudge,
): Converted[] {
  const first = rows.get('date')?.column
  return days.map(({ at: written, view }) => {
    const day = toDayColumn(first, written, context, rows.rows)
    const items = convertDailyItems(view, context, day, judge)
    return { columns: { day, ...items }, empty: silentRows(items, rows.rows) }
  })
}

function toDayColumn(
  first: Column | undefined,
  written: number,
  { source }: ConvertContext,
  rows: number,
): ColumnOf<'i32'> {
  const values = allocate.i32(rows)
  if (first === undefined) values.fill(toTableDay(written, source.dayZero))
  else for (let row = 0; row < rows; row++) values[row] = first.values[row] + written - 1
  return { kind: 'i32', values, valid: null }
}

/** Rows in which no item has a value; bits that nobody asked about are none. */
function silentRows(items: Readonly<Record<string, Column>>, rows: number): Uint8Array | null {
  const silent = new Uint8Array(maskBytes(rows))
  const { features, medication, featuresAsked, medicationAsked, ...single } = items
  const asked = [featuresAsked, medicationAsked].filter((column) => column !== undefined)
  const columns = Object.values(single)
  let any = false
  for (let row = 0; row < rows; row++) {
    const speaks =
      columns.some((column) => isPresent(column.valid, row)) || asked.some((column) => column.values[row] !== 0)
    if (speaks) continue
    markPresent(silent, row)
    any = true
  }
  return any ? silent : null
}
