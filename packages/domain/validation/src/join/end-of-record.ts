import { type Column, isPresent, RECORD_TABLES, type RecordTable } from '@afferent/records'

const OF_RECORD: readonly string[] = RECORD_TABLES.intervals.key.filter((name) => name !== 'sequence')

/** Rows of one record stand together; `end` is not included. */
export function endOfRecord(
  table: Pick<RecordTable<'intervals'>, 'rows' | 'subject' | 'columns'>,
  from: number,
): number {
  const columns = table.columns as Readonly<Record<string, Column | undefined>>
  const key = OF_RECORD.map((name) => columns[name]).filter((column) => column !== undefined)
  let end = from + 1
  while (end < table.rows && table.subject[end] === table.subject[from] && agree(key, from, end)) end++
  return end
}

const agree = (columns: readonly Column[], a: number, b: number): boolean =>
  columns.every(({ values, valid }) => {
    const has = isPresent(valid, a)
    return has === isPresent(valid, b) && (!has || values[a] === values[b])
  })
