import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chiSquareUpperTail } from './chi-square.ts'
import { NORMAL_UPPER_TAILS } from './exact-figures.fixture.ts'
import { normalTwoSided, normalUpperTail, Z } from './normal.ts'
import { tUpperTail } from './student-t.ts'

it('holds 14 digits of the upper tail, against 60 digits', () => {
  expect(NORMAL_UPPER_TAILS.length).toBeGreaterThan(15)
  for (const [z, upper] of NORMAL_UPPER_TAILS) {
    expect(Math.abs(normalUpperTail(z) / upper - 1), `${z}`).toBeLessThan(4e-15)
    expect(Math.abs(normalUpperTail(-z) - (1 - upper)), `${-z}`).toBeLessThan(2e-16)
    expect(normalTwoSided(-z)).toBe(2 * normalUpperTail(z))
  }
})

it('leaves 2.5 % above Z', () => {
  expect(normalUpperTail(Z)).toBeCloseTo(0.025, 16)
})

it('ends where it must', () => {
  expect([Number.NEGATIVE_INFINITY, 0, 60, Number.POSITIVE_INFINITY].map(normalUpperTail)).toEqual([1, 0.5, 0, 0])
  expect(normalTwoSided(0)).toBe(1)
  expect(normalTwoSided(Number.NaN)).toBeNaN()
})

it('is the root of chi-square on 1 df, and where t goes with many df', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 30, noNaN: true }), (z) => {
      expect(Math.abs(normalTwoSided(z) / chiSquareUpperTail(z * z, 1) - 1)).toBeLessThan(2e-13)
      // The tails differ by about z^4 / (4 df).
      expect(Math.abs(tUpperTail(z, 1e15) / normalUpperTail(z) - 1)).toBeLessThan(1e-9)
    }),
  )
})
