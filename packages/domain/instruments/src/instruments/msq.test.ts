import { expect, it } from 'vitest'
import { all, scored } from '../form.fixture.ts'
import { msq } from './msq.ts'

it('EX-Q3 MSQ role restrictive, all answers 3, gives 60, also with one missing; emotional function with one of three gives none', () => {
  // reversed 4 each, sum 28: 100 (28 - 7) / 35 = 60
  const form = [...all(7, 3), ...all(4, 3), 3, null, null]
  expect(scored(msq, form)).toEqual({ MSQRR: 60, MSQRP: 60, MSQEF: null })
  expect(scored(msq, [null, ...form.slice(1)]).MSQRR).toBe(60)
})

it('gives 100 for none of the time and 0 for all of the time', () => {
  expect(scored(msq, all(14, 1))).toEqual({ MSQRR: 100, MSQRP: 100, MSQEF: 100 })
  expect(scored(msq, all(14, 6))).toEqual({ MSQRR: 0, MSQRP: 0, MSQEF: 0 })
})

it('takes items 1-7, 8-11 and 12-14 for its three scales', () => {
  // reversed 6 6 6 6 6 6 1: sum 37, 100 * 30 / 35; 5 4 3 2: sum 14, 100 * 10 / 20; 6 1 1: sum 8, 100 * 5 / 15
  const { MSQRR, MSQRP, MSQEF } = scored(msq, [1, 1, 1, 1, 1, 1, 6, 2, 3, 4, 5, 1, 6, 6])
  expect(MSQRR).toBeCloseTo(85.714285714, 8)
  expect(MSQRP).toBeCloseTo(50, 10)
  expect(MSQEF).toBeCloseTo(33.333333333, 8)
})

it('needs 4, 2 and 2 answers', () => {
  const least = [1, 2, null, 3, 6, null, null, 2, null, null, 4, null, 5, 1]
  // mean of 1 2 3 6 is 3, reversed 4: 60; of 2 4 is 3: 60; of 5 1 is 3: 60
  expect(scored(msq, least)).toEqual({ MSQRR: 60, MSQRP: 60, MSQEF: 60 })
  const without = (place: number) =>
    scored(
      msq,
      least.map((answer, i) => (i === place ? null : answer)),
    )
  expect(without(0)).toEqual({ MSQRR: null, MSQRP: 60, MSQEF: 60 })
  expect(without(7)).toEqual({ MSQRR: 60, MSQRP: null, MSQEF: 60 })
  expect(without(12)).toEqual({ MSQRR: 60, MSQRP: 60, MSQEF: null })
})

it('counts a rejected answer as missing', () => {
  expect(scored(msq, [0, 7, 3, 3, 3, 3, 2.5]).MSQRR).toBe(60)
  expect(scored(msq, [0, 7, 0, 3, 3, 3, 2.5]).MSQRR).toBeNull()
})
