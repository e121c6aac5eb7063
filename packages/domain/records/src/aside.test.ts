import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { putAside, takeBack } from './aside.ts'
import { allocate, type Column, type ColumnTable, isPresent, markPresent } from './column.ts'
import { laidEndToEnd } from './end-to-end.ts'
import { pickRows } from './pick-rows.ts'
import type { BytesRef } from './ports.ts'

const WORDS = ['a', 'b', 'ö']

type Cell = { readonly value: number; readonly present: boolean }

const cells = fc.array(fc.record({ value: fc.nat(2), present: fc.boolean() }), { maxLength: 40 })

function column(kind: 'u8' | 'u16' | 'i16' | 'i32' | 'f64' | 'text', rows: readonly Cell[]): Column {
  const values = allocate[kind === 'text' ? 'u16' : kind](rows.length)
  const valid = allocate.mask(rows.length)
  rows.forEach(({ value, present }, row) => {
    if (!present) return
    values[row] = value
    markPresent(valid, row)
  })
  const mask = rows.every(({ present }) => present) ? null : valid
  return { kind, values, valid: mask, ...(kind === 'text' ? { dictionary: WORDS } : {}) } as Column
}

const tableOf = (rows: readonly Cell[]): ColumnTable => ({
  rows: rows.length,
  columns: Object.fromEntries((['u8', 'u16', 'i16', 'i32', 'f64', 'text'] as const).map((k) => [k, column(k, rows)])),
})

/** Cells of every column, as whoever reads the table sees them. */
const shown = ({ rows, columns }: ColumnTable): unknown[] =>
  Object.entries(columns).map(([name, one]) => [
    name,
    one.values.constructor.name,
    Array.from({ length: rows }, (_, row) => {
      if (!isPresent(one.valid, row)) return null
      return one.kind === 'text' ? one.dictionary[one.values[row] as number] : one.values[row]
    }),
  ])

const host = {
  putAside(parts: readonly Uint8Array[]): BytesRef {
    return { kind: 'memory', bytes: Uint8Array.from(parts.flatMap((part) => [...part])) }
  },
  open(ref: BytesRef) {
    const { bytes } = ref as { bytes: Uint8Array }
    const read = (into: Uint8Array, at: number): number => {
      const part = bytes.subarray(at, at + into.length)
      into.set(part)
      return part.length
    }
    return { size: bytes.length, read }
  },
}

test('any rows of a table that was put aside come back as they were', () => {
  fc.assert(
    fc.property(cells, cells, fc.nat(40), fc.nat(40), (first, second, a, b) => {
      const [from, to] = [Math.min(a, b, second.length), Math.min(Math.max(a, b), second.length)]
      const aside = putAside([tableOf(first), tableOf(second)], host)
      expect(shown(takeBack(aside[0]!, 0, first.length, host))).toEqual(shown(tableOf(first)))
      expect(shown(takeBack(aside[1]!, from, to, host))).toEqual(shown(tableOf(second.slice(from, to))))
      const both = laidEndToEnd(aside.map((table) => takeBack(table, 0, table.rows, host)))
      expect(shown(both)).toEqual(shown(tableOf([...first, ...second])))
    }),
  )
})

test('bytes that are gone are told, not read as zeros', () => {
  const [aside] = putAside([tableOf([{ value: 1, present: true }])], host)
  const ref: BytesRef = { kind: 'memory', bytes: new Uint8Array(3) }
  expect(() => takeBack({ ...aside!, ref }, 0, 1, host)).toThrow('shorter than it was')
})

test('rows are picked in the order given, and tables laid end to end', () => {
  fc.assert(
    fc.property(cells, cells, (first, second) => {
      const both = laidEndToEnd([tableOf(first), tableOf(second)])
      expect(shown(both)).toEqual(shown(tableOf([...first, ...second])))
      const order = Int32Array.from({ length: both.rows }, (_, i) => both.rows - 1 - i)
      expect(shown(pickRows(both, order))).toEqual(shown(tableOf([...first, ...second].toReversed())))
    }),
  )
})
