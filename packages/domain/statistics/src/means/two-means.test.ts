import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NoAnswer } from '../no-answer.ts'
import { type Interaction, interaction } from './interaction.ts'
import type { MeanEstimate } from './mean-estimate.ts'
import { oneMean } from './one-mean.ts'
import { pairedDifference } from './paired-difference.ts'
import { pooledDifference } from './pooled-difference.ts'
import { welch } from './welch.ts'

const of = (...values: number[]) => Float64Array.from(values)
const reasonOf = (result: object): string | undefined => (result as Partial<NoAnswer>).reason

describe('differences of means', () => {
  it('PREVA: -5.9 (SE 1.2, n 45) and -2.1 (SE 1.2, n 48) differ with SE 1.70', () => {
    // half-width 3.37 where the paper has 3.35 (published trials, section 4)
    const moments = (mean: number, se: number, n: number) => ({ n, mean, variance: se * se * n })
    const found = welch(moments(-5.9, 1.2, 45), moments(-2.1, 1.2, 48)) as MeanEstimate
    expect(found.estimate).toBeCloseTo(-3.8, 12)
    expect(found.se).toBeCloseTo(1.7, 2)
    expect((found.upper - found.lower) / 2).toBeCloseTo(3.37, 2)
  })

  it('of arms of one size and spread agree, pooled or not', () => {
    // means 2 and 5, both variances 1: SE sqrt(2 / 3), 4 df
    const pooled = pooledDifference(of(1, 2, 3), of(4, 5, 6)) as MeanEstimate
    expect(pooled).toMatchObject({ estimate: -3, df: 4 })
    expect(pooled.se).toBeCloseTo(Math.sqrt(2 / 3), 14)
    expect((welch(of(1, 2, 3), of(4, 5, 6)) as MeanEstimate).df).toBeCloseTo(4, 12)
  })

  it('have a reason for arms that are empty, of one subject, without spread, or with a missing value', () => {
    for (const method of [welch, pooledDifference]) {
      expect(reasonOf(method(of(), of(1, 2)))).toBe('an arm has no subjects')
      expect(reasonOf(method(of(1), of(1, 2)))).toBe('an arm has one subject only')
      expect(reasonOf(method(of(3, 3), of(2, 2)))).toBe('the values do not vary')
      expect(reasonOf(method(of(3, Number.NaN), of(2, 2)))).toBe('an outcome is missing')
    }
    expect(reasonOf(oneMean(of()))).toBe('there are no subjects')
    expect(reasonOf(oneMean(of(4)))).toBe('there is one subject only')
    expect(reasonOf(pairedDifference(of(4, 5), of(2, 3)))).toBe('the values do not vary')
  })

  it('swapped turn their sign bit for bit, and limits leave 0 out exactly when p is below 5 %', () => {
    const arm = fc
      .array(fc.integer({ min: -28, max: 28 }), { minLength: 2, maxLength: 20 })
      .map((values) => of(...values))
    fc.assert(
      fc.property(arm, arm, (x, y) => {
        for (const method of [welch, pooledDifference]) {
          const found = method(x, y)
          if ('reason' in found) return
          const turned = method(y, x) as MeanEstimate
          expect(turned.estimate + found.estimate).toBe(0)
          expect(turned.lower + found.upper).toBe(0)
          if (Math.abs(found.p - 0.05) > 1e-9) expect(found.lower > 0 || found.upper < 0).toBe(found.p < 0.05)
        }
      }),
    )
  })
})

describe('interaction of arm and subgroup', () => {
  const arm = Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1)
  const outcome = of(1, 3, 2, 5, 4, 4, 3, 9)
  const strata = [{ codes: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1), levels: 2 }]

  it('in a table of means is the difference of differences: F of (3.0 - 2.5)', () => {
    // cell means 1.5 and 4 (difference 2.5), 3.5 and 6.5 (3.0); residual squares 0.5 + 2 + 0.5 + 12.5 on 4 df: variance 3.875
    // SE of the difference of differences sqrt(3.875 x 4 / 2); F = 0.25 / 7.75
    const found = interaction(outcome, { arm, arms: 2, reference: 0, strata }, { stratum: 0 }) as Interaction
    expect(found).toMatchObject({ df1: 1, df2: 4, slope: null })
    expect(found.f).toBeCloseTo(0.25 / 7.75, 12)
  })

  it('of two numbers as a covariate is the same test, with the slope', () => {
    const covariates = [of(0, 0, 0, 0, 1, 1, 1, 1)]
    const found = interaction(outcome, { arm, arms: 2, reference: 0, covariates }, { covariate: 0 }) as Interaction
    expect(found.f).toBeCloseTo(0.25 / 7.75, 12)
    expect(found.slope?.estimate).toBeCloseTo(0.5, 12)
    expect(found.slope?.p).toBeCloseTo(found.p, 12)
  })

  it('has a reason where a subgroup has one arm only', () => {
    const apart = [{ codes: Int32Array.of(0, 0, 0, 0, 0, 0, 1, 0), levels: 2 }]
    const found = interaction(outcome, { arm, arms: 2, reference: 0, strata: apart }, { stratum: 0 })
    expect(reasonOf(found)).toBe('the arms cannot be compared within the subgroups')
  })
})
