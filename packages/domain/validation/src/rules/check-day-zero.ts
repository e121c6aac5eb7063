import type { SubjectFacts } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { JudgedRows } from '../settle/judged-rows.ts'
import { hasDay, markRange, reportRows } from '../settle/judged-rows.ts'

/** Dated rows of subjects without a first treatment or randomisation: no window can be placed (`day-zero-unknown`). */
export function checkDayZero(rows: JudgedRows, { dayZero }: SubjectFacts): void {
  if (rows.day === null || dayZero.valid === null) return
  for (let s = 0; s < rows.subjects.length; s++) {
    if (isPresent(dayZero.valid, s)) continue
    const dated = (row: number): boolean => hasDay(rows, row)
    const marked = markRange(rows, 'day-zero-unknown', rows.starts[s], rows.starts[s + 1], dated)
    reportRows(rows, 'day-zero-unknown', marked)
  }
}
