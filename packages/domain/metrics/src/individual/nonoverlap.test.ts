import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Nap, nonoverlapOfAllPairs } from './nonoverlap.ts'
import { tauOf, tauU } from './tau.ts'

const values = (min: number) =>
  fc.array(fc.integer({ min: 0, max: 10 }), { minLength: min, maxLength: 30 }).map((list) => Float64Array.from(list))
const nap = (a: readonly number[], b: readonly number[], lowerIsBetter = true): Nap =>
  nonoverlapOfAllPairs(Float64Array.from(a), Float64Array.from(b), lowerIsBetter) as Nap

describe('nonoverlapOfAllPairs', () => {
  it('EX-I2 A 6,7,5 and B 4,5,3,2, lower better: 11 better pairs and one tie of 12, with SE and Newcombe limits', () => {
    const found = nap([6, 7, 5], [4, 5, 3, 2])
    expect(found.estimate).toBeCloseTo(11.5 / 12, 12)
    expect(tauOf(found.estimate)).toBeCloseTo(0.916667, 6)
    expect(found.se).toBeCloseTo(0.072169, 6)
    expect(found.lower).toBeCloseTo(0.496379, 6)
    expect(found.upper).toBeCloseTo(0.997833, 6)
    expect(found).toMatchObject({ m: 3, n: 4 })
  })

  it('is 1 with the upper limit 1 where every day of B is better, 0 with the lower limit 0 where every day is worse', () => {
    expect(nap([6, 7, 5], [1, 2])).toMatchObject({ estimate: 1, upper: 1 })
    expect(nap([6, 7, 5], [8, 9])).toMatchObject({ estimate: 0, lower: 0 })
    expect(nap([6, 7, 5], [8, 9], false)).toMatchObject({ estimate: 1, upper: 1 })
  })

  it('has limits but no standard error where a phase holds one value, and no answer where one holds none', () => {
    const single = nap([6], [4, 7, 3])
    expect(single.se).toBeNull()
    expect(single.estimate).toBeCloseTo(2 / 3, 12)
    expect(single.lower).toBeLessThan(2 / 3)
    expect(single.upper).toBeGreaterThan(2 / 3)
    expect(nonoverlapOfAllPairs(new Float64Array(0), Float64Array.of(1), true)).toBeNull()
    expect(nonoverlapOfAllPairs(Float64Array.of(1), new Float64Array(0), true)).toBeNull()
  })

  it('never has a negative variance: every pair tied', () => {
    // NAP 1/2, Q1 = Q2 = Q3 = 1/4: 1/2 - (m + n - 1)/4 + n/4 + m/4 - 2/4 = 1/4, over (m - 1)(n - 1) = 2
    expect(nap([5, 5], [5, 5, 5]).se).toBeCloseTo(Math.sqrt(0.125), 12)
  })

  it('turns into 1 - NAP with mirrored limits when phases are swapped, or when the direction is', () => {
    fc.assert(
      fc.property(values(1), values(1), fc.boolean(), (a, b, lower) => {
        const there = nonoverlapOfAllPairs(a, b, lower) as Nap
        for (const back of [nonoverlapOfAllPairs(b, a, lower), nonoverlapOfAllPairs(a, b, !lower)] as Nap[]) {
          expect(back.estimate).toBeCloseTo(1 - there.estimate, 12)
          expect(back.lower).toBeCloseTo(1 - there.upper, 10)
          expect(back.upper).toBeCloseTo(1 - there.lower, 10)
          if (there.se === null) expect(back.se).toBeNull()
          else expect((back.se as number) ** 2).toBeCloseTo(there.se ** 2, 12)
        }
      }),
    )
  })

  it('does not change with a constant added to every day, nor with the order of days, and edits no array', () => {
    fc.assert(
      fc.property(values(1), values(1), fc.integer({ min: -50, max: 50 }), (a, b, shift) => {
        const [heldA, heldB] = [a.slice(), b.slice()]
        const found = nonoverlapOfAllPairs(a, b, true)
        const moved = nonoverlapOfAllPairs(
          a.map((value) => value + shift),
          b.map((value) => value + shift),
          true,
        )
        expect(moved).toEqual(found)
        const reversed = nonoverlapOfAllPairs(a.slice().reverse(), b.slice().reverse(), true) as Nap
        expect(reversed.estimate).toBe((found as Nap).estimate)
        expect([a, b]).toEqual([heldA, heldB])
      }),
    )
  })

  it('lies between its limits, and the limits between 0 and 1', () => {
    fc.assert(
      fc.property(values(1), values(1), (a, b) => {
        const { estimate, lower, upper } = nonoverlapOfAllPairs(a, b, true) as Nap
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(lower).toBeLessThanOrEqual(estimate)
        expect(upper).toBeGreaterThanOrEqual(estimate)
        expect(upper).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('tauU', () => {
  it('EX-I2 the baseline improves by itself once net (S_AA = +1), so that Tau-U is (11 - 1) / 12', () => {
    expect(tauU(Float64Array.of(6, 7, 5), Float64Array.of(4, 5, 3, 2), true)).toBeCloseTo(0.833333, 6)
  })

  it('takes the order of the baseline: S_AA of 5, 6, 7 is -3, so that Tau-U is 14 / 12', () => {
    expect(tauU(Float64Array.of(5, 6, 7), Float64Array.of(4, 5, 3, 2), true)).toBeCloseTo(14 / 12, 12)
  })

  it('is Tau where the baseline is flat, changes its sign with the direction, and has no answer without a phase', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), values(1), (level, b) => {
        const a = new Float64Array(4).fill(level)
        const found = tauU(a, b, true) as number
        expect(found).toBeCloseTo(tauOf((nonoverlapOfAllPairs(a, b, true) as Nap).estimate), 12)
        expect(tauU(a, b, false)).toBeCloseTo(-found, 12)
      }),
    )
    expect(tauU(new Float64Array(0), Float64Array.of(1), true)).toBeNull()
    expect(tauU(Float64Array.of(1), new Float64Array(0), true)).toBeNull()
  })
})
