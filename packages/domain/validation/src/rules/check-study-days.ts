import type { StudyFacts, SubjectFacts } from '@afferent/records'
import type { JudgedRows } from '../settle/judged-rows.ts'
import { fateCode, reportRow, reportRows, valueAt } from '../settle/judged-rows.ts'

/**
 * Rows outside a subject's time in the study: before enrolment (`before-enrolment`, an error in each row), after the last
 * study day (`after-last-day`), after the data cut (`after-cut`). The first two days and the cut itself are inside.
 */
export function checkStudyDays(rows: JudgedRows, facts: SubjectFacts, { cut }: StudyFacts): void {
  const { day, fate } = rows
  if (day === null) return
  for (let s = 0; s < rows.subjects.length; s++) {
    const first = valueAt(facts.enrolled, s) ?? Number.NEGATIVE_INFINITY
    const last = valueAt(facts.lastDay, s) ?? Number.POSITIVE_INFINITY
    const end = cut ?? Number.POSITIVE_INFINITY
    const afterLast: number[] = []
    const afterCut: number[] = []
    for (let row = rows.starts[s]; row < rows.starts[s + 1]; row++) {
      if (fate[row] !== 0) continue
      if (day[row] < first) {
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
