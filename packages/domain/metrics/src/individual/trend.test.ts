import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kendallTauB } from './kendall.ts'
import { theilSenSlope } from './theil-sen.ts'
import { trendOf } from './trend.ts'

const numbers = (...list: number[]): Float64Array => Float64Array.from(list)
/** Points in order of day; values in halves, so that sums below are exact. */
const points = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 20 })), { minLength: 5, maxLength: 25 })
  .filter((list) => new Set(list.map(([day]) => day)).size > 1)
  .map((list) => ({
    days: Float64Array.from(list, ([day]) => day),
    values: Float64Array.from(list, ([, value]) => value / 2),
  }))

describe('theilSenSlope', () => {
  it('EX-I3 days 0,1,2,4 with 6,5,5,3: slopes -1, -1, -0.75, -0.6667, -0.5, 0, median -0.708333 per day', () => {
    expect(theilSenSlope(numbers(0, 1, 2, 4), numbers(6, 5, 5, 3))).toBeCloseTo(-0.708333, 6)
  })

  it('skips pairs of equal time, and has no answer where all times are equal or where there is one point', () => {
    // (1,5)-(1,9) skipped; (3-5)/2 = -1 and (3-9)/2 = -3: median -2
    expect(theilSenSlope(numbers(1, 1, 3), numbers(5, 9, 3))).toBe(-2)
    expect(theilSenSlope(numbers(2, 2), numbers(1, 5))).toBeNull()
    expect(theilSenSlope(numbers(2), numbers(1))).toBeNull()
  })

  it('follows the scale: value * k + shift + drift * day has the slope k * slope + drift', () => {
    const constant = fc.integer({ min: -8, max: 8 })
    fc.assert(
      fc.property(points, constant, constant, constant, ({ days, values }, k, shift, drift) => {
        const slope = theilSenSlope(days, values) as number
        const other = values.map((value, i) => k * value + shift + drift * (days[i] as number))
        expect(theilSenSlope(days, other)).toBeCloseTo(k * slope + drift, 9)
      }),
    )
  })

  it('does not mind the order of the points', () => {
    fc.assert(
      fc.property(points, ({ days, values }) => {
        const slope = theilSenSlope(days, values)
        expect(theilSenSlope(days.slice().reverse(), values.slice().reverse())).toBe(slope)
        const order = Array.from(days.keys()).sort((a, b) => (days[a] as number) - (days[b] as number))
        const sorted = (column: Float64Array) => Float64Array.from(order, (i) => column[i] as number)
        expect(theilSenSlope(sorted(days), sorted(values))).toBe(slope)
      }),
    )
  })

  it('does not move with one wild day among 500, takes well under a second, and edits no array', () => {
    const days = Float64Array.from({ length: 500 }, (_, i) => i)
    const values = days.map((day) => 10 - day / 64)
    values[250] = 1e6
    const held = values.slice()
    expect(theilSenSlope(days, values)).toBe(-1 / 64)
    expect(values).toEqual(held)
  })
})

describe('kendallTauB', () => {
  it('of five points that rise together is 1 with z = 10 / sqrt(50 / 3)', () => {
    // S = 10, var S = 5 * 4 * 15 / 18; z = 2.449490; two-sided p 0.014306
    const found = kendallTauB(numbers(1, 2, 3, 4, 5), numbers(2, 3, 4, 5, 9))
    expect(found?.tauB).toBe(1)
    expect(found?.p).toBeCloseTo(0.014306, 6)
  })

  // scipy 1.17.1: stats.kendalltau(x, y, method='asymptotic')
  it.each([
    [
      'ties in one column',
      [1, 2, 3, 4, 5, 6, 7, 8],
      [6, 6, 5, 7, 4, 4, 4, 3],
      -0.6943650748294137,
      0.020833591769524398,
    ],
    ['ties in both columns', [1, 1, 2, 3, 3, 3, 4], [5, 4, 4, 2, 2, 3, 1], -0.8902638145194515, 0.00948891193438868],
    ['triples in both', [1, 1, 1, 2, 2, 3, 4, 5], [5, 5, 5, 4, 2, 2, 2, 1], -0.9139076937674137, 0.004343352058028758],
  ])('corrects the variance for %s', (_, x, y, tauB, p) => {
    const found = kendallTauB(Float64Array.from(x), Float64Array.from(y))
    expect(found?.tauB).toBeCloseTo(tauB, 12)
    expect(found?.p).toBeCloseTo(p, 12)
  })

  it('has no answer for a column of one value', () => {
    expect(kendallTauB(numbers(1, 2, 3), numbers(4, 4, 4))).toBeNull()
    expect(kendallTauB(numbers(1, 1), numbers(4, 5))).toBeNull()
    expect(kendallTauB(numbers(1), numbers(4))).toBeNull()
  })

  it('keeps its p when a column is reversed, and turns its sign', () => {
    fc.assert(
      fc.property(points, ({ days, values }) => {
        const there = kendallTauB(days, values)
        const back = kendallTauB(
          days,
          values.map((value) => -value),
        )
        if (there === null) {
          expect(back).toBeNull()
          return
        }
        expect(back?.tauB).toBeCloseTo(-there.tauB, 12)
        expect(back?.p).toBeCloseTo(there.p, 12)
        expect(Math.abs(there.tauB)).toBeLessThanOrEqual(1 + 1e-12)
        expect(there.p).toBeGreaterThan(0)
        expect(there.p).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('trendOf', () => {
  it('EX-I3 has no answer with four points', () => {
    expect(trendOf(numbers(0, 1, 2, 4), numbers(6, 5, 5, 3))).toBeNull()
  })

  it('is a slope per 28 days with the p of Kendall', () => {
    // scipy 1.17.1: 28 * stats.theilslopes(y, x)[0], stats.kendalltau(x, y, method='asymptotic')
    const found = trendOf(numbers(1, 3, 8, 15, 22, 29), numbers(7, 6.5, 7, 5, 4, 4.5))
    expect(found?.slope).toBeCloseTo(-3.5, 12)
    expect(found?.tauB).toBeCloseTo(-0.6900655593423543, 12)
    expect(found?.p).toBeCloseTo(0.05578260870684413, 12)
    expect(found?.n).toBe(6)
  })

  it('of equal values is 0 without a p, and of values of one day nothing', () => {
    expect(trendOf(numbers(1, 2, 3, 4, 5), numbers(4, 4, 4, 4, 4))).toEqual({ slope: 0, tauB: null, p: null, n: 5 })
    expect(trendOf(numbers(1, 1, 1, 1, 1), numbers(4, 3, 4, 4, 4))).toBeNull()
  })
})
