import type { Column, ColumnKind, TextColumn } from '@afferent/records'
import { isPresent } from '@afferent/records'
import { isInByteOrder, joinDictionaries } from './dictionaries.ts'
import type { Part } from './part.ts'
import { allocateCodes } from './scatter.ts'

/** Parts whose text keys share one dictionary, and the values to sort by: `values[k][p]` of key k in part p. */
export interface SortKeys {
  readonly parts: readonly Part[]
  readonly values: readonly (readonly Column['values'][])[]
}

export function sortKeys(
  parts: readonly Part[],
  sortedBy: readonly string[],
  kinds: Readonly<Record<string, ColumnKind>>,
): SortKeys {
  const used = sortedBy.filter((field) => parts.some((part) => part.columns[field] !== undefined))
  const recoded = used.filter((field) => kinds[field] === 'text').reduce(shareDictionary, parts)
  const values = used.map((field) => keyValues(recoded.map((part) => ({ part, column: part.columns[field] }))))
  return { parts: recoded, values }
}

type KeyColumn = { readonly part: Part; readonly column: Column | undefined }

/** The values themselves where none is missing; else missing ones come before all others. */
function keyValues(columns: readonly KeyColumn[]): Column['values'][] {
  if (columns.every(({ column }) => column !== undefined && column.valid === null)) {
    return columns.map(({ column }) => (column as Column).values)
  }
  let low = Number.POSITIVE_INFINITY
  for (const { part, column } of columns) {
    if (column === undefined) continue
    for (let row = part.from; row < part.to; row++) {
      if (isPresent(column.valid, row) && column.values[row] < low) low = column.values[row]
    }
  }
  const missing = Number.isFinite(low) ? low - 1 : 0
  return columns.map(({ part, column }) => {
    const values = new Float64Array(part.to).fill(missing)
    if (column === undefined) return values
    for (let row = part.from; row < part.to; row++) {
      if (isPresent(column.valid, row)) values[row] = column.values[row]
    }
    return values
  })
}

/** The same parts with the codes of one text column in byte order of all their texts. */
function shareDictionary(parts: readonly Part[], field: string): readonly Part[] {
  const columns = parts.map((part) => part.columns[field] as TextColumn | undefined)
  if (parts.length === 1 && isInByteOrder(columns[0]?.dictionary ?? [])) return parts
  const { list, recodes } = joinDictionaries(columns.map((column) => column?.dictionary ?? []))
  return parts.map((part, p) => {
    const column = columns[p]
    if (column === undefined) return part
    return { ...part, columns: { ...part.columns, [field]: recode(column, recodes[p], list) } }
  })
}

function recode(column: TextColumn, codes: Int32Array, dictionary: readonly string[]): TextColumn {
  const values = allocateCodes(dictionary.length, column.values.length)
  for (let row = 0; row < values.length; row++) {
    if (isPresent(column.valid, row)) values[row] = codes[column.values[row]]
  }
  return { kind: 'text', values, valid: column.valid, dictionary }
}
