import type { Column, ColumnKind, ColumnOf } from '@afferent/records'
import { isPresent } from '@afferent/records'
import { allocateValues } from '../join/scatter.ts'

type NumberKind = Exclude<ColumnKind, 'text'>

/** The column as another kind of number; the very arrays where they already are of that kind. */
export function toKind<K extends NumberKind>(column: Column, kind: K, scale = 1): ColumnOf<K> {
  const fits = column.kind === kind || (column.kind === 'date' && kind === 'i32')
  if (fits && scale === 1) return { ...column, kind } as unknown as ColumnOf<K>
  const { length } = column.values
  const values = allocateValues(kind, length)
  const from = column.values
  if (scale === 1) for (let row = 0; row < length; row++) values[row] = from[row]
  else for (let row = 0; row < length; row++) values[row] = from[row] * scale
  return { kind, values, valid: column.valid } as unknown as ColumnOf<K>
}

/** Calls back with every row that has a value. */
export function forEachValue(column: Column, visit: (value: number, row: number) => void): void {
  for (let row = 0; row < column.values.length; row++) {
    if (isPresent(column.valid, row)) visit(column.values[row], row)
  }
}
