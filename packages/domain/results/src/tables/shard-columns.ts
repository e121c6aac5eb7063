import type { Column, ColumnTable, NumberColumn, TextColumn } from '@afferent/records'

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

/** Rows `from` to `to` of a table as views; `from` is a multiple of 8, where a mask can be cut. */
export function rowRange(table: ColumnTable, from: number, to: number): ColumnTable {
  if (from % 8 !== 0) throw new RangeError(`a mask cannot be cut at row ${from}`)
  if (from === 0 && to === table.rows) return table
  const columns: Record<string, Column> = {}
  for (const [name, column] of Object.entries(table.columns)) {
    const valid = column.valid === null ? null : column.valid.subarray(from >> 3)
    columns[name] = { ...column, values: column.values.subarray(from, to), valid } as Column
  }
  return { rows: to - from, columns }
}
