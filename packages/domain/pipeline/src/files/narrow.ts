import { allocate, type Column, compareBytes, type Dataset, type RecordTable, type TableName } from '@afferent/records'
import { cutColumn } from '@afferent/validation'
import { firstRowOf } from './position.ts'

/**
 * A dataset with the subjects between two names (both included) alone: what a thread that derives these subjects is sent.
 * Columns are views on the arrays of the whole; the same dataset where all its subjects lie between.
 */
export function narrowTo(dataset: Dataset, first: string, last: string): Dataset {
  const { subjects } = dataset
  const from = countWhile(subjects, (name) => compareBytes(name, first) < 0)
  const to = countWhile(subjects, (name) => compareBytes(name, last) <= 0)
  if (from === 0 && to === subjects.length) return dataset
  const tables: Record<string, RecordTable<TableName>> = {}
  for (const [name, table] of Object.entries(dataset.tables)) tables[name] = narrowTable(table, from, to)
  const list = dataset.tables.subjects
  const covariates =
    list === undefined
      ? dataset.covariates
      : cutAll(dataset.covariates, firstRowOf(list.subject, from), firstRowOf(list.subject, to))
  return {
    ...dataset,
    subjects: subjects.slice(from, to),
    tables: tables as Dataset['tables'],
    covariates: covariates as Dataset['covariates'],
  }
}

function narrowTable(table: RecordTable<TableName>, from: number, to: number): RecordTable<TableName> {
  const start = firstRowOf(table.subject, from)
  const end = firstRowOf(table.subject, to)
  return {
    rows: end - start,
    subject: shifted(table.subject, start, end, from),
    columns: cutAll(table.columns as Readonly<Record<string, Column>>, start, end) as RecordTable<TableName>['columns'],
    lines: table.lines === null ? null : table.lines.subarray(start, end),
    firstLine: table.lines === null ? table.firstLine + start : table.firstLine,
  }
}

function shifted(subject: Int32Array, start: number, end: number, by: number): Int32Array {
  if (by === 0) return subject.subarray(start, end)
  const out = allocate.i32(end - start)
  for (let row = start; row < end; row++) out[row - start] = (subject[row] as number) - by
  return out
}

function cutAll(columns: Readonly<Record<string, Column>>, from: number, to: number): Record<string, Column> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, cutColumn(column, from, to)]))
}

/** How many names at the start of a list have a property that the rest lack. */
function countWhile(names: readonly string[], has: (name: string) => boolean): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (has(names[middle] as string)) low = middle + 1
    else high = middle
  }
  return low
}
