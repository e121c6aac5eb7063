import { describe, expect, it } from 'vitest'
import { conditionalValues } from './conditional-values.ts'
import { type ImputationStrategy, referenceMeans } from './reference-means.ts'

describe('reference-based conditional means', () => {
  // EX-S6: own means -2, -4, reference -1, -1.5, variances 4, covariance 2.4; first value -3, second missing.
  const own = Float64Array.of(-2, -4)
  const reference = Float64Array.of(-1, -1.5)
  const covariance = Float64Array.of(4, 2.4, 2.4, 4)

  it.each([
    ['MAR', -4.6],
    ['J2R', -2.1],
    ['CIR', -3.1],
    ['CR', -2.7],
  ] as [ImputationStrategy, number][])('EX-S6: %s gives %d', (strategy, expected) => {
    const values = Float64Array.of(-3, Number.NaN)
    conditionalValues(values, Int32Array.of(1), referenceMeans(strategy, own, reference, 1), covariance)
    expect(values[0]).toBe(-3)
    expect(values[1]).toBeCloseTo(expected, 12)
  })

  it('CIR without any visit before the event is the reference; no event leaves the own means', () => {
    expect(referenceMeans('CIR', own, reference, 0)).toEqual(reference)
    for (const strategy of ['J2R', 'CIR', 'CR'] as const) expect(referenceMeans(strategy, own, reference, 2)).toBe(own)
  })

  it('a subject without any value is imputed with the means', () => {
    const values = Float64Array.of(Number.NaN, Number.NaN)
    conditionalValues(values, Int32Array.of(0, 1), own, covariance)
    expect(values).toEqual(own)
  })
})
