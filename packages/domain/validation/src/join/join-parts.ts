import type { Column, ColumnKind, RecordTable, TableName } from '@afferent/records'
import { RECORD_TABLES } from '@afferent/records'
import type { Part } from './part.ts'
import { scatterColumn, scatterLines, scatterSubjects } from './scatter.ts'
import { type SortKeys, sortKeys } from './sort-keys.ts'
import type { Placement } from './sort-order.ts'
import { isSorted, placeRows } from './sort-order.ts'

export interface JoinedTable<T extends TableName> {
  readonly table: RecordTable<T>
  readonly placement: Placement
}

/** Parts laid end to end and sorted by subject and by the table's own columns; `carried`: columns beside those of the table. */
export function joinParts<T extends TableName>(
  name: T,
  given: readonly Part[],
  carried: readonly [string, ColumnKind][] = [],
): JoinedTable<T> {
  // Parts whose text keys share a dictionary.
  const { parts, values } = keysOf(name, given)
  const placement = placeRows(parts, values)
  const columns: Record<string, Column> = {}
  for (const [field, kind] of [...columnsOf(name), ...carried]) {
    const column = scatterColumn(field, kind, parts, placement)
    if (column !== undefined) columns[field] = column
  }
  const subject = scatterSubjects(parts, placement)
  const table = { rows: placement.rows, subject, columns, ...scatterLines(parts, placement) }
  return { table: table as unknown as RecordTable<T>, placement }
}

/** Whether all rows of the parts stand in the order of the table. */
export function areInOrder(name: TableName, given: readonly Part[]): boolean {
  const { parts, values } = keysOf(name, given)
  return isSorted(parts, values)
}

function keysOf(name: TableName, parts: readonly Part[]): SortKeys {
  const { sortedBy, columns }: { sortedBy: readonly string[]; columns: Readonly<Record<string, ColumnKind>> } =
    RECORD_TABLES[name]
  return sortKeys(parts, sortedBy, columns)
}

const columnsOf = (name: TableName): [string, ColumnKind][] => Object.entries(RECORD_TABLES[name].columns)
