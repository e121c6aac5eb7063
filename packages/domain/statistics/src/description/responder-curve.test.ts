import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CURVE_THRESHOLDS, cumulativeResponders, type ResponderCurve } from './responder-curve.ts'

const curve = (changes: readonly number[], lowerIsBetter = true): ResponderCurve =>
  cumulativeResponders(Float64Array.from(changes), lowerIsBetter) as ResponderCurve
const at = ({ counts }: ResponderCurve, threshold: number) => counts[CURVE_THRESHOLDS.indexOf(threshold)]

describe('cumulativeResponders', () => {
  it('reads the curve at 0, 5, ..., 100', () => {
    expect(CURVE_THRESHOLDS).toHaveLength(21)
    expect([CURVE_THRESHOLDS[0], CURVE_THRESHOLDS[1], CURVE_THRESHOLDS[20]]).toEqual([0, 5, 100])
  })

  it('counts a missing endpoint as 0 % improvement, a worsened subject nowhere', () => {
    const found = curve([-100, -52, -30, 0, 15, Number.NaN])
    expect([0, 5, 30, 35, 50, 55, 100].map((t) => at(found, t))).toEqual([5, 3, 3, 2, 2, 1, 1])
    expect(found.n).toBe(6)
    expect(found.shares[0]).toBeCloseTo(5 / 6, 12)
  })

  it('counts 7.0 to 4.9 at 30 % although doubles give 29.999999999999993', () => {
    const change = (100 * (4.9 - 7)) / 7
    expect(change).toBeGreaterThan(-30)
    expect(at(curve([change]), 30)).toBe(1)
    expect(at(curve([change]), 35)).toBe(0)
    expect(at(curve([-29.9999]), 30)).toBe(0)
  })

  it('mirrors where higher is better, and has no answer without subjects', () => {
    expect(at(curve([50, -50], false), 50)).toBe(1)
    expect(at(curve([50, -50], false), 0)).toBe(1)
    expect(cumulativeResponders(new Float64Array(0), true)).toBeNull()
  })

  it('never rises, and never drops a subject', () => {
    const change = fc.oneof(fc.integer({ min: -100, max: 100 }), fc.constant(Number.NaN))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 50 }), (changes) => {
        const { n, counts, shares } = curve(changes)
        expect(n).toBe(changes.length)
        expect([...counts]).toEqual([...counts].sort((a, b) => b - a))
        for (const share of shares) expect(share >= 0 && share <= 1).toBe(true)
        const known = changes.filter((value) => !Number.isNaN(value))
        expect(at({ n, counts, shares }, 5)).toBe(known.filter((value) => value <= -5).length)
      }),
    )
  })
})
