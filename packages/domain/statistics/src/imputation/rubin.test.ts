import { describe, expect, it } from 'vitest'
import { rubin } from './rubin.ts'

describe("Rubin's rules", () => {
  it('EX-S7: pooled -1.2, SE 0.5587, df 42.93, limits -2.3268 to -0.0732', () => {
    const se = [0.5, 0.52, 0.48, 0.5, 0.51]
    const pooled = rubin(
      Float64Array.of(-1.2, -1.5, -0.9, -1.3, -1.1),
      Float64Array.from(se, (s) => s * s),
      90,
    )
    if ('reason' in pooled) throw new Error(pooled.reason)
    expect(pooled.estimate).toBeCloseTo(-1.2, 12)
    expect(pooled.se).toBeCloseTo(0.5587, 4)
    expect(pooled.df).toBeCloseTo(42.93, 2)
    expect(pooled.lower).toBeCloseTo(-2.3268, 4)
    expect(pooled.upper).toBeCloseTo(-0.0732, 4)
  })

  it('of equal estimates gives the variance within, and the df of complete data as observed: 120 * 121 / 123', () => {
    // Case mi.rubin.identical of the unit figures.
    const pooled = rubin(new Float64Array(5).fill(-2), new Float64Array(5).fill(0.5), 120)
    expect(pooled).toMatchObject({ estimate: -2, se: Math.sqrt(0.5), betweenShare: 0 })
    if (!('reason' in pooled)) expect(pooled.df).toBeCloseTo((120 * 121) / 123, 10)
  })

  it('needs two imputations and some variance', () => {
    expect(rubin(Float64Array.of(1), Float64Array.of(1), 9)).toEqual({ reason: 'fewer than two imputations' })
    expect(rubin(new Float64Array(2), new Float64Array(2), 9)).toEqual({ reason: 'the estimates have no variance' })
  })
})
