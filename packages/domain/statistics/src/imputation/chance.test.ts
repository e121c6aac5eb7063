import { describe, expect, it } from 'vitest'
import { factorize } from '../linear-algebra/symmetric.ts'
import { Chance } from './chance.ts'

const N = 40_000
const NAME = [7, 'chance', 'test'] as const

function moments(draw: () => number): { readonly mean: number; readonly variance: number } {
  const values = Float64Array.from({ length: N }, draw)
  const mean = values.reduce((sum, value) => sum + value, 0) / N
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (N - 1) }
}

// Bounds are five standard errors of the moments of 40,000 draws.
describe('a stream of chance', () => {
  it('is the same by the same name and another by any other', () => {
    const first = (...name: (string | number)[]) => new Chance(...name).uniform()
    expect(first(1, 'a', 2, 3)).toBe(first(1, 'a', 2, 3))
    const names = [
      first(1, 'a', 2, 3),
      first(2, 'a', 2, 3),
      first(1, 'b', 2, 3),
      first(1, 'a', 3, 2),
      first(1, 'a', 23),
    ]
    expect(new Set(names).size).toBe(5)
  })

  it('is uniform: mean 1/2, variance 1/12', () => {
    const chance = new Chance(...NAME)
    const { mean, variance } = moments(() => chance.uniform())
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.0073)
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.0019)
  })

  it('of neighbouring names is uncorrelated', () => {
    const { mean } = moments(() => 0)
    expect(mean).toBe(0)
    let sum = 0
    for (let k = 0; k < N; k++)
      sum += (new Chance(1, 'x', 1, k).uniform() - 0.5) * (new Chance(1, 'x', 1, k + 1).uniform() - 0.5)
    expect(Math.abs((12 * sum) / N)).toBeLessThan(0.025)
  })

  it('is normal: mean 0, variance 1, fourth moment 3', () => {
    const chance = new Chance(...NAME)
    const { mean, variance } = moments(() => chance.normal())
    expect(Math.abs(mean)).toBeLessThan(0.025)
    expect(Math.abs(variance - 1)).toBeLessThan(0.036)
    expect(Math.abs(moments(() => chance.normal() ** 4).mean - 3)).toBeLessThan(0.25)
  })

  it.each([0.4, 2.5, 30])('is gamma of shape %d: mean and variance are the shape', (shape) => {
    const chance = new Chance(...NAME)
    const { mean, variance } = moments(() => chance.gamma(shape))
    expect(Math.abs(mean - shape)).toBeLessThan(5 * Math.sqrt(shape / N))
    expect(Math.abs(variance - shape)).toBeLessThan(5 * Math.sqrt((2 * shape * shape + 6 * shape) / N))
  })

  it('is inverse Wishart: mean of the scale matrix / (df - n - 1), n = 2, df = 13', () => {
    const factor = Float64Array.of(40, 24, 24, 90)
    factorize(factor, 2)
    const chance = new Chance(...NAME)
    const sums = [0, 0, 0]
    for (let k = 0; k < N; k++) {
      const f = chance.inverseWishartFactor(factor, 2, 13)
      sums[0] += f[0] * f[0] + f[1] * f[1]
      sums[1] += f[0] * f[2] + f[1] * f[3]
      sums[2] += f[2] * f[2] + f[3] * f[3]
    }
    // SE of the mean of an element on the diagonal: mean sqrt(2 / (df - n - 3)) / sqrt(N), 0.5 % of the mean.
    expect(Math.abs(sums[0] / N - 4)).toBeLessThan(0.05)
    expect(Math.abs(sums[1] / N - 2.4)).toBeLessThan(0.06)
    expect(Math.abs(sums[2] / N - 9)).toBeLessThan(0.12)
  })
})
