import {
  type Column,
  type ColumnTable,
  copyMask,
  maskBytes,
  type NumberColumn,
  type TextColumn,
  type Validity,
} from '@afferent/records'

/** Columns of a shard by name and kind. Throws Error where a shard lacks one: a broken promise of `derive`. */
export function numbersOf(table: ColumnTable, name: string): NumberColumn {
  const column = table.columns[name]
  if (column === undefined || column.kind === 'text') throw new Error(`a shard has no numbers ${name}`)
  return column
}

export function textsOf(table: ColumnTable, name: string): TextColumn {
  const column = table.columns[name]
  if (column?.kind !== 'text') throw new Error(`a shard has no texts ${name}`)
  return column
}

/** Rows `from` to `to` of a table as views; a mask that is cut inside a byte is copied. */
export function rowRange(table: ColumnTable, from: number, to: number): ColumnTable {
  if (from === 0 && to === table.rows) return table
  const columns: Record<string, Column> = {}
  for (const [name, column] of Object.entries(table.columns)) {
    columns[name] = {
      ...column,
      values: column.values.subarray(from, to),
      valid: cutMask(column.valid, from, to),
    } as Column
  }
  return { rows: to - from, columns }
}

function cutMask(valid: Validity, from: number, to: number): Validity {
  if (valid === null || from % 8 === 0) return valid?.subarray(from >> 3) ?? null
  const mask = new Uint8Array(maskBytes(to - from))
  copyMask(mask, 0, valid, from, to)
  return mask
}
