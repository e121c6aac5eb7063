import type { JudgedRows } from '../settle/judged-rows.ts'
import { printDay, reportRow } from '../settle/judged-rows.ts'

/** Days in a row without an entry that are worth a question [P]. */
const LONG_GAP_DAYS = 14

/** Holes of more than 14 days between two diary days in use of one subject (`diary-gap`), reported at the day after. */
export function checkGaps(rows: JudgedRows): void {
  if (rows.name !== 'diary' || rows.day === null) return
  const { day, fate, study } = rows
  const { subject } = rows.table
  let last = -1
  for (let row = 0; row < rows.table.rows; row++) {
    if (fate[row] !== 0) continue
    if (last >= 0 && subject[last] === subject[row] && day[row] - day[last] - 1 > LONG_GAP_DAYS) {
      reportRow(
        rows,
        'diary-gap',
        row,
        `${day[row] - day[last] - 1} days without an entry since ${printDay(study, day[last])}`,
      )
    }
    last = row
  }
}
