import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NoAnswer } from '../no-answer.ts'
import { type Ancova, ancova } from './ancova.ts'
import type { MeanEstimate } from './mean-estimate.ts'

const base = Float64Array.of(10, 12, 8, 9, 11, 10)
const change = Float64Array.of(-4, -5, -3, -1, -2, -2)
const arm = Int32Array.of(0, 0, 0, 1, 1, 1)
const two = { arm, arms: 2, reference: 1 }

describe('ANCOVA', () => {
  it('EX-S5: difference -2.3333, SE 0.1925, df 3, CI -2.9458 to -1.7209; LS means -4 and -1.6667', () => {
    const found = ancova(change, { ...two, covariates: [base] }) as Ancova
    const difference = found.differences[0] as MeanEstimate
    expect(difference.estimate).toBeCloseTo(-2.3333, 4)
    expect(difference.se).toBeCloseTo(0.1925, 4)
    expect(found.df).toBe(3)
    expect(difference.lower).toBeCloseTo(-2.9458, 4)
    expect(difference.upper).toBeCloseTo(-1.7209, 4)
    const [a, b] = found.leastSquaresMeans as MeanEstimate[]
    expect(a?.estimate).toBeCloseTo(-4, 4)
    expect(b?.estimate).toBeCloseTo(-1.6667, 4)
    expect(found.differences[1]).toBeNull()
  })

  it('gives its reason in words, never a number that is none', () => {
    const reason = (result: Ancova | NoAnswer) => (result as NoAnswer).reason
    expect(reason(ancova(change, { arm: new Int32Array(6), arms: 2, reference: 1 }))).toBe('an arm has no subjects')
    expect(reason(ancova(change, { arm: new Int32Array(6), arms: 1, reference: 0 }))).toBe('there is one arm only')
    expect(reason(ancova(new Float64Array(0), { ...two, arm: new Int32Array(0) }))).toBe('there are no subjects')
    expect(reason(ancova(new Float64Array(6).fill(2.1), two))).toBe('the residuals do not vary')
    expect(reason(ancova(change.with(0, Number.NaN), two))).toBe('an outcome is missing')
    expect(reason(ancova(change, { ...two, covariates: [base.with(2, Number.NaN)] }))).toBe(
      'a covariate has a missing value',
    )
    const three = { arm: Int32Array.of(0, 1, 1), arms: 2, reference: 1, covariates: [Float64Array.of(1, 2, 4)] }
    expect(reason(ancova(Float64Array.of(1, 2, 3), three))).toBe('there are no more subjects than coefficients')
  })

  it('an arm that is a stratum of its own has a reason, and the others keep their figures', () => {
    const strata = [{ codes: Int32Array.of(0, 0, 1, 1, 2, 2, 0, 1), levels: 3 }]
    const arms = Int32Array.of(0, 1, 0, 1, 2, 2, 0, 1)
    const found = ancova(Float64Array.of(1, 3, 2, 5, 4, 7, 2, 4), {
      arm: arms,
      arms: 3,
      reference: 0,
      strata,
    }) as Ancova
    expect(found.rank).toBe(4)
    expect((found.differences[2] as NoAnswer).reason).toBe('the arm cannot be told from a stratum')
    expect((found.differences[1] as MeanEstimate).p).toBeGreaterThan(0)
  })

  it('a constant covariate and a level nobody has change nothing', () => {
    const plain = ancova(change, { ...two, covariates: [base] }) as Ancova
    const strata = [{ codes: new Int32Array(6).fill(1), levels: 3 }]
    const more = ancova(change, { ...two, covariates: [base, new Float64Array(6).fill(7)], strata }) as Ancova
    expect(more.differences).toEqual(plain.differences)
    expect(more.leastSquaresMeans).toEqual(plain.leastSquaresMeans)
  })

  it('swapping the arms turns the sign and the limits, and another order of subjects changes no more than rounding', () => {
    const subject = fc.record({
      arm: fc.integer({ min: 0, max: 1 }),
      base: fc.nat(28),
      change: fc.integer({ min: -28, max: 28 }),
    })
    fc.assert(
      fc.property(fc.array(subject, { minLength: 4, maxLength: 40 }), (subjects) => {
        const of = (rows: typeof subjects, reference: number) =>
          ancova(
            Float64Array.from(rows, (row) => row.change),
            {
              arm: Int32Array.from(rows, (row) => row.arm),
              arms: 2,
              reference,
              covariates: [Float64Array.from(rows, (row) => row.base)],
            },
          )
        const one = of(subjects, 1)
        const other = of(subjects, 0)
        const turned = of(subjects.toReversed(), 1)
        expect('reason' in one).toBe('reason' in other)
        expect('reason' in one).toBe('reason' in turned)
        if ('reason' in one || 'reason' in other || 'reason' in turned) return
        const a = one.differences[0] as MeanEstimate
        if ('reason' in a) return
        const b = other.differences[1] as MeanEstimate
        const c = turned.differences[0] as MeanEstimate
        expect(b.estimate).toBeCloseTo(-a.estimate, 9)
        expect(b.lower).toBeCloseTo(-a.upper, 8)
        expect(c.estimate).toBeCloseTo(a.estimate, 9)
        // The interval leaves 0 out exactly when p is below 5 %.
        if (Math.abs(a.p - 0.05) > 1e-9) expect(a.lower > 0 || a.upper < 0).toBe(a.p < 0.05)
      }),
    )
  })
})
