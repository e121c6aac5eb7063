import type { Column, RecordTable, TableName } from '@afferent/records'
import { allocate, isPresent, markPresent, maskBytes } from '@afferent/records'
import { joinParts } from '../join/join-parts.ts'

/** Changes to a table whose arrays may belong to others: columns are copied when first written to. */
export interface Changes {
  /** Takes a row out of the table. */
  drop(row: number): void
  /** Gives row `to` the value of row `from` in one column. */
  copy(column: string, from: number, to: number): void
  setBits(column: string, asked: string, row: number, bits: number, askedBits: number): void
  isDropped(row: number): boolean
  /** All columns as changed so far, of all rows. */
  columns(): Readonly<Record<string, Column | undefined>>
  /** The table with all changes; the very table given if there were none. */
  apply<T extends TableName>(name: T): RecordTable<T>
}

export function changesTo(table: RecordTable<TableName>): Changes {
  const original = table.columns as Readonly<Record<string, Column | undefined>>
  const changed: Record<string, Column> = {}
  let dropped: Uint8Array | null = null

  function writable(name: string): Column {
    changed[name] ??= copyOf(original[name] as Column)
    return changed[name]
  }

  function copy(name: string, from: number, to: number): void {
    const source = original[name]
    if (source === undefined || sameCell(source, from, to)) return
    const column = writable(name)
    column.values[to] = source.values[from]
    if (column.valid === null) return
    if (isPresent(source.valid, from)) markPresent(column.valid, to)
    else column.valid[to >> 3] &= ~(1 << (to & 7))
  }

  return {
    drop(row) {
      dropped ??= new Uint8Array(maskBytes(table.rows))
      markPresent(dropped, row)
    },
    isDropped: (row) => dropped !== null && isPresent(dropped, row),
    columns: () => ({ ...original, ...changed }),
    copy,
    setBits(name, asked, row, bits, askedBits) {
      for (const [column, value] of [
        [name, bits],
        [asked, askedBits],
      ] as const) {
        const source = original[column]
        if (source === undefined || (source.values[row] === value && isPresent(source.valid, row))) continue
        if (askedBits === 0) continue
        const target = writable(column)
        target.values[row] = value
        if (target.valid !== null) markPresent(target.valid, row)
      }
    },
    apply<T extends TableName>(name: T) {
      const columns = { ...original, ...changed }
      if (dropped === null) {
        return (Object.keys(changed).length === 0 ? table : { ...table, columns }) as RecordTable<T>
      }
      const part = { ...table, from: 0, to: table.rows, recode: null, columns, dropped }
      return joinParts(name, [part]).table
    },
  }
}

const sameCell = (column: Column, a: number, b: number): boolean =>
  column.values[a] === column.values[b] && isPresent(column.valid, a) === isPresent(column.valid, b)

function copyOf(column: Column): Column {
  const values = copyValues(column.values)
  return { ...column, values, valid: column.valid === null ? null : copyValues(column.valid) } as Column
}

function copyValues<T extends Column['values']>(values: T): T {
  const bytes = allocate.u8(values.byteLength)
  const View = values.constructor as new (buffer: ArrayBufferLike) => T
  const copy = new View(bytes.buffer)
  copy.set(values)
  return copy
}
