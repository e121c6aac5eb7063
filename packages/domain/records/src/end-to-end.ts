import { allocate, type Column, type ColumnTable } from './column.ts'
import { copyMask, withoutFullMask } from './validity.ts'

/** Tables of the same columns and dictionaries as one. */
export function laidEndToEnd(tables: readonly ColumnTable[]): ColumnTable {
  const [first] = tables as [ColumnTable, ...ColumnTable[]]
  if (tables.length === 1) return first
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const columns: Record<string, Column> = {}
  for (const [name, column] of Object.entries(first.columns)) {
    const parts = tables.map((table) => table.columns[name] as Column)
    columns[name] = { ...column, values: endToEnd(parts, rows), valid: masksEndToEnd(parts, rows) } as Column
  }
  return { rows, columns }
}

function endToEnd(parts: readonly Column[], rows: number): Column['values'] {
  const values = arrayLike((parts[0] as Column).values, rows)
  let at = 0
  for (const part of parts) {
    values.set(part.values, at)
    at += part.values.length
  }
  return values
}

function masksEndToEnd(parts: readonly Column[], rows: number): Uint8Array | null {
  const mask = allocate.mask(rows)
  let at = 0
  for (const { values, valid } of parts) {
    copyMask(mask, at, valid, 0, values.length)
    at += values.length
  }
  return withoutFullMask(mask, rows)
}

function arrayLike(values: Column['values'], length: number): Column['values'] {
  if (values instanceof Float64Array) return allocate.f64(length)
  if (values instanceof Int32Array) return allocate.i32(length)
  if (values instanceof Int16Array) return allocate.i16(length)
  return values instanceof Uint16Array ? allocate.u16(length) : allocate.u8(length)
}
