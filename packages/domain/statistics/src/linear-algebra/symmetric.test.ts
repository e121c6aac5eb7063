import { describe, expect, it } from 'vitest'
import { bilinear, factorize, invert, logDeterminant, solve } from './symmetric.ts'

// By hand: [[4, 2], [2, 5]] has determinant 16, inverse [[5, -2], [-2, 4]] / 16, factor [[2, 0], [1, 2]].
const matrix = (): Float64Array => Float64Array.of(4, 2, 2, 5)

describe('a symmetric matrix', () => {
  it('has a factor, a determinant and an inverse', () => {
    const factor = matrix()
    expect(factorize(factor, 2)).toBe(-1)
    expect([factor[0], factor[2], factor[3]]).toEqual([2, 1, 2])
    expect(logDeterminant(factor, 2)).toBeCloseTo(Math.log(16), 14)
    expect(Array.from(invert(factor, 2), (x) => x * 16)).toEqual([5, -2, -2, 4])
  })

  it('solves equations: (4, 2) x + (2, 5) y = (8, 12) at x = 1, y = 2', () => {
    const factor = matrix()
    factorize(factor, 2)
    const b = Float64Array.of(8, 12)
    solve(factor, 2, b)
    expect(Array.from(b)).toEqual([1, 2])
  })

  it('has a bilinear form: (1, 2) A (3, 1) = 1 * 14 + 2 * 11', () => {
    expect(bilinear(matrix(), 2, Float64Array.of(1, 2), Float64Array.of(3, 1))).toBe(36)
  })

  it.each([
    ['whose second row is twice the first', [1, 2, 2, 4], 1],
    ['with a negative diagonal', [-1, 0, 0, 1], 0],
    ['with a value that is no number', [Number.NaN, 0, 0, 1], 0],
  ])('%s is told by its row', (_, values, row) => {
    expect(factorize(Float64Array.from(values), 2)).toBe(row)
  })
})
