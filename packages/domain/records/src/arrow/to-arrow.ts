import type * as Arrow from 'apache-arrow'
import type { Data, DataType } from 'apache-arrow'
import type { Column, ColumnTable } from '../column.ts'
import { checkCodes } from './check-codes.ts'
import { arrowData, dictionaryVector, KIND, typeInMemory } from './column-type.ts'
import { Dictionary, Field } from './library.ts'
import { ArrowParts, joinParts } from './parts.ts'

/**
 * A table of the vault (dataset, shard) as an Arrow IPC file of one batch. Values and masks are taken as they lie in
 * memory; equal tables and metadata give equal bytes. `fromArrow` reads it back.
 *
 * Throws  RangeError where a code points outside its dictionary: it would read back as nothing.
 */
export function toArrow(table: ColumnTable, meta: Readonly<Record<string, string>> = {}): Uint8Array {
  return joinParts(toArrowParts(table, meta))
}

/** The same file as parts in order; most of them are views on the table's own arrays. */
export function toArrowParts(table: ColumnTable, meta: Readonly<Record<string, string>> = {}): Uint8Array[] {
  const names = Object.keys(table.columns)
  const types = names.map((name, id) => typeInMemory(table.columns[name] as Column, id))
  const fields = names.map((name, i) => fieldOf(name, table.columns[name] as Column, types[i] as DataType))
  const file = new ArrowParts(fields, meta)
  const children = names.map((name, i) => dataOf(name, table.columns[name] as Column, types[i] as DataType, table.rows))
  return [...file.write(table.rows, children), ...file.finish()]
}

function fieldOf(name: string, column: Column, type: DataType): Arrow.Field {
  const metadata = column.kind === 'instant' ? new Map([[KIND, 'instant']]) : undefined
  return new Field(name, type, true, metadata)
}

function dataOf(name: string, column: Column, type: DataType, rows: number): Data {
  if (column.values.length < rows) {
    throw new RangeError(`column ${name} holds ${column.values.length} values, the table has ${rows} rows`)
  }
  const values = column.values.length === rows ? column.values : column.values.subarray(0, rows)
  if (column.kind !== 'text' || !(type instanceof Dictionary)) return arrowData(type, rows, values, column.valid)
  checkCodes(name, column, rows)
  return arrowData(type, rows, values, column.valid, dictionaryVector(column.dictionary))
}
