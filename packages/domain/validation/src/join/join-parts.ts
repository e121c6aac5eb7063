import type { Column, ColumnKind, RecordTable, TableName } from '@afferent/records'
import { RECORD_TABLES } from '@afferent/records'
import type { Part } from './part.ts'
import { scatterColumn, scatterLines, scatterSubjects } from './scatter.ts'
import { sortKeys } from './sort-keys.ts'
import type { Placement } from './sort-order.ts'
import { placeRows } from './sort-order.ts'

/**
 * Parts laid end to end and sorted by subject and by the table's own columns. Column after column, so that no more than
 * one of them exists twice at a time: `release` is called with each name as soon as the parts' copy is no longer needed.
 */
export function joinParts<T extends TableName>(
  name: T,
  parts: readonly Part[],
  release: (column: string) => void = () => {},
): { readonly table: RecordTable<T>; readonly placement: Placement } {
  const specification: { sortedBy: readonly string[]; columns: Readonly<Record<string, ColumnKind>> } =
    RECORD_TABLES[name]
  const keys = sortKeys(parts, specification.sortedBy, specification.columns)
  const placement = placeRows(keys.parts, keys.values)
  const columns: Record<string, Column> = {}
  for (const [field, kind] of Object.entries(specification.columns)) {
    const column = scatterColumn(field, kind, keys.parts, placement)
    if (column !== undefined) columns[field] = column
    release(field)
  }
  const subject = scatterSubjects(keys.parts, placement)
  const table = { rows: placement.rows, subject, columns, ...scatterLines(keys.parts, placement) }
  return { table: table as unknown as RecordTable<T>, placement }
}
