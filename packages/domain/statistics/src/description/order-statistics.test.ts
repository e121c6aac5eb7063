import fc from 'fast-check'
import { expect, describe as group, it } from 'vitest'
import { orderStatistics } from './order-statistics.ts'

const sortedOf = (values: readonly number[]): Float64Array => Float64Array.from(values).sort()

/** Ranks that ascend, the same one twice among them. */
const ranksOf = (n: number): number[] => {
  const some = [0, 1, n >> 2, (n >> 2) + 1, n >> 1, n >> 1, n - (n >> 2), n - 1]
  return some.map((rank) => Math.min(rank, n - 1)).sort((a, b) => a - b)
}

function agree(values: readonly number[]): void {
  const ranks = ranksOf(values.length)
  const sorted = sortedOf(values)
  const found = orderStatistics(Float64Array.from(values), values.length, ranks)
  expect(found).toEqual(ranks.map((rank) => sorted[rank]))
}

group('order statistics', () => {
  it('are those that sorting finds, for few values', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 50 }), agree), {
      numRuns: 200,
    })
  })

  it('are those that sorting finds, for many values of every sign and size', () => {
    const value = fc.oneof(
      fc.integer({ min: -28, max: 28 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
      fc.constantFrom(0, 1 / 3, -1e300, 1e-300, -5e-324, Number.MAX_VALUE),
    )
    fc.assert(
      fc.property(fc.array(value, { minLength: 50, maxLength: 50 }), fc.nat(3_000), (some, more) => {
        agree(Array.from({ length: 4_096 + more }, (_, i) => some[(i * 7919) % some.length] as number))
      }),
      { numRuns: 40 },
    )
  })

  it('are those of the first values alone, on memory that others share', () => {
    const memory = new Float64Array(10_000).fill(-1e9)
    const values = memory.subarray(3, 9_003)
    for (let i = 0; i < 5_000; i++) values[i] = (i * 4_999) % 5_000
    expect(orderStatistics(values, 5_000, [0, 1_249, 2_500, 4_999])).toEqual([0, 1_249, 2_500, 4_999])
  })
})
