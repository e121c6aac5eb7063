import type { Column, FindingsBuilder, RecordTable, TableName, TextColumn } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { AnalyticStudy, Source } from '@afferent/study'
import { dayOfCheck } from '../convert/day-checks.ts'
import { lineOf } from '../join/part.ts'
import { printDay } from '../settle/judged-rows.ts'

/** Where a table and its second day column come from. */
export interface DaySteps {
  readonly table: RecordTable<TableName>
  readonly day: Column
  readonly check: TextColumn
  readonly dayZero: Source['dayZero']
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
  { table, day, check, dayZero, subjects, file, column }: DaySteps,
  study: Pick<AnalyticStudy, 'calendar'>,
  findings: FindingsBuilder,
): void {
  const known = check.dictionary.map((text) => dayOfCheck(text, dayZero) ?? 0)
  let last = -1
  for (let row = 0; row < table.rows; row++) {
    if (!isPresent(check.valid, row)) continue
    const same = last >= 0 && table.subject[last] === table.subject[row]
    const days = same ? day.values[row] - day.values[last] : 0
    const checks = same ? known[check.values[row]] - known[check.values[last]] : 0
    if (days !== checks) {
      findings.add({
        rule: 'calendar-shift',
        file,
        line: lineOf(table, row),
        column,
        value: check.dictionary[check.values[row]],
        subject: subjects[table.subject[row]],
        detail: `${days} days after ${printDay(study, day.values[last])} by one column, ${checks} by the other`,
      })
    }
    last = row
  }
}
