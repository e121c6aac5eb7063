import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countAsLarge, type RandomisationTest, randomisationTest } from './randomisation-test.ts'

const run = (series: readonly number[], start: number, a: number, b: number, lowerIsBetter = true) =>
  randomisationTest(Float64Array.from(series), start, a, b, lowerIsBetter)

describe('randomisationTest', () => {
  it('EX-I4 ten admissible start points, the real one with the largest statistic: p 0.10', () => {
    // 15 occasions, at least 3 a phase: B may start at places 3 to 12. A clean fall at place 7.
    const series = [8, 8, 8, 8, 8, 8, 8, 2, 2, 2, 2, 2, 2, 2, 2]
    expect(run(series, 7, 3, 3)).toEqual({ statistic: 6, p: 0.1, startPoints: 10, asLarge: 1 })
  })

  it('counts every start point whose difference ties with the observed one', () => {
    expect(run([5, 5, 5, 5, 5, 5], 3, 2, 2)).toEqual({ statistic: 0, p: 1, startPoints: 3, asLarge: 3 })
    // 0.1 + 0.2 is not 0.3 in doubles: a difference of 1e-17 is a tie
    expect(countAsLarge(Float64Array.of(0.3, 0.1 + 0.2, 0.2), 0.1 + 0.2)).toBe(2)
  })

  it('looks in the direction of improvement', () => {
    const rise = [1, 1, 1, 6, 6, 6]
    expect(run(rise, 3, 2, 2, true)).toMatchObject({ statistic: -5, p: 1 })
    expect(run(rise, 3, 2, 2, false)).toMatchObject({ statistic: 5, p: 1 / 3 })
  })

  it('takes means of the observed days, and lets a split without values speak against the treatment', () => {
    const gap = Number.NaN
    // start 1: A has no value; start 2: 8 - 3 = 5; start 3: (8 + 4) / 2 - 2 = 4
    expect(run([gap, 8, 4, 2], 2, 1, 1)).toEqual({ statistic: 5, p: 2 / 3, startPoints: 3, asLarge: 2 })
    expect(run([gap, 8, 4, 2], 1, 1, 1)).toBeNull()
  })

  it('has no answer for a start that the plan does not admit', () => {
    const series = [8, 8, 8, 2, 2, 2]
    expect(run(series, 1, 2, 2)).toBeNull()
    expect(run(series, 5, 2, 2)).toBeNull()
    expect(run(series, 2.5, 2, 2)).toBeNull()
    expect(run(series, 0, 0, 0)).toBeNull()
    expect(run([], 0, 1, 1)).toBeNull()
  })

  const trial = fc
    .tuple(
      fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 6, maxLength: 60 }),
      fc.nat(),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([series, place, shortest]) => ({
      series,
      shortest,
      start: shortest + (place % (series.length - 2 * shortest + 1)),
    }))

  it('has a p from 1 / k to 1, which a constant added to all days does not change', () => {
    fc.assert(
      fc.property(trial, fc.integer({ min: -20, max: 20 }), ({ series, start, shortest }, shift) => {
        const found = run(series, start, shortest, shortest) as RandomisationTest
        expect(found.startPoints).toBe(series.length - 2 * shortest + 1)
        expect(found.p).toBeGreaterThanOrEqual(1 / found.startPoints)
        expect(found.p).toBeLessThanOrEqual(1)
        const moved = run(
          series.map((value) => value + shift),
          start,
          shortest,
          shortest,
        ) as RandomisationTest
        expect(moved.asLarge).toBe(found.asLarge)
        expect(moved.statistic).toBeCloseTo(found.statistic, 10)
      }),
    )
  })
})
