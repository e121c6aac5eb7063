import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { responseClass } from './response-class.ts'
import { hasWorsened } from './worsening.ts'

const rating = (base: number, value: number) => responseClass(base, 1, value, 1, false, 'percent-or-points')
const count = (base: number, value: number) => responseClass(base, 1, value, 1, false, 'percent')

describe('responseClass', () => {
  it.each([
    [10, 5, 'substantial'], // -50 %
    [10, 5.1, 'moderate'],
    [7, 4.9, 'moderate'], // -30 % on paper, -29.999999999999993 in doubles
    [10, 7.1, 'minimal'],
    [10, 9, 'minimal'], // -10 %
    [10, 9.1, 'no change'],
    [10, 12.9, 'no change'], // +29 %, as a count
    [10, 13, 'worsened'], // +30 %
  ])('of a count from %d to %d is %s', (base, value, expected) => {
    expect(count(base, value)).toBe(expected)
  })

  it('of a rating is worsened at two points more, of a count it is not', () => {
    expect(rating(8, 10)).toBe('worsened') // +25 %
    expect(rating(8, 9.9)).toBe('no change')
    expect(count(8, 10)).toBe('no change')
    expect(rating(7.2, 9.2)).toBe('worsened') // +28 %, and 9.2 - 7.2 is 1.9999999999999991 in doubles
  })

  it('mirrors where higher is better', () => {
    expect(responseClass(40, 1, 60, 1, true, 'percent')).toBe('substantial')
    expect(responseClass(40, 1, 44, 1, true, 'percent')).toBe('minimal')
    expect(responseClass(40, 1, 28, 1, true, 'percent')).toBe('worsened')
    expect(responseClass(40, 1, 28.1, 1, true, 'percent')).toBe('no change')
    expect(responseClass(40, 1, 38, 1, true, 'percent-or-points')).toBe('worsened')
  })

  it('has no answer where PCHG has none: baseline 0, or a value missing', () => {
    expect(rating(0, 3)).toBeNull()
    expect(rating(5, Number.NaN)).toBeNull()
    expect(responseClass(5, 0, 3, 1, false, 'percent')).toBeNull()
  })

  it('never gets better when the value gets worse', () => {
    const order = ['substantial', 'moderate', 'minimal', 'no change', 'worsened']
    const value = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), value, value, fc.boolean(), (base, one, two, points) => {
        const [low, high] = one < two ? [one, two] : [two, one]
        const classOf = points ? rating : count
        expect(order.indexOf(classOf(base, low) as string)).toBeLessThanOrEqual(
          order.indexOf(classOf(base, high) as string),
        )
      }),
    )
  })
})

describe('hasWorsened', () => {
  it('goes by points alone at a baseline of 0, and by percent alone has no answer there', () => {
    expect(hasWorsened(0, 7, 14, 7, false, 'percent-or-points')).toBe(true)
    expect(hasWorsened(0, 7, 13, 7, false, 'percent-or-points')).toBe(false)
    expect(hasWorsened(0, 7, 14, 7, false, 'percent')).toBeNull()
  })

  it('takes 30 % of quotients exactly: 10 of 28 days to 13 of 28, 28 / 6 to 36.4 / 6', () => {
    expect(hasWorsened(10, 28, 13, 28, false, 'percent')).toBe(true)
    expect(hasWorsened(28, 6, 36.4, 6, false, 'percent')).toBe(true)
    expect(hasWorsened(28, 6, 36.3, 6, false, 'percent')).toBe(false)
  })

  it('has no answer for a missing value', () => {
    expect(hasWorsened(5, 1, Number.NaN, 1, false, 'percent-or-points')).toBeNull()
    expect(hasWorsened(5, 1, 3, 0, false, 'percent')).toBeNull()
  })
})
