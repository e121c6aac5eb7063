import type { Column, FindingsBuilder, RecordTable, RuleId, SettledName, TableName, Validity } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { toIsoDay, toStudyDay } from '@afferent/study'
import { fromTableDay } from '../convert/study-days.ts'
import { lineOf } from '../join/part.ts'
import { columnOf, type FileSlice } from './file-slice.ts'
import type { MarkList } from './settle-marks.ts'

/** Why a physical row is not used, by its number in `JudgedRows.fate`; 0: it is used. */
export const FATES = [
  null,
  'subject-unknown',
  'day-zero-unknown',
  'before-enrolment',
  'after-last-day',
  'after-cut',
  'scale-change',
  'visit-unscheduled',
  'stimulation-unknown',
  'rr-unit',
  'record-conflict',
  'superseded',
  'duplicate-copy',
  'duplicate-conflict',
  'form-rejected',
  'follow-up-before-attack',
  'follow-up-without-attack',
] as const satisfies readonly (RuleId | null)[]
export type Fate = Exclude<(typeof FATES)[number], null>
export const fateCode = (rule: Fate): number => FATES.indexOf(rule)

/** Rows of one table that belong to the slice, sorted, while rules decide about them. */
export interface JudgedRows {
  readonly name: SettledName
  readonly table: RecordTable<TableName>
  /** Rows of subject s lie from `starts[s]` to `starts[s + 1]`. */
  readonly starts: Int32Array
  /** Day of each row (of an episode: the local date of its start); null for values, which have none. */
  readonly day: Int32Array | null
  /** Which rows have a day; null: all. */
  readonly dated: Validity
  /** The files the rows came from, and which of them each row came from (null: all from the first). */
  readonly files: readonly FileSlice[]
  readonly origin: Uint32Array | null
  readonly fate: Uint8Array
  readonly subjects: readonly string[]
  readonly study: AnalyticStudy
  readonly findings: FindingsBuilder
  readonly marks: MarkList
}

export const fileOf = (rows: JudgedRows, row: number): FileSlice =>
  rows.files[rows.origin === null ? 0 : rows.origin[row]]

/** The first row from `row` on that has a fate; the number of rows if none has. */
export function nextJudged(fate: Uint8Array, row: number): number {
  let at = row
  while (at < fate.length && fate[at] === 0) at++
  return at
}

export const columnsIn = ({ columns }: RecordTable<TableName>): Readonly<Record<string, Column | undefined>> => columns

export const columnIn = (rows: JudgedRows, name: string): Column | undefined => columnsIn(rows.table)[name]

export const hasDay = ({ day, dated }: JudgedRows, row: number): boolean => day !== null && isPresent(dated, row)

/** Fields that a row's day comes from. */
const DAY_FIELDS = ['date', 'studyDay', 'start', 't0', 'taken', 'onset'] as const
const FOLLOW_UP_FIELDS = ['taken', 'minutes', 't0'] as const

const dayFields = ({ name }: JudgedRows): readonly string[] => (name === 'followUps' ? FOLLOW_UP_FIELDS : DAY_FIELDS)

/** A day of a record table as a date, or as a study day (ADY) in a study with relative days. */
export const printDay = (study: Pick<AnalyticStudy, 'calendar'>, day: number): string =>
  study.calendar === 'dates' ? toIsoDay(day) : String(toStudyDay(day))

/** The same as its file counts days. */
function printDayOf(rows: JudgedRows, row: number): string {
  const day = (rows.day as Int32Array)[row]
  const { source } = fileOf(rows, row)
  return rows.study.calendar === 'relative' && source !== null
    ? String(fromTableDay(day, source.dayZero))
    : printDay(rows.study, day)
}

/** One finding on one row, with its day as the value. */
export function reportRow(rows: JudgedRows, rule: RuleId, row: number, detail = ''): void {
  const file = fileOf(rows, row)
  rows.findings.add({
    rule,
    file: file.file,
    line: lineOf(rows.table, row),
    column: hasDay(rows, row) ? columnOf(file.source, ...dayFields(rows)) : '',
    value: hasDay(rows, row) ? printDayOf(rows, row) : '',
    subject: rows.subjects[rows.table.subject[row]],
    detail,
  })
}

/** One finding per file on rows of one subject that share a fate, with their number. */
export function reportRows(rows: JudgedRows, rule: RuleId, list: readonly number[]): void {
  const byFile = new Map<number, number[]>()
  for (const row of list) {
    const origin = rows.origin === null ? 0 : rows.origin[row]
    const known = byFile.get(origin)
    if (known === undefined) byFile.set(origin, [row])
    else known.push(row)
  }
  for (const some of byFile.values()) {
    reportRow(rows, rule, some[0], some.length === 1 ? '' : `${some.length} rows, this is the first`)
  }
}

/** Marks rows `from` to `to` of one subject that have no fate yet, those that `which` names; returns them. */
export function markRange(
  rows: JudgedRows,
  rule: Fate,
  from: number,
  to: number,
  which: (row: number) => boolean = () => true,
): number[] {
  const marked: number[] = []
  const code = fateCode(rule)
  for (let row = from; row < to; row++) {
    if (rows.fate[row] !== 0 || !which(row)) continue
    rows.fate[row] = code
    marked.push(row)
  }
  return marked
}

export const valueAt = (column: Column | undefined, row: number): number | undefined =>
  column !== undefined && isPresent(column.valid, row) ? column.values[row] : undefined
