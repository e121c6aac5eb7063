import type { Column, FindingsBuilder, RecordTable, TableName } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { lineOf } from '../join/part.ts'
import { printDay } from '../settle/judged-rows.ts'

/** Where a table and its second day column come from. */
export interface DaySteps {
  readonly table: RecordTable<TableName>
  readonly day: Column
  readonly check: Column
  readonly subjects: readonly string[]
  readonly file: string
  /** Header name of the second day. */
  readonly column: string
}

/**
 * Dates and study days of a subject must run in step: from one entry to the next both move by the same number of days
 * (`calendar-shift`, at the first entry after each change).
 */
export function checkDaySteps(
  { table, day, check, subjects, file, column }: DaySteps,
  study: Pick<AnalyticStudy, 'calendar'>,
  findings: FindingsBuilder,
): void {
  let last = -1
  for (let row = 0; row < table.rows; row++) {
    if (!isPresent(check.valid, row)) continue
    const same = last >= 0 && table.subject[last] === table.subject[row]
    const days = same ? day.values[row] - day.values[last] : 0
    const checks = same ? check.values[row] - check.values[last] : 0
    if (days !== checks) {
      findings.add({
        rule: 'calendar-shift',
        file,
        line: lineOf(table, row),
        column,
        value: String(check.values[row]),
        subject: subjects[table.subject[row]],
        detail: `${days} days after ${printDay(study, day.values[last])} by one column, ${checks} by the other`,
      })
    }
    last = row
  }
}
