import fc from 'fast-check'
import { expect, it } from 'vitest'
import { betaTails } from './beta.ts'
import { betaQuantile } from './beta-quantile.ts'
import { fUpperTail } from './f-distribution.ts'
import { normalQuantile, normalUpperTail } from './normal.ts'

it('of a uniform variable is p, and of shapes 2 and 1 its root', () => {
  expect(betaQuantile(0.3, 1, 1)).toBeCloseTo(0.3, 14)
  expect(betaQuantile(0.04, 2, 1)).toBeCloseTo(0.2, 14)
  expect(betaQuantile(0, 2, 1)).toBe(0)
  expect(betaQuantile(1, 2, 1)).toBe(1)
})

it('turns the distribution function back, from shapes of a half to thousands', () => {
  const shape = fc.double({ min: 0.5, max: 3000, noNaN: true })
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), shape, shape, (p, a, b) => {
      // Near 1 the distance to it has more digits as a quantile of the mirrored variable.
      const { lower, upper } = betaTails(a, b, betaQuantile(p, a, b), betaQuantile(1 - p, b, a))
      expect(Math.abs(lower - p)).toBeLessThan(1e-10 * p)
      expect(Math.abs(upper - (1 - p))).toBeLessThan(1e-10)
    }),
  )
})

it('the normal quantile turns the tail back, as far out as 1e-300', () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 300, noNaN: true }), (digits) => {
      const p = 10 ** -digits
      expect(Math.abs(normalUpperTail(-normalQuantile(p)) / p - 1)).toBeLessThan(1e-11)
    }),
  )
  expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY)
  expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY)
})

it('F on 2 and 2 df is above f with probability 1 / (1 + f)', () => {
  expect(fUpperTail(3, 2, 2)).toBeCloseTo(0.25, 14)
})
