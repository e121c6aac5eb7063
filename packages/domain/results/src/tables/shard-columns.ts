import type { ColumnTable, NumberColumn, TextColumn } from '@afferent/records'

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
