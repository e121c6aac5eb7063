import { type Column, type ColumnKind, type ColumnTable, maskBytes, type TextColumn } from './column.ts'
import type { BytesRef, TaskHost } from './ports.ts'
import { sharing } from './shared-arrays.ts'
import { copyMask, withoutFullMask } from './validity.ts'

/**
 * Tables put aside: what a study is made of while it is analysed, where that is more than memory should hold. Dictionaries stay in
 * memory, arrays do not; any rows can be taken back.
 */
export interface TableAside {
  readonly rows: number
  readonly ref: BytesRef
  readonly columns: Readonly<Record<string, ColumnAside>>
}

/** A record table that was put aside. */
export interface RecordsAside {
  /** With `subject`, and `line` where lines do not follow one another. */
  readonly table: TableAside
  readonly firstLine: number
}

/** Where a column's arrays lie in the bytes; `mask` null: every row has a value. */
interface ColumnAside {
  readonly kind: ColumnKind
  readonly array: ArrayName
  readonly values: number
  readonly mask: number | null
  readonly dictionary: readonly string[] | null
}

type ArrayName = keyof typeof ARRAYS

const ARRAYS = { u8: Uint8Array, u16: Uint16Array, i16: Int16Array, i32: Int32Array, f64: Float64Array } as const

/** Arrays begin at a multiple of it. */
const ALIGNMENT = 8

/** Puts tables aside in one go, to be taken back each by itself. */
export function putAside(tables: readonly ColumnTable[], host: Pick<TaskHost, 'putAside'>): TableAside[] {
  const parts: Uint8Array[] = []
  let at = 0
  const place = sharing((array: Column['values']): number => {
    const from = at
    const padding = (ALIGNMENT - (array.byteLength % ALIGNMENT)) % ALIGNMENT
    parts.push(bytesOf(array), new Uint8Array(padding))
    at += array.byteLength + padding
    return from
  })
  const placed = tables.map(({ rows, columns }) => {
    const aside: Record<string, ColumnAside> = {}
    for (const [name, column] of Object.entries(columns)) {
      const { kind, values, valid } = column
      const dictionary = kind === 'text' ? column.dictionary : null
      const mask = valid === null ? null : place(valid.subarray(0, maskBytes(rows)))
      aside[name] = { kind, array: arrayName(values), values: place(values), mask, dictionary }
    }
    return { rows, columns: aside }
  })
  const ref = host.putAside(parts)
  return placed.map((table) => ({ ...table, ref }))
}

/**
 * Rows `from` (included) to `to` (not) of a table that was put aside, in memory of their own. It is ordinary memory: of shared
 * memory the engine keeps no account, so that a thread which takes table after table would hold gigabytes before it looks for what
 * nobody needs any more.
 */
export function takeBack(table: TableAside, from: number, to: number, host: Pick<TaskHost, 'open'>): ColumnTable {
  const source = host.open(table.ref)
  const read = (into: Uint8Array, position: number): void => {
    if (source.read(into, position) < into.length) throw new Error('what was put aside is shorter than it was')
  }
  const valuesAt = once((at, array) => {
    const values = new ARRAYS[array](to - from)
    read(bytesOf(values), at + from * values.BYTES_PER_ELEMENT)
    return values
  })
  const maskAt = once((at) => {
    const first = from >> 3
    const whole = new Uint8Array(maskBytes(to) - first)
    read(whole, at + first)
    const own = new Uint8Array(maskBytes(to - from))
    copyMask(own, 0, whole, from & 7, (from & 7) + to - from)
    return withoutFullMask(own, to - from)
  })
  const columns: Record<string, Column> = {}
  for (const [name, { kind, array, values: at, mask, dictionary }] of Object.entries(table.columns)) {
    const values = valuesAt(at, array)
    const valid = mask === null ? null : maskAt(mask, 'u8')
    columns[name] = (kind === 'text' ? { kind, values, valid, dictionary } : { kind, values, valid }) as Column
  }
  return { rows: to - from, columns }
}

/** `make`, called once for each place and kind: arrays without rows take no place of their own. */
function once<R>(make: (at: number, array: ArrayName) => R): (at: number, array: ArrayName) => R {
  const made = new Map<string, R>()
  return (at, array) => {
    const key = `${at} ${array}`
    const known = made.get(key)
    if (known !== undefined) return known
    const result = make(at, array)
    made.set(key, result)
    return result
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

function arrayName(values: Column['values'] | TextColumn['values']): ArrayName {
  if (values instanceof Int16Array) return 'i16'
  switch (values.BYTES_PER_ELEMENT) {
    case 1:
      return 'u8'
    case 2:
      return 'u16'
    case 4:
      return 'i32'
    default:
      return 'f64'
  }
}
