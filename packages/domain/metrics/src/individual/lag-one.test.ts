import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lagOneAutocorrelation } from './lag-one.ts'

const GAP = Number.NaN
const of = (...series: number[]): number | null => lagOneAutocorrelation(Float64Array.from(series))

it('of 5, 6, 4, 7, 5, 3 is -3 / 10', () => {
  // mean 5: 0, 1, -1, 2, 0, -2; products 0 - 1 - 2 + 0 + 0 = -3; squares 0 + 1 + 1 + 4 + 0 + 4 = 10
  expect(of(5, 6, 4, 7, 5, 3)).toBeCloseTo(-0.3, 12)
})

it('takes no product across a gap', () => {
  // mean of 4, 6, 6, 4 is 5: -1, 1, gap, 1, -1; two pairs: -1 - 1 = -2; squares 4; times 4 / (2 + 1)
  expect(of(4, 6, GAP, 6, 4)).toBeCloseTo(-2 / 3, 12)
})

it('has no answer for fewer than three values, for days without neighbours, and for equal values', () => {
  expect(of(4, 6)).toBeNull()
  expect(of(4, GAP, 6, GAP, 5)).toBeNull()
  expect(of(4, 4, 4, 4)).toBeNull()
  expect(of(0.1, 0.1, 0.1)).toBeNull()
  expect(of()).toBeNull()
})

it('does not change with a constant added or a scale turned round', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 3, maxLength: 40 }), (series) => {
      const found = of(...series)
      const other = of(...series.map((value) => 7 - value))
      if (found === null) {
        expect(other).toBeNull()
        return
      }
      expect(other).toBeCloseTo(found, 9)
      expect(Math.abs(found)).toBeLessThanOrEqual(1)
    }),
  )
})
