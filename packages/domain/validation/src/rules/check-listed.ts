import type { JudgedRows } from '../settle/judged-rows.ts'
import { markRange, reportRows } from '../settle/judged-rows.ts'

/** Rows of subjects who are not in the subjects export, if one is in force (`subject-unknown`). */
export function checkListed(rows: JudgedRows, listed: readonly boolean[] | null): void {
  if (listed === null) return
  for (let s = 0; s < rows.subjects.length; s++) {
    if (!listed[s])
      reportRows(rows, 'subject-unknown', markRange(rows, 'subject-unknown', rows.starts[s], rows.starts[s + 1]))
  }
}
