import { describe, expect, it } from 'vitest'
import type { LogRatio } from '../likelihood/log-ratio.ts'
import type { NoAnswer } from '../no-answer.ts'
import { type Cox, cox } from './cox.ts'
import { type KaplanMeier, kaplanMeier } from './kaplan-meier.ts'
import { type LogRank, logRank } from './log-rank.ts'

/** Weeks of remission of Freireich et al. 1963, as in Cox 1972 and data set gehan of MASS: 21 pairs, placebo and 6-MP in turn. */
const WEEKS = Float64Array.of(
  ...[1, 10, 22, 7, 3, 32, 12, 23, 8, 22, 17, 6, 2, 16, 11, 34, 8, 32, 12, 25, 2],
  ...[11, 5, 20, 4, 19, 15, 6, 8, 17, 23, 35, 5, 6, 11, 13, 4, 9, 1, 6, 8, 10],
)
const RELAPSE = Uint8Array.of(
  ...[1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0, 1],
  ...[0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0],
)
const arm = Int32Array.from(WEEKS, (_, i) => i % 2)
const pair = Int32Array.from(WEEKS, (_, i) => Math.floor(i / 2))
const third = pair.map((code) => Math.floor(code / 7))
const reasonOf = (result: object): string | undefined => (result as Partial<NoAnswer>).reason
const curveOf = (code: number) =>
  kaplanMeier(
    WEEKS.filter((_, i) => arm[i] === code),
    RELAPSE.filter((_, i) => arm[i] === code),
  ) as KaplanMeier

describe('Kaplan-Meier', () => {
  it('has the medians of R: 8 weeks (4 to 11) and 23 (13 to no end)', () => {
    // R 4.2.2, survival 3.5-3: survfit(Surv(time, cens) ~ 1, conf.type = "log-log")
    expect(curveOf(0)).toMatchObject({ n: 21, events: 21, median: 8, medianLower: 4, medianUpper: 11 })
    expect(curveOf(1)).toMatchObject({ n: 21, events: 9, median: 23, medianLower: 13, medianUpper: null })
  })

  it('at week 10 of 6-MP is 0.7529 with the Greenwood SE and log-log limits of R', () => {
    const { time, survival, se, lower, upper } = curveOf(1)
    const k = time.indexOf(10)
    expect(survival[k]).toBeCloseTo(0.7529411764705881, 12)
    expect(se[k]).toBeCloseTo(0.0963496529943205, 12)
    expect(lower[k]).toBeCloseTo(0.5031995107999565, 12)
    expect(upper[k]).toBeCloseTo(0.8893618351692654, 12)
  })

  it('counts an event before a censoring at the same time, and takes the middle where half stay', () => {
    // 4 at risk at time 2: one event, one censored; then 2 at risk: 3/4 x 1/2
    const tied = kaplanMeier(Float64Array.of(2, 2, 5, 7), Uint8Array.of(0, 1, 1, 0)) as KaplanMeier
    expect([...tied.survival]).toEqual([0.75, 0.375, 0.375])
    const half = kaplanMeier(Float64Array.of(1, 2, 4, 6), Uint8Array.of(1, 1, 1, 1)) as KaplanMeier
    expect(half.median).toBe(3)
    expect(half.lower.at(-1)).toBeNull()
  })

  it('is the same bits in any order, and needs subjects with times', () => {
    expect(kaplanMeier(WEEKS.toReversed(), RELAPSE.toReversed())).toEqual(kaplanMeier(WEEKS, RELAPSE))
    expect(reasonOf(kaplanMeier(new Float64Array(0), new Uint8Array(0)))).toBe('there are no subjects')
    expect(reasonOf(kaplanMeier(Float64Array.of(Number.NaN), Uint8Array.of(1)))).toBe('a time is missing')
  })
})

describe('the log-rank test', () => {
  it('has the chi-square of R, 16.793, and 14.355 over strata', () => {
    // survdiff(Surv(time, cens) ~ arm), and + strata((pair - 1) %/% 7)
    expect((logRank(WEEKS, RELAPSE, arm) as LogRank).chiSquare).toBeCloseTo(16.7929409892165, 10)
    expect((logRank(WEEKS, RELAPSE, arm, third) as LogRank).chiSquare).toBeCloseTo(14.354771728733, 10)
  })

  it('is the same for swapped arms, and needs both at risk at an event', () => {
    const swapped = arm.map((code) => 1 - code)
    expect((logRank(WEEKS, RELAPSE, swapped) as LogRank).chiSquare).toBeCloseTo(16.7929409892165, 10)
    expect(reasonOf(logRank(WEEKS, RELAPSE, new Int32Array(42)))).toBe('an arm has no subjects')
    const apart = logRank(Float64Array.of(1, 2, 5), Uint8Array.of(0, 0, 1), Int32Array.of(0, 0, 1))
    expect(reasonOf(apart)).toBe('there is no event while both arms are at risk')
  })
})

describe('Cox regression', () => {
  it('has the coefficient -1.5721 and SE 0.4124 of R, ties by Efron', () => {
    const found = cox(WEEKS, RELAPSE, { arm, arms: 2, reference: 0 }) as Cox
    const ratio = found.hazardRatios[1] as LogRatio
    expect(ratio.estimate).toBeCloseTo(-1.572125148829066, 8)
    expect(ratio.se).toBeCloseTo(0.412396717709455, 8)
    expect(found.logLikelihood).toBeCloseTo(-85.00842457737163, 8)
  })

  it('with a covariate and strata of their own baseline has those of R', () => {
    // coxph(Surv(time, cens) ~ arm + x + strata(s)), x = pair %% 5, s = (pair - 1) %/% 7
    const covariates = [Float64Array.from(pair, (code) => (code + 1) % 5)]
    const strata = [{ codes: third, levels: 3 }]
    const found = cox(WEEKS, RELAPSE, { arm, arms: 2, reference: 0, covariates, strata }) as Cox
    const ratio = found.hazardRatios[1] as LogRatio
    expect(ratio.estimate).toBeCloseTo(-1.4903453164678468, 8)
    expect(ratio.se).toBeCloseTo(0.4241273915204341, 8)
    expect(found.logLikelihood).toBeCloseTo(-54.4553227485243, 8)
  })

  it('has a reason where an arm has no events or is a stratum', () => {
    const none = RELAPSE.map((event, i) => (arm[i] === 1 ? 0 : event))
    expect(reasonOf(cox(WEEKS, none, { arm, arms: 2, reference: 0 }))).toBe('an arm has no events')
    const strata = [{ codes: arm, levels: 2 }]
    expect(reasonOf(cox(WEEKS, RELAPSE, { arm, arms: 2, reference: 0, strata }))).toBe(
      'the arm cannot be told from a stratum',
    )
  })
})
