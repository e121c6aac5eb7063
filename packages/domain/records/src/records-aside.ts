import { putAside, type RecordsAside, takeBack } from './aside.ts'
import type { Column, ColumnOf } from './column.ts'
import type { Dataset } from './dataset.ts'
import type { BytesRef, TaskHost } from './ports.ts'
import type { RecordTable, TableName } from './tables.ts'

type Records = RecordTable<TableName>

/** Puts record tables aside together. */
export function putRecordsAside(tables: readonly Records[], host: Pick<TaskHost, 'putAside'>): RecordsAside[] {
  const flat = tables.map(({ rows, subject, columns, lines }) => {
    const all: Record<string, Column> = { ...(columns as Readonly<Record<string, Column>>) }
    all.subject = { kind: 'i32', values: subject, valid: null }
    if (lines !== null) all.line = { kind: 'i32', values: lines, valid: null }
    return { rows, columns: all }
  })
  return putAside(flat, host).map((table, i) => ({ table, firstLine: (tables[i] as Records).firstLine }))
}

/** Rows `from` (included) to `to` (not) of a record table that was put aside. */
export function takeRecords(
  { table, firstLine }: RecordsAside,
  from: number,
  to: number,
  host: Pick<TaskHost, 'open'>,
): Records {
  const { subject, line, ...columns } = takeBack(table, from, to, host).columns
  return {
    rows: to - from,
    subject: (subject as ColumnOf<'i32'>).values,
    columns: columns as Records['columns'],
    lines: line === undefined ? null : (line as ColumnOf<'i32'>).values,
    firstLine: line === undefined ? firstLine + from : firstLine,
  }
}

/** The dataset with all its tables in memory. */
export function takeDataset(dataset: Dataset, host: Pick<TaskHost, 'open'>): Dataset {
  const { aside, ...rest } = dataset
  if (aside === undefined) return dataset
  const tables: Record<string, Records> = { ...rest.tables }
  for (const [name, records] of Object.entries(aside)) tables[name] = takeRecords(records, 0, records.table.rows, host)
  return { ...rest, tables: tables as Dataset['tables'] }
}

/** What holds the tables of a dataset that were put aside. */
export const refsOf = ({ aside }: Dataset): BytesRef[] => [
  ...new Set(Object.values(aside ?? {}).map(({ table }) => table.ref)),
]
