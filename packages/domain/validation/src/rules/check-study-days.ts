import type { StudyFacts, SubjectFacts } from '@afferent/records'
import { YES } from '@afferent/records'
import type { JudgedRows } from '../settle/judged-rows.ts'
import { columnIn, fateCode, hasDay, reportRow, reportRows, valueAt } from '../settle/judged-rows.ts'

/**
 * Rows outside a subject's time in the study: before enrolment (`before-enrolment`, an error in each row), after the last
 * study day (`after-last-day`), after the data cut (`after-cut`). The first two days and the cut itself are inside.
 */
export function checkStudyDays(rows: JudgedRows, facts: SubjectFacts, { cut }: StudyFacts): void {
  const { day, fate } = rows
  if (day === null) return
  // An adverse event after the last study day may be treatment-emergent, and no cut found in the data may hide one.
  const isEvent = rows.name === 'adverseEvents'
  // What may have begun after consent, or grew worse after it, is not from before.
  const latest = isEvent ? columnIn(rows, 'startTo') : undefined
  const worsened = isEvent ? columnIn(rows, 'worsened') : undefined
  const end = isEvent && rows.study.dataCut === null ? Number.POSITIVE_INFINITY : (cut ?? Number.POSITIVE_INFINITY)
  for (let s = 0; s < rows.subjects.length; s++) {
    const first = valueAt(facts.enrolled, s) ?? Number.NEGATIVE_INFINITY
    const last = isEvent ? Number.POSITIVE_INFINITY : (valueAt(facts.lastDay, s) ?? Number.POSITIVE_INFINITY)
    if (latest === undefined && areInside(day, rows.starts[s], rows.starts[s + 1], first, Math.min(last, end))) continue
    const afterLast: number[] = []
    const afterCut: number[] = []
    for (let row = rows.starts[s]; row < rows.starts[s + 1]; row++) {
      if (fate[row] !== 0 || !hasDay(rows, row)) continue
      if ((valueAt(latest, row) ?? day[row]) < first && valueAt(worsened, row) !== YES) {
        fate[row] = fateCode('before-enrolment')
        reportRow(rows, 'before-enrolment', row)
      } else if (day[row] > last) {
        fate[row] = fateCode('after-last-day')
        afterLast.push(row)
      } else if (day[row] > end) {
        fate[row] = fateCode('after-cut')
        afterCut.push(row)
      }
    }
    reportRows(rows, 'after-last-day', afterLast)
    reportRows(rows, 'after-cut', afterCut)
  }
}

/** Whether all of some days lie between two days. What is not dated is 0, and may be asked about once more. */
function areInside(day: Int32Array, from: number, to: number, first: number, last: number): boolean {
  for (let row = from; row < to; row++) if (day[row] < first || day[row] > last) return false
  return true
}
