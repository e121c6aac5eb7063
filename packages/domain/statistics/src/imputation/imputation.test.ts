import { describe, expect, it } from 'vitest'
import { streamOf } from '../chance/stream.ts'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { isMissing } from '../no-answer.ts'
import { conditional } from './conditional.ts'
import { dropoutVisit, imputedMeans } from './imputed-means.ts'
import { imputeTrial, pooledAncova } from './multiple-imputation.ts'
import { rubin } from './rubin.ts'

describe('imputation', () => {
  it.each([
    ['MAR', -4.6],
    ['J2R', -2.1],
    ['CIR', -3.1],
    ['CR', -2.7],
  ] as const)('EX-S6 conditional mean of the second visit under %s is %d', (strategy, expected) => {
    const own = Float64Array.of(-3, Number.NaN)
    expect(dropoutVisit(own)).toBe(1)
    const means = imputedMeans(strategy, Float64Array.of(-2, -4), Float64Array.of(-1, -1.5), dropoutVisit(own))
    expect(conditional(own, means, Float64Array.of(4, 2.4, 2.4, 4))?.mean[0]).toBeCloseTo(expected, 12)
  })

  it("EX-S7 Rubin's rules with Barnard-Rubin df", () => {
    const found = rubin([-1.2, -1.5, -0.9, -1.3, -1.1], [0.5, 0.52, 0.48, 0.5, 0.51], 90) as MeanEstimate
    const shown = [found.estimate, found.se, found.df, found.lower, found.upper]
    expect(shown.map((value, k) => value.toFixed(k === 2 ? 2 : 4))).toEqual([
      '-1.2000',
      '0.5587',
      '42.93',
      '-2.3268',
      '-0.0732',
    ])
  })

  it('leaves complete data as they are: every imputation gives the ANCOVA', () => {
    const { values, subjects } = trial(40)
    const found = imputeTrial(values, subjects, 'J2R', { seed: 1, name: 'complete' }, 5)
    if (isMissing(found)) throw new Error(found.reason)
    for (const set of found.values) expect(set).toEqual(values)
  })

  it('gives the same draws for the same names, others for another name, and never a missing value', () => {
    const { values, subjects } = trial(40, 0.3)
    const draw = (name: string) => {
      const found = imputeTrial(values, subjects, 'MAR', { seed: 1, name }, 5)
      if (isMissing(found)) throw new Error(found.reason)
      return found.values
    }
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
    expect(draw('a').every((set) => set.every((column) => column.every(Number.isFinite)))).toBe(true)
  })

  it('is unbiased at random, and jumps to the reference when told so', () => {
    // True difference at the last visit is -3; a third of the active arm leaves by what was seen before.
    const { values, subjects } = trial(400, 0.3)
    const pooled = (strategy: 'MAR' | 'J2R'): MeanEstimate => {
      const found = imputeTrial(values, subjects, strategy, { seed: 1, name: 'bias' }, 50)
      if (isMissing(found)) throw new Error(found.reason)
      const ancova = pooledAncova(found, 2, subjects)
      if (isMissing(ancova)) throw new Error(ancova.reason)
      return ancova.differences[1] as MeanEstimate
    }
    const [mar, j2r] = [pooled('MAR'), pooled('J2R')]
    expect(Math.abs(mar.estimate + 3)).toBeLessThan(3 * mar.se)
    expect(mar.estimate).toBeLessThan(-2)
    expect(j2r.estimate).toBeGreaterThan(mar.estimate + 0.3)
  })

  it('has reasons in words: one arm, or a model that cannot be fitted', () => {
    const { values, subjects } = trial(40)
    expect(imputeTrial(values, { ...subjects, arm: new Int32Array(40) }, 'MAR', { seed: 1, name: 'x' })).toEqual({
      reason: 'an arm has no subjects',
    })
    const never = [...values.slice(0, 2), new Float64Array(40).fill(Number.NaN)]
    expect(imputeTrial(never, subjects, 'MAR', { seed: 1, name: 'x' })).toHaveProperty('reason')
  })
})

describe('streams of chance', () => {
  it('are even and normal: mean and variance over 100,000 numbers', () => {
    const stream = streamOf(1, 'even')
    const uniform = Array.from({ length: 100_000 }, stream.uniform)
    const mean = uniform.reduce((sum, u) => sum + u, 0) / uniform.length
    // Standard errors: 0.2887 / sqrt(1e5) = 0.0009; of the normal mean 0.0032, of its variance 0.0045.
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.004)
    const normal = Array.from({ length: 100_000 }, stream.normal)
    expect(Math.abs(normal.reduce((sum, z) => sum + z, 0) / normal.length)).toBeLessThan(0.015)
    expect(Math.abs(normal.reduce((sum, z) => sum + z * z, 0) / normal.length - 1)).toBeLessThan(0.02)
    const counts = new Int32Array(10)
    for (let k = 0; k < 100_000; k++) {
      const at = stream.below(10)
      counts[at] = (counts[at] as number) + 1
    }
    expect(Math.min(...counts)).toBeGreaterThan(9500)
    expect(Math.max(...counts)).toBeLessThan(10_500)
  })
})

/** Three visits, two arms in turn, effect -1 -2 -3; `leave`: share of the active arm that leaves before the last visit. */
function trial(n: number, leave = 0) {
  const stream = streamOf(20_260_101, 'trial', n, leave)
  const arm = Int32Array.from({ length: n }, (_, s) => s % 2)
  const base = Float64Array.from({ length: n }, () => 10 + 2 * stream.normal())
  const values = [0, 1, 2].map(() => new Float64Array(n))
  for (let s = 0; s < n; s++) {
    const own = 1.5 * stream.normal()
    values.forEach((column, v) => {
      column[s] = (base[s] as number) / 2 - (arm[s] as number) * (v + 1) + own + stream.normal()
    })
    if (leave > 0 && arm[s] === 1 && stream.uniform() < leave) (values[2] as Float64Array)[s] = Number.NaN
  }
  return { values, subjects: { arm, arms: 2, reference: 0, covariates: [base] } }
}
