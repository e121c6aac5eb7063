import type { Column, ColumnOf, RecordTable } from '@afferent/records'
import { allocate, isPresent, markPresent, maskBytes } from '@afferent/records'
import { joinParts } from '../join/join-parts.ts'

export interface WideRows<T extends 'diary' | 'values'> {
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
export function settleWideRows<T extends 'diary' | 'values'>(name: T, joined: RecordTable<T>): WideRows<T> {
  const before = countRows(joined)
  const table = name === 'values' ? withoutCopies(name, joined) : joined
  const used = numberRows(table)
  return { table, used, copies: before - used }
}

const rowColumn = (table: { readonly columns: object }): ColumnOf<'i32'> =>
  (table.columns as { readonly row: ColumnOf<'i32'> }).row

const countRows = (table: { readonly columns: object }): number => new Set(rowColumn(table).values).size

function withoutCopies<T extends 'diary' | 'values'>(name: T, table: RecordTable<T>): RecordTable<T> {
  const { phase, parameter, visit, value, treatment } = table.columns as Readonly<Record<string, Column | undefined>>
  const same = [phase, parameter, visit].filter((column) => column !== undefined)
  const content = [value, treatment].filter((column) => column !== undefined)
  const dropped = new Uint8Array(maskBytes(table.rows))
  const sizes = rowSizes(table)
  let any = false
  let start = -1
  const kept = new Map<string, number>()
  for (let row = 0; row < table.rows; row++) {
    if (start < 0 || table.subject[row] !== table.subject[start] || !equalCells(same, start, row)) {
      start = row
      kept.clear()
    }
    const cells = content.map((column) => (isPresent(column.valid, row) ? column.values[row] : '')).join(' ')
    const other = kept.get(cells)
    // Of copies that of the row with most records stays, so that a row is a copy only if another says all it says.
    const isBetter = other === undefined || sizes[row] > sizes[other]
    if (isBetter) kept.set(cells, row)
    if (other === undefined) continue
    markPresent(dropped, isBetter ? other : row)
    any = true
  }
  if (!any) return table
  return joinParts(name, [{ ...table, from: 0, to: table.rows, recode: null, columns: table.columns, dropped }]).table
}

/** How many records the physical row of each record gives. */
function rowSizes(table: { readonly columns: object }): Int32Array {
  const { values } = rowColumn(table)
  const sizes = new Map<number, number>()
  for (const row of values) sizes.set(row, (sizes.get(row) ?? 0) + 1)
  return values.map((row) => sizes.get(row) ?? 0)
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
