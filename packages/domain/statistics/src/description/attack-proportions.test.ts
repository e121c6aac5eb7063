import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttackProportions, attackProportions } from './attack-proportions.ts'
import { exchangeableProportion } from './exchangeable-proportion.ts'

const counts = (list: readonly number[]): Int32Array => Int32Array.from(list)
/** Per subject: successes and attacks. */
const study = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 1, maxLength: 20 }).map((subjects) => ({
  successes: counts(subjects.map(([yes]) => yes)),
  attacks: counts(subjects.map(([yes, no]) => yes + no)),
}))

/** YYNY, NNNNN, YYY, YN, N, YYYYYN, NNY, Y */
const EIGHT = [counts([3, 0, 3, 1, 0, 5, 1, 1]), counts([4, 5, 3, 2, 1, 6, 3, 1])] as const

describe('attackProportions', () => {
  it('EX-A5 YNY / N / YY: pooled 4 of 6 (66.7 %), mean of subject proportions 55.6 %', () => {
    const found = attackProportions(counts([2, 0, 2]), counts([3, 1, 2])) as AttackProportions
    expect(found).toMatchObject({ subjects: 3, successes: 4, attacks: 6 })
    expect(100 * found.pooled).toBeCloseTo(66.7, 1)
    // (2/3 + 0 + 1) / 3 = 5/9; sd^2 = (1/81 + 25/81 + 16/81) / 2 = 42/162, SE = sqrt(42 / 486)
    expect(found.mean).toBeCloseTo(5 / 9, 12)
    expect(found.meanSe).toBeCloseTo(Math.sqrt(42 / 486), 12)
  })

  it('leaves out a subject without attacks, who has no proportion', () => {
    const found = attackProportions(counts([2, 0, 0, 2]), counts([3, 0, 1, 2]))
    expect(found).toEqual(attackProportions(counts([2, 0, 2]), counts([3, 1, 2])))
  })

  it('has no standard error for one subject, and no answer without attacks', () => {
    expect(attackProportions(counts([2]), counts([3]))).toMatchObject({ subjects: 1, meanSe: null })
    expect(attackProportions(counts([0]), counts([0]))).toBeNull()
    expect(attackProportions(counts([]), counts([]))).toBeNull()
  })
})

describe('exchangeableProportion', () => {
  it('with equally many attacks a subject is the pooled proportion, with the variance between subjects', () => {
    // 3, 1, 2, 0, 3 of 3: mu = 9/15; squares around 1.8: 1.44 + 0.64 + 0.04 + 3.24 + 1.44 = 6.8; SE = sqrt(6.8) / 15
    const found = exchangeableProportion(counts([3, 1, 2, 0, 3]), counts([3, 3, 3, 3, 3]))
    expect(found?.estimate).toBeCloseTo(0.6, 12)
    expect(found?.se).toBeCloseTo(Math.sqrt(6.8) / 15, 12)
    // squares of all attacks 15 * 0.24 = 3.6; pairs (6.8 - 3.6) / 2 = 1.6 over 15: rho = (1.6 / 15) / (3.6 / 15)
    expect(found?.correlation).toBeCloseTo(1.6 / 3.6, 12)
  })

  // Full GEE with matrices (logit link, Fisher scoring, moment rho), written apart from this in numpy 2; statsmodels 0.15
  // divides rho otherwise and has 0.55717, SE 0.13315 for the first. The second is EX-A5.
  it.each([
    [
      EIGHT[0],
      EIGHT[1],
      0.5571265077792779,
      0.13309063563378282,
      0.30413080545714954,
      0.7835915268660629,
      0.4099292421,
    ],
    [
      counts([2, 0, 2]),
      counts([3, 1, 2]),
      0.6904361458514334,
      0.10892628226768046,
      0.45098136177190024,
      0.8582736126543329,
      -0.2646119011,
    ],
  ])('with different numbers of attacks weighs subjects by their correlation', (yes, n, mu, se, lower, upper, rho) => {
    const found = exchangeableProportion(yes, n)
    expect(found?.estimate).toBeCloseTo(mu, 10)
    expect(found?.se).toBeCloseTo(se, 10)
    expect(found?.lower).toBeCloseTo(lower, 10)
    expect(found?.upper).toBeCloseTo(upper, 10)
    expect(found?.correlation).toBeCloseTo(rho, 9)
  })

  it('with one attack a subject is the plain proportion with sqrt(p (1 - p) / n)', () => {
    const found = exchangeableProportion(counts([1, 0, 0, 1, 1]), counts([1, 1, 1, 1, 1]))
    expect(found?.estimate).toBeCloseTo(0.6, 12)
    expect(found?.se).toBeCloseTo(Math.sqrt(0.24 / 5), 12)
    expect(found?.correlation).toBe(0)
  })

  it('has no answer for one subject, for attacks that all went alike, and where no correlation fits', () => {
    expect(exchangeableProportion(counts([2]), counts([3]))).toBeNull()
    expect(exchangeableProportion(counts([2, 0]), counts([3, 0]))).toBeNull()
    expect(exchangeableProportion(counts([3, 2]), counts([3, 2]))).toBeNull()
    expect(exchangeableProportion(counts([0, 0]), counts([3, 2]))).toBeNull()
    expect(exchangeableProportion(counts([1, 1]), counts([2, 2]))).toBeNull()
  })

  it('lies within its limits, those within 0 and 1, and mirrors when success and failure are swapped', () => {
    fc.assert(
      fc.property(study, ({ successes, attacks }) => {
        const found = exchangeableProportion(successes, attacks)
        const failures = attacks.map((n, i) => n - (successes[i] as number))
        const mirrored = exchangeableProportion(failures, attacks)
        if (found === null) {
          expect(mirrored).toBeNull()
          return
        }
        expect(found.lower).toBeGreaterThanOrEqual(0)
        expect(found.lower).toBeLessThanOrEqual(found.estimate)
        expect(found.upper).toBeGreaterThanOrEqual(found.estimate)
        expect(found.upper).toBeLessThanOrEqual(1)
        expect(mirrored?.estimate).toBeCloseTo(1 - found.estimate, 8)
        expect(mirrored?.se).toBeCloseTo(found.se, 8)
      }),
    )
  })
})
