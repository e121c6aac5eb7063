import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, type Column, type ColumnTable, isPresent, markPresent } from '../column.ts'
import { arrowFile, fromArrow, joinParts, readyBatch, toArrow } from './index.ts'

const mask = (present: boolean[]): Uint8Array => {
  const valid = allocate.mask(present.length)
  present.forEach((is, row) => {
    if (is) markPresent(valid, row)
  })
  return valid
}

/** Cells as a reader sees them: null where the mask says missing. */
const cells = (column: Column, rows: number): unknown[] =>
  Array.from({ length: rows }, (_, row) => {
    if (!isPresent(column.valid, row)) return null
    const value = column.values[row] as number
    return column.kind === 'text' ? column.dictionary[value] : value
  })

const KINDS = ['u8', 'u16', 'i16', 'i32', 'date', 'f64', 'instant'] as const
const ARRAYS = {
  u8: Uint8Array,
  u16: Uint16Array,
  i16: Int16Array,
  i32: Int32Array,
  date: Int32Array,
  f64: Float64Array,
  instant: Float64Array,
}

function tableOf(numbers: readonly number[], present: boolean[]): ColumnTable {
  const columns: Record<string, Column> = {}
  for (const kind of KINDS) {
    columns[kind] = {
      kind,
      values: ARRAYS[kind].from(numbers.map((n, i) => (present[i] ? n : 0))),
      valid: mask(present),
    } as Column
  }
  columns.text = {
    kind: 'text',
    values: Uint16Array.from(numbers, (n) => n % 3),
    valid: null,
    dictionary: ['', 'Grüße', 'mild "pain"'],
  }
  return { rows: numbers.length, columns }
}

describe('a table in the vault', () => {
  it('reads back value for value, missing cells included', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 127 }), fc.boolean()), { maxLength: 40 }), (rows) => {
        const table = tableOf(
          rows.map(([n]) => n),
          rows.map(([, is]) => is),
        )
        const back = fromArrow(toArrow(table))
        expect(back.rows).toBe(table.rows)
        expect(Object.keys(back.columns)).toEqual(Object.keys(table.columns))
        for (const [name, column] of Object.entries(table.columns)) {
          expect(back.columns[name]?.kind).toBe(column.kind)
          expect(cells(back.columns[name] as Column, back.rows)).toEqual(cells(column, table.rows))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('keeps negative, fractional and very large numbers and its metadata', () => {
    const values = Float64Array.of(-0.1, 1e300, Number.MIN_VALUE, -29.999999999999993)
    const back = fromArrow(toArrow({ rows: 4, columns: { x: { kind: 'f64', values, valid: null } } }, { version: '3' }))
    expect([...(back.columns.x as Column).values]).toEqual([...values])
    expect(back.meta).toEqual({ version: '3' })
  })

  it('is the same file every time, whatever was written before', () => {
    const table = tableOf([1, 2, 3], [true, false, true])
    const first = toArrow(table)
    toArrow(tableOf([9], [true]))
    expect(toArrow(table)).toEqual(first)
  })

  it('does not depend on mask bits behind the last row', () => {
    const column = (last: number): ColumnTable => ({
      rows: 3,
      columns: { x: { kind: 'u8', values: Uint8Array.of(1, 0, 3), valid: Uint8Array.of(last) } },
    })
    expect(toArrow(column(0b1111_1101))).toEqual(toArrow(column(0b101)))
  })

  it.each([127, 128, 129, 256])('keeps text apart in a dictionary of %i', (n) => {
    const dictionary = Array.from({ length: n }, (_, i) => `item ${i}`)
    const values = Uint8Array.from(dictionary, (_, i) => i)
    const back = fromArrow(toArrow({ rows: n, columns: { x: { kind: 'text', values, valid: null, dictionary } } }))
    expect(cells(back.columns.x as Column, n)).toEqual(dictionary)
  })

  it('refuses a code outside its dictionary instead of writing a hole', () => {
    const column: Column = { kind: 'text', values: Uint8Array.of(0, 1), valid: null, dictionary: ['one'] }
    expect(() => toArrow({ rows: 2, columns: { x: column } })).toThrow(/code 1 in a dictionary of 1/)
  })

  it('takes bytes from an odd address', () => {
    const bytes = toArrow({ rows: 1, columns: { x: { kind: 'f64', values: Float64Array.of(2.5), valid: null } } })
    const odd = new Uint8Array(bytes.length + 3).subarray(3)
    odd.set(bytes)
    expect([...(fromArrow(odd).columns.x as Column).values]).toEqual([2.5])
  })

  it('gives columns on shared memory, so that threads need no copy', () => {
    const back = fromArrow(toArrow(tableOf([1], [true])))
    expect(back.columns.f64?.values.buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})

describe('a result file', () => {
  it('gives the same bytes for the same batches', () => {
    const write = (): Uint8Array => {
      const fields = [{ name: 'AVAL', type: 'number', metadata: { label: 'Analysis Value' } }] as const
      const file = arrowFile(fields)
      const columns = { AVAL: { kind: 'f64', values: Float64Array.of(1, 2), valid: null } } as const
      return joinParts([...file.write(readyBatch(fields, { rows: 2, columns })), ...file.finish()])
    }
    expect(write()).toEqual(write())
  })

  it('refuses NaN and infinity, which nobody could publish', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const columns = { AVAL: { kind: 'f64', values: Float64Array.of(bad), valid: null } } as const
      expect(() => readyBatch([{ name: 'AVAL', type: 'number' }], { rows: 1, columns })).toThrow(RangeError)
    }
  })

  it('refuses a 32,769th text where codes have 16 bits', () => {
    const dictionary = Array.from({ length: 32_769 }, (_, i) => `${i}`)
    expect(() => arrowFile([{ name: 'SITEID', type: 'code16', dictionary }])).toThrow(/32769 texts/)
    expect(() => arrowFile([{ name: 'SITEID', type: 'code32', dictionary }])).not.toThrow()
  })
})
