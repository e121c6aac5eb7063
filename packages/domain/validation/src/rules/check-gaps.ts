import type { JudgedRows } from '../settle/judged-rows.ts'
import { printDay, reportRow } from '../settle/judged-rows.ts'

/** Days in a row without an entry that are worth a question [P]. */
const LONG_GAP_DAYS = 14

/** Holes of more than 14 days between two diary days in use of one subject (`diary-gap`), reported at the day after. */
export function checkGaps(rows: JudgedRows): void {
  if (rows.name !== 'diary' || rows.day === null) return
  const { day, fate, study } = rows
  const { subject } = rows.table
  for (let row = nextGap(subject, day, fate, 0); row < fate.length; row = nextGap(subject, day, fate, row)) {
    const last = day[usedBefore(fate, row)]
    reportRow(rows, 'diary-gap', row, `${day[row] - last - 1} days without an entry since ${printDay(study, last)}`)
  }
}

/** The next row in use behind `from` before which a gap lies; the number of rows if there is none. */
function nextGap(subject: Int32Array, day: Int32Array, fate: Uint8Array, from: number): number {
  let last = fate[from] === 0 ? from : -1
  for (let row = from + 1; row < fate.length; row++) {
    if (fate[row] !== 0) continue
    if (last >= 0 && day[row] - day[last] - 1 > LONG_GAP_DAYS && subject[last] === subject[row]) return row
    last = row
  }
  return fate.length
}

function usedBefore(fate: Uint8Array, row: number): number {
  let before = row - 1
  while (fate[before] !== 0) before--
  return before
}
