import type { Column, ColumnKind, RecordTable, TableName } from '@afferent/records'
import { RECORD_TABLES } from '@afferent/records'
import { cutRuns } from './cut-runs.ts'
import type { Part } from './part.ts'
import { scatterColumn, scatterLines, scatterSubjects } from './scatter.ts'
import { type SortKeys, sortKeys } from './sort-keys.ts'
import type { Placement } from './sort-order.ts'
import { isSorted, rowsInOrder, sortRows } from './sort-order.ts'

export interface JoinedTable<T extends TableName> {
  readonly table: RecordTable<T>
  /** Which of the parts each row is of. */
  readonly origin: () => Uint32Array
}

/** Parts laid end to end and sorted by subject and by the table's own columns; `carried`: columns beside those of the table. */
export function joinParts<T extends TableName>(
  name: T,
  given: readonly Part[],
  carried: readonly [string, ColumnKind][] = [],
): JoinedTable<T> {
  const { parts, of, placement } = layOut(name, given)
  const columns: Record<string, Column> = {}
  for (const [field, kind] of [...columnsOf(name), ...carried]) {
    const column = scatterColumn(field, kind, parts, placement)
    if (column !== undefined) columns[field] = column
  }
  const subject = scatterSubjects(parts, placement)
  const table = { rows: placement.rows, subject, columns, ...scatterLines(parts, placement) }
  return { table: table as unknown as RecordTable<T>, origin: () => originOf(parts, of, placement) }
}

interface LaidOut {
  /** The parts, or runs of them, that are laid end to end; text keys share a dictionary. */
  readonly parts: readonly Part[]
  /** Which given part each of them is of. */
  readonly of: readonly number[]
  readonly placement: Placement
}

/** Parts in order stay as they are, those without a subject in common are cut into runs in order, all others are sorted. */
function layOut(name: TableName, given: readonly Part[]): LaidOut {
  const { parts, values } = keysOf(name, given)
  const of = parts.map((_, p) => p)
  if (isSorted(parts, values)) return { parts, of, placement: rowsInOrder(parts) }
  return runsInOrder(parts, values) ?? { parts, of, placement: sortRows(parts, values) }
}

function runsInOrder(parts: readonly Part[], values: SortKeys['values']): LaidOut | null {
  const runs = cutRuns(parts)
  if (runs === null) return null
  const of = runs.map((run) => run.of)
  const keys = values.map((key) => of.map((p) => key[p]))
  return isSorted(runs, keys) ? { parts: runs, of, placement: rowsInOrder(runs) } : null
}

function originOf(parts: readonly Part[], of: readonly number[], { rows, place }: Placement): Uint32Array {
  const origin = new Uint32Array(rows)
  let at = 0
  for (const [p, { from, to }] of parts.entries()) {
    const end = at + to - from
    if (place === null) origin.fill(of[p], at, end)
    else for (let row = at; row < end; row++) if (place[row] >= 0) origin[place[row]] = of[p]
    at = end
  }
  return origin
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
