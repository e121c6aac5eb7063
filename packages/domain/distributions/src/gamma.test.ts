import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAMMA_QUANTILES } from './exact-figures.fixture.ts'
import { gammaQuantile, gammaTails } from './gamma.ts'

describe('gamma distribution', () => {
  it('of shape 1 is the exponential: upper tail e^-x, quantile -ln(1 - p)', () => {
    for (const x of [0.01, 0.7, 2, 5, 40]) expect(gammaTails(1, x).upper / Math.exp(-x)).toBeCloseTo(1, 13)
    for (const p of [0.001, 0.5, 0.975]) expect(gammaQuantile(p, 1) / -Math.log1p(-p)).toBeCloseTo(1, 13)
  })

  it('of shape 3 has the upper tail of a Poisson count up to 2: e^-x (1 + x + x^2 / 2)', () => {
    for (const x of [0.5, 2, 3.9, 4.1, 30]) {
      expect(gammaTails(3, x).upper / (Math.exp(-x) * (1 + x + (x * x) / 2))).toBeCloseTo(1, 13)
    }
  })

  // mpmath 1.3, 40 digits
  it.each([
    [0.25, 0.95, 1.210116137444762],
    [15.5, 0.025, 8.769369290737744],
    [16.5, 0.975, 25.36254003314061],
    [901, 0.975, 960.7729262556858],
    [1001, 0.975, 1063.952136016302],
    [5001, 0.975, 5140.548948535005],
    [20001, 0.025, 19724.760671144322],
    [20001, 0.5, 20000.66666765429],
  ])('of shape %d stays with probability %d below %d', (a, p, quantile) => {
    expect(Math.abs(gammaQuantile(p, a) / quantile - 1)).toBeLessThan(1e-13)
  })

  it('has quantiles of 12 digits far out, against 60 digits', () => {
    expect(GAMMA_QUANTILES).toHaveLength(10)
    for (const [p, a, quantile] of GAMMA_QUANTILES) {
      expect(Math.abs(gammaQuantile(p, a) / quantile - 1), `${p} of shape ${a}`).toBeLessThan(1e-12)
    }
  })

  it('ends and starts where it must, and is NaN where nothing is asked', () => {
    expect(gammaTails(4, 0)).toEqual({ lower: 0, upper: 1 })
    expect([gammaQuantile(0, 4), gammaQuantile(0, 400), gammaQuantile(1, 4)]).toEqual([0, 0, Number.POSITIVE_INFINITY])
    // (1e-300 Gamma(1.1))^10 is below any double.
    expect(gammaQuantile(1e-300, 0.1)).toBe(0)
    expect(gammaTails(2, Number.NaN)).toEqual({ lower: Number.NaN, upper: Number.NaN })
    expect([gammaQuantile(Number.NaN, 3), gammaQuantile(-0.1, 3), gammaQuantile(1.1, 3)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })

  it('gives back the probability of its quantile', () => {
    const shape = fc.double({ min: 0.2, max: 3000, noNaN: true })
    fc.assert(
      fc.property(shape, fc.double({ min: 0.0005, max: 0.9995, noNaN: true }), (a, p) => {
        const { lower, upper } = gammaTails(a, gammaQuantile(p, a))
        expect(Math.abs(lower - p)).toBeLessThan(1e-12)
        expect(lower + upper).toBeCloseTo(1, 14)
      }),
    )
  })
})
