import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from './random.ts'

const draws = (n: number, draw: () => number): number[] => Array.from({ length: n }, draw)
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
function sd(values: readonly number[]): number {
  const centre = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)))
}

describe('random numbers', () => {
  it('stay within their range, ends of whole numbers included', () => {
    const seed = fc.integer({ min: 0, max: 0xffff_ffff })
    fc.assert(
      fc.property(seed, fc.nat(1000), fc.integer({ min: -50, max: 50 }), fc.nat(50), (n, owner, low, width) => {
        const random = new Random(n, owner, 1)
        const whole = random.whole(low, low + width)
        expect(Number.isInteger(whole) && whole >= low && whole <= low + width).toBe(true)
        const uniform = random.uniform()
        expect(uniform >= 0 && uniform < 1).toBe(true)
        const inside = random.normalWithin(0, 10, -1, 1)
        expect(inside >= -1 && inside <= 1).toBe(true)
      }),
    )
  })

  it('are others for another seed, owner or purpose, and the same for the same', () => {
    const first = (seed: number, owner: number, purpose: number): number => new Random(seed, owner, purpose).bits()
    expect(first(1, 2, 3)).toBe(first(1, 2, 3))
    const all = [first(1, 2, 3), first(2, 2, 3), first(1, 3, 3), first(1, 2, 4), first(3, 2, 1)]
    expect(new Set(all).size).toBe(all.length)
    expect(new Set(draws(1000, () => 0).map((_, owner) => first(1, owner, 1))).size).toBe(1000)
  })

  it('have the means and spreads of their distributions, within four standard errors', () => {
    const random = new Random(20260101, 0, 1)
    const n = 40_000
    expect(Math.abs(mean(draws(n, () => random.uniform())) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n))
    const normal = draws(n, () => random.normal(3, 2))
    expect(Math.abs(mean(normal) - 3)).toBeLessThan((4 * 2) / Math.sqrt(n))
    expect(Math.abs(sd(normal) - 2)).toBeLessThan((4 * 2) / Math.sqrt(2 * n))
    const counts = draws(n, () => random.poisson(2.2))
    expect(Math.abs(mean(counts) - 2.2)).toBeLessThan(4 * Math.sqrt(2.2 / n))
    expect(Math.abs(sd(counts) ** 2 - 2.2)).toBeLessThan(0.15)
  })
})
