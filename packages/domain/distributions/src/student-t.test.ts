import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { T_QUANTILES, T_UPPER_TAILS } from './exact-figures.fixture.ts'
import { tCdf, tQuantile, tTwoSided, tUpperTail } from './student-t.ts'

const off = (ours: number, theirs: number): number => Math.abs(ours / theirs - 1)

describe("Student's t, against 60 digits", () => {
  it('holds 12 digits of every tail, for df from 0.5 to 1e9 and down to 1e-300', () => {
    expect(T_UPPER_TAILS.length).toBeGreaterThan(50)
    for (const [t, df, upper] of T_UPPER_TAILS) {
      expect(off(tUpperTail(t, df), upper), `${t} on ${df} df`).toBeLessThan(1e-12)
      expect(off(tCdf(-t, df), upper), `${-t} on ${df} df`).toBeLessThan(1e-12)
      expect(off(tCdf(t, df), 1 - upper), `${t} on ${df} df`).toBeLessThan(1e-14)
    }
  })

  it('holds 12 digits of every quantile, beside 1/2 as in the tails', () => {
    expect(T_QUANTILES.length).toBeGreaterThan(50)
    for (const [p, df, quantile] of T_QUANTILES) {
      expect(off(tQuantile(p, df), quantile), `${p} on ${df} df`).toBeLessThan(1e-12)
    }
  })
})

describe("Student's t in closed form", () => {
  const probabilities = [1e-290, 1e-30, 1e-4, 0.03, 0.2, 0.25, 0.3, 0.45]

  it('on 1 df is the Cauchy distribution: upper tail atan(1 / t) / pi, quantile -1 / tan(pi p)', () => {
    for (const t of [0.2, 1, 3, 1e5, 1e99, 1e120, 1e280]) {
      expect(off(tUpperTail(t, 1), Math.atan(1 / t) / Math.PI)).toBeLessThan(1e-13)
    }
    for (const p of probabilities) expect(off(tQuantile(p, 1), -1 / Math.tan(Math.PI * p))).toBeLessThan(1e-13)
  })

  it('on 2 df has the upper tail 1 / (r (r + t)), r^2 = 2 + t^2, and the quantile (2 p - 1) / sqrt(2 p (1 - p))', () => {
    for (const t of [1e-8, 0.3, 1.4, 2, 50, 1e9, 1e120]) {
      const r = Math.hypot(Math.SQRT2, t)
      expect(off(tUpperTail(t, 2), 1 / r / (r + t))).toBeLessThan(1e-13)
    }
    for (const p of probabilities) {
      expect(off(tQuantile(p, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)))).toBeLessThan(1e-13)
    }
  })

  it('ends where it must', () => {
    expect([tQuantile(0, 3), tQuantile(0.5, 3), tQuantile(1, 3)]).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ])
    expect([tCdf(Number.NEGATIVE_INFINITY, 3), tCdf(0, 3), tCdf(Number.POSITIVE_INFINITY, 3)]).toEqual([0, 0.5, 1])
    expect(tTwoSided(Number.POSITIVE_INFINITY, 4)).toBe(0)
    // t is about (c / p)^2 on half a degree of freedom: 1e-300 is 1e599 away from 0.
    expect(tQuantile(1e-300, 0.5)).toBe(Number.NEGATIVE_INFINITY)
  })

  it('has no answer where p, t or df mean nothing', () => {
    expect([tQuantile(-0.1, 3), tQuantile(1.1, 3), tQuantile(Number.NaN, 3)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
    expect([tCdf(Number.NaN, 3), tCdf(1, 0), tCdf(1, Number.NaN), tQuantile(0.9, 0)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })
})

describe("laws of Student's t", () => {
  const df = fc.double({ min: -0.3, max: 9, noNaN: true }).map((power) => 10 ** power)
  const exponent = fc.double({ min: -290, max: -0.31, noNaN: true })

  it('the quantile of a probability has this probability', () => {
    const law = (df: number, power: number): void => {
      const p = 10 ** power
      const t = tQuantile(p, df)
      fc.pre(t > Number.NEGATIVE_INFINITY)
      expect(off(tCdf(t, df), p)).toBeLessThan(1e-12)
    }
    fc.assert(fc.property(df, exponent, law), { numRuns: 2000 })
  })

  it('the probability of a value leads back to the value, near 0 as far out', () => {
    const law = (df: number, power: number): void => {
      const t = 10 ** power
      const p = tUpperTail(t, df)
      fc.pre(p > 1e-300)
      // A p near 1/2 is known to 1e-16 of itself only, whatever its distance from 1/2.
      expect(Math.abs(-tQuantile(p, df) - t)).toBeLessThan(1e-12 * t + 1e-15)
    }
    fc.assert(fc.property(df, fc.double({ min: -8, max: 2, noNaN: true }), law), { numRuns: 2000 })
  })

  it('is symmetric: both tails exchange their names with the sign, and make 1', () => {
    fc.assert(
      fc.property(df, fc.double({ min: -50, max: 50, noNaN: true }), (df, t) => {
        expect(tCdf(-t, df)).toBe(tUpperTail(t, df))
        expect(tCdf(t, df) + tUpperTail(t, df)).toBeCloseTo(1, 15)
        expect(tTwoSided(t, df)).toBe(tTwoSided(-t, df))
      }),
    )
    fc.assert(
      fc.property(df, fc.integer({ min: 1, max: 1023 }), (df, p) => {
        expect(tQuantile(p / 1024, df) + tQuantile(1 - p / 1024, df)).toBe(0)
      }),
    )
  })

  it('rises with t, and thins out with df', () => {
    fc.assert(
      fc.property(df, fc.double({ min: 0.01, max: 30, noNaN: true }), (df, t) => {
        fc.pre(tUpperTail(t * 1.001, df) > 0)
        expect(tUpperTail(t * 1.001, df)).toBeLessThan(tUpperTail(t, df))
        expect(tUpperTail(t, df * 1.5)).toBeLessThanOrEqual(tUpperTail(t, df) * (1 + 1e-12))
      }),
    )
    fc.assert(
      fc.property(df, fc.double({ min: 0.001, max: 0.998, noNaN: true }), (df, p) => {
        expect(tQuantile(p + 0.001, df)).toBeGreaterThan(tQuantile(p, df))
      }),
    )
  })
})
