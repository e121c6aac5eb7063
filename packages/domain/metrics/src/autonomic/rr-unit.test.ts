import { describe, expect, it } from 'vitest'
import { rrUnitOf } from './rr-unit.ts'

const unit = (...values: number[]) => rrUnitOf(Float64Array.from(values))

describe('rrUnitOf', () => {
  it('takes medians of 300 to 2000 for ms and of 0.3 to 2.0 for s, limits included', () => {
    expect([300, 800, 2000].map((value) => unit(value))).toEqual(['ms', 'ms', 'ms'])
    expect([0.3, 0.8, 2].map((value) => unit(value))).toEqual(['s', 's', 's'])
    expect([0.29, 2.01, 65, 299.9, 2000.1, 80_000, -800].map((value) => unit(value))).toEqual(Array(7).fill(null))
  })

  it('goes by the median, not by single values', () => {
    expect(unit(800, 0.8, 5000)).toBe('ms')
    expect(unit(200, 400)).toBe('ms') // (200 + 400) / 2 = 300
    expect(unit(200, 399)).toBeNull()
  })

  it('leaves out what is no number, and says nothing of nothing', () => {
    expect(unit(Number.NaN, 0.9, Number.POSITIVE_INFINITY)).toBe('s')
    expect(unit()).toBeNull()
    expect(unit(Number.NaN)).toBeNull()
  })
})
