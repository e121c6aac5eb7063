import { expect, it } from 'vitest'
import { all, scored } from '../form.fixture.ts'
import { monthOf } from '../month-of.ts'
import { mpfid } from './mpfid.ts'

it('maps a day of ones to 0 and a day of fives to 100', () => {
  expect(scored(mpfid, all(12, 1))).toEqual({ MPFEA: 0, MPFPI: 0 })
  expect(scored(mpfid, all(12, 5))).toEqual({ MPFEA: 100, MPFPI: 100 })
})

it('takes seven items of activities and five of physical impairment', () => {
  // activities 1 2 3 4 5 3 3: mean 3, 50; physical 2 2 2 2 4: mean 2.4, 35
  const { MPFEA, MPFPI } = scored(mpfid, [1, 2, 3, 4, 5, 3, 3, 2, 2, 2, 2, 4])
  expect(MPFEA).toBe(50)
  expect(MPFPI).toBeCloseTo(35, 10)
})

it('needs 4 of 7 and 3 of 5 answers a day', () => {
  const least = { ea1: 2, ea2: 2, ea3: 2, ea4: 2, pi1: 3, pi2: 3, pi3: 3 }
  expect(scored(mpfid, least)).toEqual({ MPFEA: 25, MPFPI: 50 })
  expect(scored(mpfid, { ...least, ea4: null })).toEqual({ MPFEA: null, MPFPI: 50 })
  expect(scored(mpfid, { ...least, pi3: 6 })).toEqual({ MPFEA: 25, MPFPI: null })
})

it('has a month from 14 days on: the mean of the daily values, not of the days of the month', () => {
  const days = new Float64Array(28).fill(Number.NaN)
  for (let day = 0; day < 14; day++) days[2 * day] = day < 7 ? 0 : 50
  expect(monthOf(days)).toBe(25)
  days[0] = Number.NaN
  expect(monthOf(days)).toBeNaN()
})
