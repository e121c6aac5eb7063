import type { Column, ColumnOf, RecordTable, SettledName } from '@afferent/records'
import { allocate, isPresent, markPresent, maskBytes, RECORD_TABLES } from '@afferent/records'
import { joinParts } from '../join/join-parts.ts'
import { preferRows } from '../settle/physical-rows.ts'

export interface WideRows<T extends SettledName> {
  readonly table: RecordTable<T>
  /** Physical rows that gave a record, and those whose records were all copies of others. */
  readonly used: number
  readonly copies: number
}

/**
 * Records of which one row of the export gives several. Identical copies of a value within one file are one value (a
 * baseline that stands on every row of a subject), and `row` becomes the number of the row among the subject's rows, in the
 * order of the records, so that it does not depend on where the rows stood.
 */
export function settleWideRows<T extends SettledName>(name: T, joined: RecordTable<T>): WideRows<T> {
  const before = countRows(joined)
  const table = name === 'diary' ? joined : withoutCopies(name, joined)
  const used = numberRows(table)
  return { table, used, copies: before - used }
}

const rowColumn = (table: { readonly columns: object }): ColumnOf<'i32'> =>
  (table.columns as { readonly row: ColumnOf<'i32'> }).row

const countRows = (table: { readonly columns: object }): number => new Set(rowColumn(table).values).size

function withoutCopies<T extends SettledName>(name: T, table: RecordTable<T>): RecordTable<T> {
  const names: readonly string[] = RECORD_TABLES[name].key
  const columns = Object.entries(table.columns as Readonly<Record<string, Column>>).filter(
    ([column]) => column !== 'row',
  )
  const key = columns.filter(([column]) => names.includes(column)).map(([, column]) => column)
  const content = columns.filter(([column]) => !names.includes(column)).map(([, column]) => column)
  const { values: row } = rowColumn(table)
  const dropped = new Uint8Array(maskBytes(table.rows))
  let prefer: ((a: number, b: number) => number) | null = null
  let start = 0
  for (let end = 1; end <= table.rows; end++) {
    const goesOn = end < table.rows && table.subject[end] === table.subject[start] && equalCells(key, start, end)
    if (goesOn) continue
    if (end - start > 1) {
      prefer ??= preferRows(table.rows, [...key, ...content], (record) => row[record])
      dropCopies(content, start, end, prefer, dropped)
    }
    start = end
  }
  if (prefer === null) return table
  return joinParts(name, [{ ...table, from: 0, to: table.rows, recode: null, columns: table.columns, dropped }]).table
}

/** Of equal records that of the row that says most stays, so that a row is a copy only if another says all it says. */
function dropCopies(
  content: readonly Column[],
  from: number,
  to: number,
  prefer: (a: number, b: number) => number,
  dropped: Uint8Array,
): void {
  const kept = new Map<string, number>()
  for (let record = from; record < to; record++) {
    const cells = content.map((column) => (isPresent(column.valid, record) ? column.values[record] : '')).join(' ')
    const other = kept.get(cells)
    const isBetter = other === undefined || prefer(record, other) < 0
    if (isBetter) kept.set(cells, record)
    if (other !== undefined) markPresent(dropped, isBetter ? other : record)
  }
}

function equalCells(columns: readonly Column[], a: number, b: number): boolean {
  return columns.every(({ values, valid }) => values[a] === values[b] && isPresent(valid, a) === isPresent(valid, b))
}

/** Numbers rows within each subject by first appearance; gives back how many there are. */
function numberRows(table: { readonly subject: Int32Array; readonly columns: object; readonly rows: number }): number {
  const row = rowColumn(table)
  const numbers = new Map<number, number>()
  const values = allocate.i32(table.rows)
  let total = 0
  let last = -1
  for (let i = 0; i < table.rows; i++) {
    if (table.subject[i] !== last) numbers.clear()
    last = table.subject[i]
    const known = numbers.get(row.values[i]) ?? numbers.size
    if (!numbers.has(row.values[i])) {
      numbers.set(row.values[i], known)
      total++
    }
    values[i] = known
  }
  row.values.set(values)
  return total
}
