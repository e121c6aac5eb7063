import { describe, expect, it } from 'vitest'
import type { LogRatio } from '../likelihood/log-ratio.ts'
import type { NoAnswer } from '../no-answer.ts'
import { type BetaBinomial, betaBinomial } from './beta-binomial.ts'
import { type NegativeBinomial, negativeBinomial, type RateRatio } from './negative-binomial.ts'
import { type Poisson, poisson } from './poisson.ts'

const reasonOf = (result: object): string | undefined => (result as Partial<NoAnswer>).reason
const arm = Int32Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)
const two = { arm, arms: 2, reference: 0 }
const days = Float64Array.of(28, 28, 14, 28, 20, 28, 28, 28, 7, 28, 28, 21)

describe('negative binomial regression', () => {
  const counts = Float64Array.of(2, 5, 3, 18, 2, 16, 9, 4, 1, 30, 0, 17)
  const covariates = [Float64Array.of(4, 7, 5, 12, 3, 8, 9, 11, 2, 15, 3, 6)]

  it('EX-S8: A 2,5,3,8,2 and B 6,9,4,11,10 on equal days have a rate ratio of exactly 0.5, by Poisson as the dispersion is 0', () => {
    const events = Float64Array.of(2, 5, 3, 8, 2, 6, 9, 4, 11, 10)
    const subjects = { arm: Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1), arms: 2, reference: 1 }
    const found = negativeBinomial(events, new Float64Array(10).fill(28), subjects) as NegativeBinomial
    expect(found.method).toBe('Poisson')
    expect(found.dispersion).toBe(0)
    expect(found.rateRatios[0]?.ratio).toBeCloseTo(0.5, 14)
    // 20 and 40 events: the variance of the logarithm is 1/20 + 1/40
    expect(found.rateRatios[0]?.se).toBeCloseTo(Math.sqrt(1 / 20 + 1 / 40), 10)
    const plain = poisson(events, new Float64Array(10).fill(28), subjects) as Poisson
    expect(plain.rateRatios[0]?.estimate).toBeCloseTo(found.rateRatios[0]?.estimate as number, 12)
  })

  it('has the estimates, both standard errors and the likelihood ratio limits of R', () => {
    // R 4.2.2, MASS 7.3-58.2: glm.nb(y ~ a + b + offset(log(t))); SE of all parameters from differences of the log likelihood;
    // limits where glm.nb with offset v a has a log likelihood 1.92 lower
    const found = negativeBinomial(counts, days, { ...two, covariates }) as NegativeBinomial
    const ratio = found.rateRatios[1] as RateRatio
    expect(found.method).toBe('negative binomial')
    expect(ratio.estimate).toBeCloseTo(-0.429434222479252, 8)
    expect(ratio.seGivenDispersion).toBeCloseTo(0.463065369221822, 8)
    expect(found.dispersion).toBeCloseTo(0.388905232015341, 8)
    expect(found.logLikelihood).toBeCloseTo(-34.094619969592316, 8)
    expect(ratio.se).toBeCloseTo(0.454065354963015, 6)
    expect(ratio.ratioLower).toBeCloseTo(0.247169581280245, 7)
    expect(ratio.ratioUpper).toBeCloseTo(1.738051172447977, 7)
  })

  it('swapping the arms turns the logarithm, and a unit of time changes no ratio', () => {
    const one = (negativeBinomial(counts, days, { ...two, covariates }) as NegativeBinomial).rateRatios[1] as RateRatio
    const years = days.map((day) => day / 365.25)
    const other = negativeBinomial(counts, years, { ...two, covariates, reference: 1 }) as NegativeBinomial
    const turned = other.rateRatios[0] as RateRatio
    expect(turned.estimate).toBeCloseTo(-one.estimate, 9)
    expect(turned.se).toBeCloseTo(one.se, 9)
    expect(turned.ratioLower).toBeCloseTo(1 / (one.ratioUpper as number), 7)
  })

  it('has a reason for what cannot be counted or compared', () => {
    expect(reasonOf(negativeBinomial(counts.with(0, 2.5), days, two))).toBe('a count is no whole number')
    expect(reasonOf(negativeBinomial(counts.with(0, Number.NaN), days, two))).toBe('a count is no whole number')
    expect(reasonOf(negativeBinomial(counts, days.with(3, 0), two))).toBe('an exposure is not above 0')
    expect(reasonOf(negativeBinomial(counts, days, { ...two, arm: new Int32Array(12) }))).toBe('an arm has no subjects')
    const none = counts.map((count, i) => (arm[i] === 1 ? 0 : count))
    expect(reasonOf(negativeBinomial(none, days, two))).toBe('an arm has no events')
    expect(reasonOf(poisson(none, days, two))).toBe('an arm has no events')
    const strata = [{ codes: arm, levels: 2 }]
    expect(reasonOf(negativeBinomial(counts, days, { ...two, strata }))).toBe('the arm cannot be told from a stratum')
  })
})

describe('beta-binomial regression', () => {
  const headache = Float64Array.of(4, 17, 1, 12, 3, 8, 19, 1, 2, 25, 3, 16)
  const covariates = [Float64Array.of(10, 12, 9, 14, 8, 11, 12, 13, 9, 16, 7, 10)]

  it('has the estimates of R’s optim on the same likelihood', () => {
    // R 4.2.2: optim of sum(lchoose + lbeta(d + p/g, n - d + q/g) - lbeta(p/g, q/g)), SE from differences of it
    const found = betaBinomial(headache, days, { ...two, covariates }) as BetaBinomial
    const ratio = found.oddsRatios[1] as LogRatio
    expect(ratio.estimate).toBeCloseTo(-0.393423940389049, 5)
    expect(ratio.se).toBeCloseTo(0.585255490694971, 5)
    expect(found.correlation).toBeCloseTo(0.194363201020161, 5)
    expect(found.logLikelihood).toBeCloseTo(-34.633476753589704, 8)
  })

  it('counting the other days turns the odds ratio over', () => {
    const one = betaBinomial(headache, days, { ...two, covariates }) as BetaBinomial
    const free = headache.map((count, i) => (days[i] as number) - count)
    const other = betaBinomial(free, days, { ...two, covariates }) as BetaBinomial
    expect((other.oddsRatios[1] as LogRatio).estimate).toBeCloseTo(-(one.oddsRatios[1] as LogRatio).estimate, 8)
    expect(other.correlation).toBeCloseTo(one.correlation, 8)
  })

  it('days spread no wider than by chance are binomial, with the odds ratio of the table', () => {
    const subjects = { arm: Int32Array.of(1, 1, 1, 0, 0, 0), arms: 2, reference: 0 }
    const found = betaBinomial(
      Float64Array.of(7, 7, 7, 14, 14, 14),
      new Float64Array(6).fill(28),
      subjects,
    ) as BetaBinomial
    expect(found.method).toBe('binomial')
    // 21 of 84 against 42 of 84: (1/3) / 1
    expect((found.oddsRatios[1] as LogRatio).ratio).toBeCloseTo(1 / 3, 10)
  })

  it('has a reason for days that do not fit and arms with none or all of them', () => {
    expect(
      reasonOf(
        betaBinomial(
          days.map((day) => day + 1),
          days,
          two,
        ),
      ),
    ).toBe('days are no whole number of those observed')
    expect(
      reasonOf(
        betaBinomial(
          headache.map((day, i) => (arm[i] === 1 ? 0 : day)),
          days,
          two,
        ),
      ),
    ).toBe('an arm has none of its days')
    expect(
      reasonOf(
        betaBinomial(
          headache.map((day, i) => (arm[i] === 1 ? (days[i] as number) : day)),
          days,
          two,
        ),
      ),
    ).toBe('an arm has all of its days')
  })
})
