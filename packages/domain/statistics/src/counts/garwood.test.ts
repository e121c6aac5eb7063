import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { garwoodInterval, type Rate } from './garwood.ts'

describe('the Garwood interval', () => {
  it('EX-F1 3 subjects with the event in 12.5 person-years: 24.0 per 100, 4.95 to 70.14', () => {
    const found = garwoodInterval(3, 12.5, 100)
    expect(found?.estimate).toBeCloseTo(24, 12)
    expect(found?.lower).toBeCloseTo(4.95, 2)
    expect(found?.upper).toBeCloseTo(70.14, 2)
  })

  // Limits of a Poisson count as tables print them; the last two: scipy 1.17.1, stats.chi2.ppf
  it.each([
    [0, 0, 3.6889],
    [1, 0.0253, 5.5716],
    [2, 0.2422, 7.2247],
    [3, 0.6187, 8.7673],
    [10, 4.7954, 18.3904],
    [100, 81.364, 121.6268],
    [5000, 4862.3592, 5140.5489],
  ])('of %d events goes from %d to %d', (events, lower, upper) => {
    expect(garwoodInterval(events, 1)?.lower).toBeCloseTo(lower, 4)
    expect(garwoodInterval(events, 1)?.upper).toBeCloseTo(upper, 4)
  })

  it('of no event starts at 0 and ends at -ln(0.025): the Poisson chance of none is 2.5 % there', () => {
    expect(garwoodInterval(0, 1)?.upper).toBeCloseTo(-Math.log(0.025), 12)
  })

  it('has no answer without exposure', () => {
    expect(garwoodInterval(0, 0)).toBeNull()
    expect(garwoodInterval(2, Number.NaN)).toBeNull()
  })

  it('holds the rate, and goes with the unit of exposure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 1000 }), (events, years) => {
        const found = garwoodInterval(events, years) as Rate
        expect(found.lower).toBeGreaterThanOrEqual(0)
        expect(found.lower).toBeLessThanOrEqual(found.estimate)
        expect(found.upper).toBeGreaterThan(found.estimate)
        const perHundred = garwoodInterval(events, years, 100) as Rate
        expect(perHundred.upper / found.upper).toBeCloseTo(100, 9)
      }),
    )
  })
})
