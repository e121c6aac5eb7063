import { describe, expect, it } from 'vitest'
import { mannWhitney } from '../ranks/mann-whitney.ts'
import { type Bootstrap, bootstrapFigures, bootstrapInterval } from './bootstrap.ts'
import { countExtremes, permutationP } from './permutation.ts'
import { hashText, philox, randomAt } from './random.ts'

const hex = (words: Iterable<number>) => [...words].map((word) => word.toString(16).padStart(8, '0')).join(' ')

describe('chance', () => {
  it('is Philox4x32-10: the known answers of Random123 for zeros, ones, and the digits of pi', () => {
    const turned = (counter: readonly number[], key: readonly [number, number]): string => {
      const words = Uint32Array.from(counter)
      philox(words, key)
      return hex(words)
    }
    expect(turned([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8')
    const ones = 0xffffffff
    expect(turned([ones, ones, ones, ones], [ones, ones])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd')
    const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]
    expect(turned(pi, [0xa4093822, 0x299f31d0])).toBe('d16cfe09 94fdcceb 5001e420 24126ea1')
  })

  it('has keys by FNV-1a: the published hashes of "", "a" and "foobar"', () => {
    expect(hex(hashText('').toReversed())).toBe('cbf29ce4 84222325')
    expect(hex(hashText('a').toReversed())).toBe('af63dc4c 8601ec8c')
    expect(hex(hashText('foobar').toReversed())).toBe('85944171 f73967e8')
  })

  it('is the same for the same names and place, and another for any other', () => {
    const first = (seed: string, analysis: string, place: number) => randomAt(seed, analysis, place).uniform()
    expect(first('s', 'MHD', 3)).toBe(first('s', 'MHD', 3))
    expect(new Set([first('s', 'MHD', 3), first('s', 'MHD', 4), first('s', 'MMD', 3), first('t', 'MHD', 3)]).size).toBe(
      4,
    )
  })

  it('is uniform and normal to what 20,000 draws can tell', () => {
    const random = randomAt('seed', 'moments', 0)
    const n = 20_000
    const uniforms = Float64Array.from({ length: n }, random.uniform)
    const normals = Float64Array.from({ length: n }, random.normal)
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n
    const square = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0) / n
    // five standard errors: sqrt(1/12/n), sqrt(1/n), sqrt(2/n)
    expect(Math.abs(mean(uniforms) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(mean(normals))).toBeLessThan(5 * Math.sqrt(1 / n))
    expect(Math.abs(square(normals) - 1)).toBeLessThan(5 * Math.sqrt(2 / n))
  })
})

describe('the bootstrap', () => {
  const values = Float64Array.from({ length: 40 }, (_, i) => (i * i) % 23)
  const groups = Int32Array.from(values, (_, i) => i % 2)
  const statistic = (chosen: Uint32Array) => chosen.reduce((sum, i) => sum + (values[i] as number), 0) / chosen.length
  const plan = { seed: '1', analysis: 'mean', groups, statistic }

  it('gives the same figures in one piece or in four', () => {
    const whole = bootstrapFigures(plan, 0, 100)
    const parts = [0, 25, 50, 75].flatMap((from) => [...bootstrapFigures(plan, from, from + 25)])
    expect(parts).toEqual([...whole])
  })

  it('of a mean has about its standard error, within groups, and limits around it', () => {
    const found = bootstrapInterval(plan, bootstrapFigures(plan, 0, 4000)) as Bootstrap
    const variances = [0, 1].map((group) => {
      const own = values.filter((_, i) => groups[i] === group)
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length
      return own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length / own.length
    })
    // drawn within two groups of 20: variance of the mean (v1 + v2) / 4; the SE of an SE of 4000 is about 1.1 %
    const se = Math.sqrt(((variances[0] as number) + (variances[1] as number)) / 4)
    expect(Math.abs(found.se / se - 1)).toBeLessThan(0.05)
    expect(found.percentileLower).toBeLessThan(found.estimate)
    expect(found.bcaUpper).toBeGreaterThan(found.estimate)
    expect(Math.abs((found.percentileUpper - found.percentileLower) / (2 * 1.96 * se) - 1)).toBeLessThan(0.06)
  })

  it('has the acceleration, bias and BCa limits of R on the same figures', () => {
    // R 4.2.2: the formula of Efron 1987 on v = 1, 2, 3, 4, 10, 15 and the figures ((0:199) * 37 %% 101) / 8
    const v = Float64Array.of(1, 2, 3, 4, 10, 15)
    const mean = (chosen: Uint32Array) => chosen.reduce((sum, i) => sum + (v[i] as number), 0) / chosen.length
    const figures = Float64Array.from({ length: 200 }, (_, k) => ((k * 37) % 101) / 8)
    const found = bootstrapInterval({ groups: new Int32Array(6), statistic: mean }, figures) as Bootstrap
    expect(found.acceleration).toBeCloseTo(0.0579813389911474, 12)
    expect(found.bias).toBeCloseTo(-0.0878448378958717, 12)
    expect(found.bcaLower).toBeCloseTo(0.3099489167418286, 10)
    expect(found.bcaUpper).toBeCloseTo(12.25, 10)
    expect(found.percentileLower).toBeCloseTo(0.25, 12)
    expect(found.se).toBeCloseTo(3.6639477068275461, 10)
  })

  it('has a reason where there is no figure, and where nothing varies', () => {
    expect(bootstrapInterval({ groups, statistic: () => null }, Float64Array.of(1, 2))).toEqual({
      reason: 'the figure does not exist',
    })
    expect(bootstrapInterval({ groups, statistic: () => 3 }, Float64Array.of(3, 3))).toEqual({
      reason: 'the figure does not vary',
    })
    expect(bootstrapInterval(plan, Float64Array.of(1, Number.NaN))).toEqual({ reason: 'a resample has no figure' })
  })
})

describe('the permutation test', () => {
  const values = [3, 5, 8, 9, 12, 1, 2, 4, 6]
  const arm = Int32Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0)
  const ranks = [3, 5, 7, 8, 9, 1, 2, 4, 6]
  const statistic = (assigned: Int32Array) =>
    assigned.reduce((sum, code, i) => sum + code * (ranks[i] as number), 0) - 25
  const plan = { seed: '1', analysis: 'ranks', arm, statistic }

  it('comes to the exact p of the rank sum', () => {
    const exact = mannWhitney(Float64Array.from(values.slice(0, 5)), Float64Array.from(values.slice(5)))
    const p = permutationP([countExtremes(plan, 0, 3000), countExtremes(plan, 3000, 6000)], 6000) as number
    const expected = (exact as { pExact: number }).pExact
    expect(Math.abs(p - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 6000))
  })

  it('within strata of one arm leaves everything as it is: p is 1', () => {
    expect(permutationP([countExtremes({ ...plan, strata: arm }, 0, 50)], 50)).toBe(1)
    expect(permutationP([countExtremes({ ...plan, statistic: () => null }, 0, 50)], 50)).toEqual({
      reason: 'a permutation has no figure',
    })
  })
})
