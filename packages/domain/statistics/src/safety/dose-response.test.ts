import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DosePoint, doseResponseSlope, type Slope } from './dose-response.ts'

const points = (...rows: readonly (readonly [number, number, number])[]): DosePoint[] =>
  rows.map(([change, base, adherence]) => ({ change, base, adherence }))

describe('the slope of an outcome on adherence', () => {
  it('is what least squares give, by hand', () => {
    // Centred: y = 3, 0, -1, -2; b = -1, -1, 1, 1; a = -30, 0, -10, 40 (means -3, 11, 60).
    // aa 2600, bb 4, ab 60, ay -160, by -6: free 2600 - 900 = 1700, slope (-160 + 90) / 1700 = -0.0411764706
    // of the baseline (-6 + 60 * 0.0411764706) / 4 = -0.8823529412; residuals 0.8823529, -0.8823529, -0.5294118, 0.5294118:
    // sum of squares 2.1176470588, df 1, se = sqrt(2.1176470588 / 1700) = 0.0352941176; t(0.975, 1) = 12.7062047
    const found = doseResponseSlope(points([0, 10, 30], [-3, 10, 60], [-4, 12, 50], [-5, 12, 100])) as Slope
    expect(found.n).toBe(4)
    expect(found.df).toBe(1)
    expect(found.estimate).toBeCloseTo(-0.0411764706, 9)
    expect(found.se).toBeCloseTo(0.0352941176, 9)
    expect(found.upper - found.estimate).toBeCloseTo(12.7062047362 * 0.0352941176, 6)
    // p of t = -1.1666667 with 1 df: 1 - 2 atan(1.1666667) / pi
    expect(found.p).toBeCloseTo(1 - (2 * Math.atan(1.1666666667)) / Math.PI, 9)
  })

  it('leaves a baseline that is the same for all out of the model', () => {
    expect(doseResponseSlope(points([0, 10, 0], [-2, 10, 50], [-4, 10, 100]))).toMatchObject({ df: 1 })
  })

  it('has no answer for too few subjects, or adherence that does not vary by itself', () => {
    expect(doseResponseSlope([])).toBeNull()
    expect(doseResponseSlope(points([0, 10, 30], [-3, 11, 60], [-4, 12, 50]))).toBeNull()
    expect(doseResponseSlope(points([0, 10, 50], [-3, 10, 50], [-4, 12, 50], [-5, 12, 50]))).toBeNull()
    expect(doseResponseSlope(points([0, 10, 50], [-3, 11, 55], [-4, 12, 60], [-5, 13, 65]))).toBeNull()
  })

  it('does not depend on the units of adherence, nor on a shift of the outcome', () => {
    const rows = fc.array(
      fc.tuple(fc.integer({ min: -20, max: 9 }), fc.integer({ min: 5, max: 25 }), fc.integer({ min: 0, max: 100 })),
      { minLength: 6, maxLength: 30 },
    )
    fc.assert(
      fc.property(rows, (given) => {
        const found = doseResponseSlope(points(...given))
        const other = doseResponseSlope(points(...given.map(([y, b, a]) => [y + 7, b, a / 10] as const)))
        fc.pre(found !== null && other !== null)
        expect((other as Slope).estimate).toBeCloseTo(10 * (found as Slope).estimate, 6)
        expect((other as Slope).p).toBeCloseTo((found as Slope).p, 6)
      }),
    )
  })
})
