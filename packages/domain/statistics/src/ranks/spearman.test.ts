import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Spearman, spearman } from './spearman.ts'

const of = (x: readonly number[], y: readonly number[]) => spearman(Float64Array.from(x), Float64Array.from(y))

describe('Spearman correlation', () => {
  it('of pain and mood change with ties has mid-ranks, p by t, limits of Bonett and Wright', () => {
    // scipy 1.17.1: stats.spearmanr; limits tanh(atanh r -+ 1.959964 sqrt((1 + r^2 / 2) / 5)) worked out there
    const found = of([-30, -10, -55, 0, 20, -40, -10, -25], [-3, -1, -6, 1, 0, -2, -1, -8])
    expect(found?.r).toBeCloseTo(0.8072289156626505, 12)
    expect(found?.p).toBeCloseTo(0.015419372762232257, 12)
    expect(found?.lower).toBeCloseTo(0.10932332430041562, 10)
    expect(found?.upper).toBeCloseTo(0.9720543387974357, 10)
    expect(found?.n).toBe(8)
  })

  it('of five untied subjects is 1 - 6 sum d^2 / (n (n^2 - 1))', () => {
    // ranks 1 2 3 4 5 against 2 1 4 3 5: sum d^2 = 4, 1 - 24 / 120
    expect(of([10, 20, 30, 40, 50], [2, 1, 4, 3, 5])?.r).toBeCloseTo(0.8, 12)
  })

  it('at full agreement has p 0 and limits 1', () => {
    expect(of([1, 2, 3, 4], [2, 5, 6, 9])).toEqual({ n: 4, r: 1, p: 0, lower: 1, upper: 1 })
    expect(of([1, 2, 3, 4], [9, 6, 5, 2])).toEqual({ n: 4, r: -1, p: 0, lower: -1, upper: -1 })
  })

  it('needs three subjects for a p, four for limits, and values that differ for an answer', () => {
    expect(of([1, 2, 3], [1, 3, 2])).toMatchObject({ n: 3, r: 0.5, lower: null, upper: null })
    expect(of([1, 2], [1, 3])).toEqual({ n: 2, r: 1, p: null, lower: null, upper: null })
    expect(of([1, 1, 1, 1], [1, 3, 2, 4])).toBeNull()
    expect(of([1], [1])).toBeNull()
    expect(of([], [])).toBeNull()
  })

  it('goes by ranks alone, is the same both ways round, and turns its sign with a column', () => {
    const pair = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -8, max: 8 }))
    fc.assert(
      fc.property(fc.array(pair, { minLength: 4, maxLength: 40 }), (pairs) => {
        const x = pairs.map(([one]) => one)
        const y = pairs.map(([, two]) => two)
        const found = of(x, y)
        expect(of(y, x)).toEqual(found)
        expect(
          of(
            x.map((value) => value ** 3 + 5),
            y,
          ),
        ).toEqual(found)
        const turned = of(
          x.map((value) => -value),
          y,
        )
        if (found === null) {
          expect(turned).toBeNull()
          return
        }
        expect(turned?.r).toBeCloseTo(-found.r, 12)
        const { r, p, lower, upper } = found as Spearman
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(lower).toBeLessThanOrEqual(r + 1e-12)
        expect(upper).toBeGreaterThanOrEqual(r - 1e-12)
      }),
    )
  })
})
