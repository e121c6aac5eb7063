import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NoAnswer } from '../no-answer.ts'
import { type HodgesLehmann, hodgesLehmann } from './hodges-lehmann.ts'
import { type MannWhitney, mannWhitney } from './mann-whitney.ts'
import { pairwiseDifference } from './pairwise-difference.ts'

const of = (...values: number[]) => Float64Array.from(values)
const reasonOf = (result: object): string | undefined => (result as Partial<NoAnswer>).reason
const anyArm = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 }).map((values) => of(...values))

describe('the shift of Hodges and Lehmann', () => {
  it('EX-S8: of -5, -3, -7 against -1, -2, -4 is -3', () => {
    // differences -4 -3 -1, -2 -1 1, -6 -5 -3: the fifth of nine is -3
    expect((hodgesLehmann(of(-5, -3, -7), of(-1, -2, -4)) as HodgesLehmann).estimate).toBe(-3)
  })

  it('is the median of all differences, found without storing them', () => {
    fc.assert(
      fc.property(anyArm, anyArm, (x, y) => {
        const all = [...x].flatMap((a) => [...y].map((b) => a - b)).toSorted((a, b) => a - b)
        const [left, right] = [x.toSorted(), y.toSorted()]
        all.forEach((difference, k) => {
          expect(pairwiseDifference(left, right, k + 1)).toBe(difference)
        })
      }),
    )
  })

  it('moves with a shift, turns with the arms, and is the same bits in any order', () => {
    fc.assert(
      fc.property(anyArm, anyArm, fc.constantFrom('asymptotic' as const, 'exact' as const), (x, y, limits) => {
        const found = hodgesLehmann(x, y, limits) as HodgesLehmann
        const turned = hodgesLehmann(y, x, limits) as HodgesLehmann
        const moved = hodgesLehmann(
          x.map((value) => value + 4),
          y,
          limits,
        ) as HodgesLehmann
        expect(turned.estimate + found.estimate).toBe(0)
        expect(turned.lower + found.upper).toBe(0)
        expect(moved.lower - found.lower).toBe(4)
        expect(hodgesLehmann(x.toReversed(), y.toReversed(), limits)).toEqual(found)
        expect(found.lower).toBeLessThanOrEqual(found.estimate)
      }),
    )
  })
})

describe('the rank-sum test', () => {
  it('of 3 against 3 fully apart has the exact p 2 / 20', () => {
    const found = mannWhitney(of(4, 5, 6), of(1, 2, 3)) as MannWhitney
    expect(found.u).toBe(9)
    expect(found.superiority).toBe(1)
    expect(found.pExact).toBeCloseTo(0.1, 14)
  })

  it('with ties has the exact p of all divisions, worked out one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
        (x, y) => {
          const found = mannWhitney(of(...x), of(...y))
          if ('reason' in found) return
          const all = [...x, ...y]
          const winsOf = (chosen: readonly boolean[]) => {
            let wins = 0
            all.forEach((a, i) => {
              all.forEach((b, j) => {
                if (chosen[i] && !chosen[j]) wins += a > b ? 1 : a === b ? 0.5 : 0
              })
            })
            return wins
          }
          const half = (x.length * y.length) / 2
          let far = 0
          let ways = 0
          for (let bits = 0; bits < 2 ** all.length; bits++) {
            const chosen = all.map((_, i) => ((bits >> i) & 1) === 1)
            if (chosen.filter(Boolean).length !== x.length) continue
            ways++
            if (Math.abs(winsOf(chosen) - half) >= Math.abs(found.u - half)) far++
          }
          expect(found.pExact).toBeCloseTo(far / ways, 12)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('has a reason for an empty arm, a missing value, values all alike, and an exact p of large arms', () => {
    expect(reasonOf(mannWhitney(of(), of(1)))).toBe('an arm has no subjects')
    expect(reasonOf(mannWhitney(of(Number.NaN), of(1)))).toBe('an outcome is missing')
    expect(reasonOf(mannWhitney(of(2, 2), of(2, 2, 2)))).toBe('all values are alike')
    expect(reasonOf(hodgesLehmann(of(), of(1)))).toBe('an arm has no subjects')
    const large = new Float64Array(60).map((_, i) => i)
    expect(reasonOf(hodgesLehmann(large, large, 'exact'))).toBe('the arms are too large for the exact distribution')
    expect(
      reasonOf(
        (
          mannWhitney(
            large,
            large.map((x) => x + 0.5),
          ) as MannWhitney
        ).pExact as NoAnswer,
      ),
    ).toBe('the arms are too large for the exact distribution')
  })
})
