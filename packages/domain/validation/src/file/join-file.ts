import { withFileLines } from '@afferent/formats'
import type {
  Column,
  Compute,
  Dataset,
  RecordTable,
  RowCounts,
  RuleId,
  SettledName,
  TextColumn,
} from '@afferent/records'
import { allocate, type FindingsBuilder, NO_FINDINGS } from '@afferent/records'
import type { Source } from '@afferent/study'
import { DAY_CHECK } from '../convert/day-checks.ts'
import { isFact } from '../convert/facts.ts'
import { LAYOUTS } from '../convert/layouts.ts'
import { joinInThreads } from '../join/join-in-threads.ts'
import { joinParts } from '../join/join-parts.ts'
import type { Part } from '../join/part.ts'
import { scatterColumn } from '../join/scatter.ts'
import type { RangeRecords, RecordsExtra } from '../read/range-records.ts'
import { checkCoded } from '../rules/check-coded.ts'
import { checkDaySteps } from '../rules/check-day-steps.ts'
import { checkSubmitted } from '../rules/check-submitted.ts'
import { BROUGHT_ALONG } from '../settle/physical-rows.ts'
import { addCounts, assertRowsAddUp, NO_ROWS } from '../settle/row-counts.ts'
import { countListedRows, joinFacts } from './join-facts.ts'
import { type JoinedSubjects, joinSubjects, type ReadParts } from './join-subjects.ts'
import { beginAtOne, numberIntervals } from './number-intervals.ts'
import { settleWideRows } from './wide-rows.ts'

/**
 * All parts of one file as one dataset; what is found is added to `findings`. Columns of the parts are given up one by one
 * as they are joined, so that no more than one of them is held twice.
 */
export async function joinFile(
  parts: ReadParts,
  extra: RecordsExtra,
  findings: FindingsBuilder,
  compute: Compute,
): Promise<Dataset> {
  const { source, study, plan, file } = extra
  for (const { part, linesBefore } of parts) findings.addAll(withFileLines(part.findings, linesBefore))
  const subjects = joinSubjects(parts)
  countLinesInFile(parts)
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
      : await joinRecords(source.layout, parts, subjects, extra, findings, base.tables, compute)
  const counts = addCounts(judged, { ...NO_ROWS, ...joined.counts })
  assertRowsAddUp(counts, `file ${file}`)
  return { ...base, tables: joined.tables, counts, findings: findings.build() }
}

/** Lines of the rows of each part, counted from the start of the file. */
function countLinesInFile(parts: ReadParts): void {
  for (const { part, linesBefore } of parts) {
    if (part.lines !== null) for (let row = 0; row < part.rows; row++) part.lines[row] += linesBefore
  }
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

async function joinRecords(
  layout: Exclude<Source['layout'], 'subjects'>,
  parts: ReadParts,
  subjects: JoinedSubjects,
  { source, study, file }: RecordsExtra,
  findings: FindingsBuilder,
  facts: Dataset['tables'],
  compute: Compute,
): Promise<Joined> {
  const { table: name, beside, several } = LAYOUTS[layout]
  // Marks stand in tables of their own where rows bear any; a source need not map what would give other records.
  const given = [...beside, 'marks' as const].filter((other) =>
    parts.some(({ part }) => part.sets.some((set) => set.table === other)),
  )
  const others = given.map((other) => [other, joinBeside(other, parts, subjects)] as const)
  const tables = { ...facts, ...Object.fromEntries(others.filter(([, { rows }]) => rows > 0)) }
  const numbered = name === 'intervals' && numberIntervals(parts, subjects)
  const pieces = toParts(name, parts, subjects, several ? numberRows : null)
  const { table, placement } = await joinInThreads(name, pieces, compute, (column) => release(name, parts, column))
  if (numbered) beginAtOne(table as RecordTable<'intervals'>)
  if (several) {
    const wide = settleWideRows(name, table)
    const excluded = wide.copies > 0 ? { 'duplicate-copy': wide.copies } : {}
    return { tables: { ...tables, [name]: wide.table }, counts: { used: wide.used, excluded } }
  }
  checkSubmitted(table, source, file, findings)
  if (name === 'adverseEvents') checkCoded(table, source, file, findings)
  const check = scatterColumn(DAY_CHECK, 'text', pieces, placement) as TextColumn | undefined
  const day = (table.columns as Readonly<Record<string, Column | undefined>>).day
  const slot = source.fields.find(({ field }) => field === 'dayCheck')
  if (check !== undefined && day !== undefined) {
    const column = slot?.column ?? ''
    const { dayZero } = source
    checkDaySteps({ table, day, check, dayZero, subjects: subjects.list, file, column }, study, findings)
  }
  return { tables: { ...tables, [name]: table }, counts: { used: table.rows, excluded: {} } }
}

/** Records that stand on rows counted in another table. */
function joinBeside<T extends SettledName | 'marks'>(
  name: T,
  parts: ReadParts,
  subjects: JoinedSubjects,
): RecordTable<T> {
  const pieces = toParts(name, parts, subjects, (rows) => allocate.i32(rows).fill(BROUGHT_ALONG))
  return joinParts(name, pieces, (column) => release(name, parts, column)).table
}

/** Record sets of one table of all parts, lines counted in the file; `rowOf` says which physical row a record came from. */
function toParts(
  name: SettledName | 'marks',
  parts: ReadParts,
  subjects: JoinedSubjects,
  rowOf: ((rows: number, before: number) => Int32Array) | null,
): Part[] {
  let rowsBefore = 0
  return parts.flatMap(({ part, linesBefore }, p) => {
    const row: Column | null =
      rowOf === null ? null : { kind: 'i32', values: rowOf(part.rows, rowsBefore), valid: null }
    rowsBefore += part.rows
    return part.sets
      .filter(({ table }) => table === name)
      .map(({ columns, dropped }): Part => {
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

function numberRows(rows: number, before: number): Int32Array {
  const values = allocate.i32(rows)
  for (let row = 0; row < rows; row++) values[row] = before + row
  return values
}

function release(name: SettledName | 'marks', parts: ReadParts, column: string): void {
  for (const { part } of parts) for (const set of part.sets) if (set.table === name) delete set.columns[column]
}
