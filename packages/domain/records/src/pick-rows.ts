import { allocate, type Column, type ColumnTable, isPresent, markPresent, type Validity } from './column.ts'
import { sharing } from './shared-arrays.ts'
import { withoutFullMask } from './validity.ts'

type Values = Column['values']

/** Some rows of a table, in the order these are given; dictionaries stay as they are. Columns that share arrays go on to. */
export function pickRows(table: ColumnTable, rows: Int32Array): ColumnTable {
  const columns: Record<string, Column> = {}
  const values = sharing((from: Values) => pickValues(from, rows))
  const masks = sharing((from: Uint8Array) => pickMask(from, rows))
  for (const [name, column] of Object.entries(table.columns)) {
    const valid = column.valid === null ? null : masks(column.valid)
    columns[name] = { ...column, values: values(column.values), valid } as Column
  }
  return { rows: rows.length, columns }
}

function pickMask(valid: Uint8Array, rows: Int32Array): Validity {
  const out = allocate.mask(rows.length)
  for (let i = 0; i < rows.length; i++) if (isPresent(valid, rows[i] as number)) markPresent(out, i)
  return withoutFullMask(out, rows.length)
}

/** One loop per kind of array, each written out: a loop that sees several kinds is several times slower. */
function pickValues(from: Values, rows: Int32Array): Values {
  if (from instanceof Float64Array) return pickDoubles(from, rows, allocate.f64(rows.length))
  if (from instanceof Int32Array) return pickInts(from, rows, allocate.i32(rows.length))
  if (from instanceof Int16Array) return pickSigned(from, rows, allocate.i16(rows.length))
  if (from instanceof Uint16Array) return pickShorts(from, rows, allocate.u16(rows.length))
  return pickBytes(from, rows, allocate.u8(rows.length))
}

function pickBytes(from: Uint8Array, rows: Int32Array, into: Uint8Array): Uint8Array {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i] as number] as number
  return into
}

function pickShorts(from: Uint16Array, rows: Int32Array, into: Uint16Array): Uint16Array {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i] as number] as number
  return into
}

function pickSigned(from: Int16Array, rows: Int32Array, into: Int16Array): Int16Array {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i] as number] as number
  return into
}

function pickInts(from: Int32Array, rows: Int32Array, into: Int32Array): Int32Array {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i] as number] as number
  return into
}

function pickDoubles(from: Float64Array, rows: Int32Array, into: Float64Array): Float64Array {
  for (let i = 0; i < rows.length; i++) into[i] = from[rows[i] as number] as number
  return into
}
