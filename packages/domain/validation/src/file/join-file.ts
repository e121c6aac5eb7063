import { withFileLines } from '@afferent/formats'
import type { Column, Dataset, RecordTable, RowCounts, RuleId, TableName, TextColumn } from '@afferent/records'
import { allocate, type FindingsBuilder, NO_FINDINGS } from '@afferent/records'
import { DAY_CHECK } from '../convert/day-checks.ts'
import { isFact } from '../convert/facts.ts'
import { joinParts } from '../join/join-parts.ts'
import type { Part } from '../join/part.ts'
import { scatterColumn } from '../join/scatter.ts'
import type { RangeRecords, RecordsExtra } from '../read/range-records.ts'
import { checkDaySteps } from '../rules/check-day-steps.ts'
import { checkSubmitted } from '../rules/check-submitted.ts'
import { addCounts, assertRowsAddUp, NO_ROWS } from '../settle/row-counts.ts'
import { countListedRows, joinFacts } from './join-facts.ts'
import { type JoinedSubjects, joinSubjects, type ReadParts } from './join-subjects.ts'
import { settleWideRows } from './wide-rows.ts'

const TABLES = {
  daily: 'diary',
  'days-wide': 'diary',
  episodes: 'episodes',
  intakes: 'intakes',
  visits: 'values',
} as const satisfies Record<string, TableName>

/**
 * All parts of one file as one dataset; what is found is added to `findings`. Columns of the parts are given up one by one
 * as they are joined, so that no more than one of them is held twice.
 */
export function joinFile(parts: ReadParts, extra: RecordsExtra, findings: FindingsBuilder): Dataset {
  const { source, study, plan, file } = extra
  for (const { part, linesBefore } of parts) findings.addAll(withFileLines(part.findings, linesBefore))
  const subjects = joinSubjects(parts)
  const facts = joinFacts(plan.slots, parts, subjects, extra, findings)
  const read = countRead(parts)
  const judged = parts.reduce((sum, { part }) => addCounts(sum, judgedRows(part)), { ...NO_ROWS, read })
  const saysFacts = source.layout === 'subjects' || plan.slots.some(isFact)
  const base: Dataset = {
    subjects: subjects.list,
    calendar: study.calendar,
    tables: saysFacts ? { subjects: facts.table } : {},
    covariates: saysFacts ? facts.covariates : {},
    findings: NO_FINDINGS,
    counts: NO_ROWS,
  }
  const joined =
    source.layout === 'subjects'
      ? { tables: base.tables, counts: countListedRows(parts, subjects, facts) }
      : joinRecords(source.layout, parts, subjects, extra, findings, base.tables)
  const counts = addCounts(judged, { ...NO_ROWS, ...joined.counts })
  assertRowsAddUp(counts, `file ${file}`)
  return { ...base, tables: joined.tables, counts, findings: findings.build() }
}

/** Records of a file: rows, and records of empty cells. */
const countRead = (parts: ReadParts): number =>
  parts.reduce((sum, { part }) => sum + part.report.rows + part.report.blank, 0)

function judgedRows({ report, quarantined, excluded }: RangeRecords): RowCounts {
  const blank: Partial<Record<RuleId, number>> = report.blank > 0 ? { 'row-blank': report.blank } : {}
  return { read: 0, used: 0, quarantined, excluded: { ...excluded, ...blank } }
}

interface Joined {
  readonly tables: Dataset['tables']
  readonly counts: Pick<RowCounts, 'used' | 'excluded'>
}

function joinRecords(
  layout: keyof typeof TABLES,
  parts: ReadParts,
  subjects: JoinedSubjects,
  { source, study, file }: RecordsExtra,
  findings: FindingsBuilder,
  facts: Dataset['tables'],
): Joined {
  const name = TABLES[layout]
  const isWide = layout === 'visits' || layout === 'days-wide'
  const pieces = toParts(parts, subjects, isWide)
  const { table, placement } = joinParts(name, pieces, (column) => release(parts, column))
  if (isWide) {
    const wide = settleWideRows(name as 'diary' | 'values', table as RecordTable<'diary' | 'values'>)
    const excluded = wide.copies > 0 ? { 'duplicate-copy': wide.copies } : {}
    return { tables: { ...facts, [name]: wide.table }, counts: { used: wide.used, excluded } }
  }
  checkSubmitted(table, source, file, findings)
  const check = scatterColumn(DAY_CHECK, 'text', pieces, placement) as TextColumn | undefined
  const day = (table.columns as Readonly<Record<string, Column | undefined>>).day
  const slot = source.fields.find(({ field }) => field === 'dayCheck')
  if (check !== undefined && day !== undefined) {
    const column = slot?.column ?? ''
    const { dayZero } = source
    checkDaySteps({ table, day, check, dayZero, subjects: subjects.list, file, column }, study, findings)
  }
  return { tables: { ...facts, [name]: table }, counts: { used: table.rows, excluded: {} } }
}

/** Record sets of all parts, lines counted in the file. Of wide exports each record remembers its physical row. */
function toParts(parts: ReadParts, subjects: JoinedSubjects, isWide: boolean): Part[] {
  let rowsBefore = 0
  return parts.flatMap(({ part, linesBefore }, p) => {
    if (part.lines !== null) for (let row = 0; row < part.rows; row++) part.lines[row] += linesBefore
    const row = isWide ? rowNumbers(part.rows, rowsBefore) : null
    rowsBefore += part.rows
    return part.sets.map(({ columns, dropped }): Part => {
      if (row !== null) columns.row = row
      return {
        from: 0,
        to: part.rows,
        subject: part.subject,
        recode: subjects.recodes[p],
        columns,
        lines: part.lines,
        firstLine: part.firstLine + linesBefore,
        dropped,
      }
    })
  })
}

function rowNumbers(rows: number, before: number): Column {
  const values = allocate.i32(rows)
  for (let row = 0; row < rows; row++) values[row] = before + row
  return { kind: 'i32', values, valid: null }
}

function release(parts: ReadParts, column: string): void {
  for (const { part } of parts) for (const set of part.sets) delete set.columns[column]
}
