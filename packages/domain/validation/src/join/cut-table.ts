import { allocate, type Column, type Dataset, firstNotBelow, type RecordTable, type TableName } from '@afferent/records'
import type { SubjectRange } from './cut-subjects.ts'
import { cutColumn } from './scatter.ts'

/** Rows `from` to `to` of a table as views; codes of subjects begin at `firstSubject`. */
export function cutTable<T extends TableName>(
  table: RecordTable<T>,
  from: number,
  to: number,
  firstSubject: number,
): RecordTable<T> {
  const { lines, firstLine } = table
  return {
    rows: to - from,
    subject: shifted(table.subject, from, to, firstSubject),
    columns: cutColumns(table.columns as Readonly<Record<string, Column>>, from, to) as RecordTable<T>['columns'],
    lines: lines === null ? null : lines.subarray(from, to),
    firstLine: lines === null ? firstLine + from : firstLine,
  }
}

export function cutColumns<C extends Column>(
  columns: Readonly<Record<string, C>>,
  from: number,
  to: number,
): Record<string, C> {
  const cut: Record<string, C> = {}
  for (const [name, column] of Object.entries(columns)) cut[name] = cutColumn(column, from, to) as C
  return cut
}

function shifted(subject: Int32Array, from: number, to: number, by: number): Int32Array {
  if (by === 0) return subject.subarray(from, to)
  const out = allocate.i32(to - from)
  for (let row = from; row < to; row++) out[row - from] = subject[row] - by
  return out
}

/** A dataset with some of its subjects alone, as views on the arrays of the whole; findings and counts stay with the whole. */
export function cutDataset(dataset: Dataset, { from, to }: SubjectRange): Dataset {
  const { subjects } = dataset
  if (from === 0 && to === subjects.length) return dataset
  const tables: Record<string, RecordTable<TableName>> = {}
  for (const [name, table] of Object.entries(dataset.tables)) {
    tables[name] = cutTable(table, firstNotBelow(table.subject, from), firstNotBelow(table.subject, to), from)
  }
  const list = dataset.tables.subjects
  const covariates =
    list === undefined
      ? dataset.covariates
      : cutColumns(dataset.covariates, firstNotBelow(list.subject, from), firstNotBelow(list.subject, to))
  return { ...dataset, subjects: subjects.slice(from, to), tables: tables as Dataset['tables'], covariates }
}
