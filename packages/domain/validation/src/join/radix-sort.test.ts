import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RadixSort } from './radix-sort.ts'

it('orders rows as a stable sort by comparison does, for small, negative and very large whole numbers', () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -40_000, max: 200_000 }),
    fc.maxSafeInteger().map((n) => Math.trunc(n / 4)),
  )
  let moved = 0
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 60 }), (rows) => {
      const sort = new RadixSort(rows.length)
      rows.forEach((_, i) => {
        sort.order[i] = i
      })
      sort.by(Float64Array.from(rows, ([, second]) => second))
      sort.by(Float64Array.from(rows, ([first]) => first))
      const expected = rows
        .map((row, i) => ({ row, i }))
        .sort((a, b) => a.row[0] - b.row[0] || a.row[1] - b.row[1] || a.i - b.i)
        .map(({ i }) => i)
      expect([...sort.order]).toEqual(expected)
      if (expected.some((row, i) => row !== i)) moved++
    }),
  )
  expect(moved).toBeGreaterThan(20)
})
