import type { RecordTable, StudyFacts } from '@afferent/records'
import { isPresent } from '@afferent/records'
import { type AnalyticStudy, periodWindow } from '@afferent/study'
import { endOfRecord } from '../join/end-of-record.ts'
import { lineOf } from '../join/part.ts'
import { columnOf } from '../settle/file-slice.ts'
import { columnIn, fateCode, fileOf, type JudgedRows } from '../settle/judged-rows.ts'

const AT_VISITS: ReadonlySet<string> = new Set(['assessments', 'measurements', 'intervals'])

/**
 * Records that name a visit the study does not schedule (`visit-unscheduled`): only the study as a whole knows how many there
 * are. One finding per row of the export, however many answers it holds, and one per record of RR intervals.
 */
export function checkVisits(rows: JudgedRows, facts: StudyFacts): void {
  const visit = AT_VISITS.has(rows.name) ? columnIn(rows, 'visit') : undefined
  if (visit === undefined) return
  const scheduled = scheduledVisits(rows.study, facts)
  const told = new Set<string>()
  let recordEnd = 0
  for (let row = 0; row < rows.table.rows; row++) {
    if (rows.fate[row] !== 0 || !isPresent(visit.valid, row) || scheduled.has(visit.values[row])) continue
    rows.fate[row] = fateCode('visit-unscheduled')
    if (row < recordEnd) continue
    if (rows.name === 'intervals') recordEnd = endOfRecord(rows.table as RecordTable<'intervals'>, row)
    const { file, source } = fileOf(rows, row)
    const line = lineOf(rows.table, row)
    const place = `${line} ${file}`
    if (told.has(place)) continue
    told.add(place)
    rows.findings.add({
      rule: 'visit-unscheduled',
      file,
      line,
      column: columnOf(source, 'visit'),
      value: String(visit.values[row]),
      subject: rows.subjects[rows.table.subject[row]],
      detail: `known: ${[...scheduled].join(', ')}`,
    })
  }
}

function scheduledVisits({ visits, periods }: AnalyticStudy, facts: StudyFacts): ReadonlySet<number> {
  const windows =
    visits.windows ??
    Array.from({ length: periods.windows?.length ?? facts.periods }, (_, k) => periodWindow(periods, k + 1))
  return new Set([visits.baseline.visit, ...windows.map((window) => window.visit)])
}
