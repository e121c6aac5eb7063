import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogRatio } from '../likelihood/log-ratio.ts'
import type { NoAnswer } from '../no-answer.ts'
import { type Firth, type FirthOdds, firth } from './firth.ts'
import { type Logistic, logistic } from './logistic.ts'

/** Subjects of two arms, arm 1 against arm 0, from responders and others of each. */
function table(x1: number, n1: number, x0: number, n0: number) {
  const arm = Int32Array.from({ length: n1 + n0 }, (_, i) => (i < n1 ? 1 : 0))
  const response = Uint8Array.from(arm, (_, i) => (i < n1 ? (i < x1 ? 1 : 0) : i - n1 < x0 ? 1 : 0))
  return { response, subjects: { arm, arms: 2, reference: 0 } }
}
const reasonOf = (result: object): string | undefined => (result as Partial<NoAnswer>).reason

describe('logistic regression', () => {
  it('on the arm alone is the odds ratio of the table with the limits of Woolf', () => {
    const { response, subjects } = table(18, 45, 4, 48)
    const [, found] = (logistic(response, subjects) as Logistic).oddsRatios as LogRatio[]
    // 18 x 44 / (27 x 4) = 7.3333; variance 1/18 + 1/27 + 1/4 + 1/44
    expect(found?.ratio).toBeCloseTo((18 * 44) / (27 * 4), 10)
    expect(found?.se).toBeCloseTo(Math.sqrt(1 / 18 + 1 / 27 + 1 / 4 + 1 / 44), 10)
  })

  it('names a separation, whole or in part, and does not invent an odds ratio', () => {
    const part = table(5, 9, 0, 8)
    expect(reasonOf(logistic(part.response, part.subjects))).toBe('responders are separated from the others')
    const covariates = [Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)]
    const subjects = { arm: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1), arms: 2, reference: 0, covariates }
    const whole = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1)
    expect(reasonOf(logistic(whole, subjects))).toBe('responders are separated from the others')
    expect('reason' in logistic(Uint8Array.of(0, 1, 0, 1, 1, 0, 1, 1), subjects)).toBe(false)
  })

  it('has a reason for one arm, nobody, everybody, and an arm that is a stratum', () => {
    const { response, subjects } = table(3, 6, 2, 6)
    expect(reasonOf(logistic(new Uint8Array(12), subjects))).toBe('nobody responded')
    expect(reasonOf(logistic(new Uint8Array(12).fill(1), subjects))).toBe('everybody responded')
    const strata = [{ codes: subjects.arm, levels: 2 }]
    expect(reasonOf(logistic(response, { ...subjects, strata }))).toBe('the arm cannot be told from a stratum')
    expect(reasonOf(logistic(response, { ...subjects, arm: new Int32Array(12) }))).toBe('an arm has no subjects')
  })
})

describe('Firth’s logistic regression', () => {
  it('on the arm alone is the odds ratio with 0.5 added to all cells, zero cells or not', () => {
    const size = fc.integer({ min: 1, max: 30 })
    fc.assert(
      fc.property(
        size,
        size,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n1, n0, p1, p0) => {
          const x1 = Math.round(p1 * n1)
          const x0 = Math.round(p0 * n0)
          const { response, subjects } = table(x1, n1, x0, n0)
          const [, found] = (firth(response, subjects) as Firth).oddsRatios as FirthOdds[]
          const odds = ((x1 + 0.5) * (n0 - x0 + 0.5)) / ((n1 - x1 + 0.5) * (x0 + 0.5))
          expect(Math.abs((found?.estimate as number) - Math.log(odds))).toBeLessThan(1e-7)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('answers where responders are separated, with the figures of R', () => {
    const covariates = [Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)]
    const subjects = { arm: Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1), arms: 2, reference: 0, covariates }
    const [, found] = (firth(Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1), subjects) as Firth).oddsRatios as FirthOdds[]
    expect(found?.estimate).toBeCloseTo(-0.898091661336307, 6)
    expect(found?.se).toBeCloseTo(2.02784002588959, 6)
    expect(Math.log(found?.profileLower as number)).toBeCloseTo(-7.13570716039425, 5)
    expect(Math.log(found?.profileUpper as number)).toBeCloseTo(2.8950693652621, 5)
  })
})
