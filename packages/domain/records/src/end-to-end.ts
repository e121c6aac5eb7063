import { allocate, type Column, type ColumnTable, compareBytes, type TextColumn } from './column.ts'
import { copyMask, withoutFullMask } from './validity.ts'

/** Tables of the same columns as one; words of their dictionaries in one list in byte order. */
export function laidEndToEnd(tables: readonly ColumnTable[]): ColumnTable {
  const [first] = tables as [ColumnTable, ...ColumnTable[]]
  if (tables.length === 1) return first
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const columns: Record<string, Column> = {}
  for (const [name, column] of Object.entries(first.columns)) {
    const parts = inSameWords(tables.map((table) => table.columns[name] as Column))
    const { dictionary } = parts[0] as TextColumn
    const words = column.kind === 'text' ? { dictionary } : {}
    columns[name] = { ...column, ...words, values: endToEnd(parts, rows), valid: masksEndToEnd(parts, rows) } as Column
  }
  return { rows, columns }
}

function inSameWords(parts: readonly Column[]): readonly Column[] {
  const texts = parts.filter((part) => part.kind === 'text')
  const [first] = texts
  if (first === undefined || texts.every(({ dictionary }) => areSame(dictionary, first.dictionary))) return parts
  const dictionary = [...new Set(texts.flatMap((part) => part.dictionary))].sort(compareBytes)
  const codes = new Map(dictionary.map((word, code) => [word, code]))
  return texts.map(({ kind, values, valid, dictionary: own }) => {
    const recode = own.map((word) => codes.get(word) as number)
    const out = dictionary.length <= 0x100 ? allocate.u8(values.length) : allocate.i32(values.length)
    for (let row = 0; row < values.length; row++) out[row] = recode[values[row] as number] ?? 0
    return { kind, values: out, valid, dictionary }
  })
}

const areSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i])

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
