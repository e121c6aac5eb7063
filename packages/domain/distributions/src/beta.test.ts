import fc from 'fast-check'
import { expect, it } from 'vitest'
import { betaTails } from './beta.ts'
import { BETA_TAILS } from './exact-figures.fixture.ts'

it('holds 12 digits of both tails, against 60 digits', () => {
  expect(BETA_TAILS).toHaveLength(13)
  for (const [a, b, x, lower, upper] of BETA_TAILS) {
    const ours = betaTails(a, b, x)
    expect(Math.abs(ours.lower / lower - 1), `below ${x} of ${a}, ${b}`).toBeLessThan(1e-12)
    expect(Math.abs(ours.upper / upper - 1), `above ${x} of ${a}, ${b}`).toBeLessThan(1e-12)
  }
})

it('of shapes a and 1 is x^a, of shapes 1/2 and 1/2 the arc sine', () => {
  for (const x of [1e-6, 0.01, 0.4, 0.9]) {
    for (const a of [0.2, 1, 3, 40]) expect(Math.abs(betaTails(a, 1, x).lower / x ** a - 1)).toBeLessThan(1e-12)
    const arc = (2 / Math.PI) * Math.asin(Math.sqrt(x))
    expect(Math.abs(betaTails(0.5, 0.5, x).lower / arc - 1)).toBeLessThan(1e-13)
  }
})

it('of shapes 2 and 3 counts 2 or more of 4 draws: 6 x^2 - 8 x^3 + 3 x^4', () => {
  for (const x of [0.1, 0.3, 0.5, 0.8]) {
    expect(betaTails(2, 3, x).lower).toBeCloseTo(6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 15)
  }
})

it('begins and ends where it must, and is NaN where nothing is asked', () => {
  expect(betaTails(2, 3, 0)).toEqual({ lower: 0, upper: 1 })
  expect(betaTails(2, 3, 1)).toEqual({ lower: 1, upper: 0 })
  expect(betaTails(2, 3, Number.NaN)).toEqual({ lower: Number.NaN, upper: Number.NaN })
})

it('exchanges its tails with its shapes, and grows with x', () => {
  const shape = fc.double({ min: 0.1, max: 2000, noNaN: true })
  fc.assert(
    fc.property(shape, shape, fc.integer({ min: 1, max: 62 }), (a, b, k) => {
      const { lower, upper } = betaTails(a, b, k / 64)
      expect(betaTails(b, a, 1 - k / 64)).toEqual({ lower: upper, upper: lower })
      expect(betaTails(a, b, (k + 1) / 64).lower).toBeGreaterThanOrEqual(lower)
    }),
  )
})
