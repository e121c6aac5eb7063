import { expect, it } from 'vitest'
import { checkAnswer } from '../check-answer.ts'
import { all, faultOf, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { hit6 } from './hit6.ts'

const total = scoreNamed(hit6, 'HIT6')

it('EX-Q1 HIT-6 codes 13, 11, 11, 10, 10, 8 give 63, severe', () => {
  expect(scored(hit6, [13, 11, 11, 10, 10, 8])).toEqual({ HIT6: 63 })
  expect(scoreBand(total, 63)).toBe('severe impact')
})

it('takes places of answers 1-5 for the weights 6, 8, 10, 11, 13', () => {
  expect(scored(hit6, [5, 4, 4, 3, 3, 2])).toEqual({ HIT6: 63 }) // the form of EX-Q1
  expect(scored(hit6, [1, 2, 3, 4, 5, 5])).toEqual({ HIT6: 61 }) // 6 + 8 + 10 + 11 + 13 + 13
})

it('reaches from 36 to 78 in either coding', () => {
  for (const lowest of [1, 6]) expect(scored(hit6, all(6, lowest))).toEqual({ HIT6: 36 })
  for (const highest of [5, 13]) expect(scored(hit6, all(6, highest))).toEqual({ HIT6: 78 })
})

it('has no score with one answer missing or rejected', () => {
  expect(scored(hit6, [13, 11, 11, 10, 10, null])).toEqual({ HIT6: null })
  expect(scored(hit6, [13, 11, 11, 10, 10, 9])).toEqual({ HIT6: null })
})

it('rejects 0, 7, 9, 12 and 14, which are neither a place nor a weight', () => {
  for (const value of [0, 7, 9, 12, 14, 1.5]) expect(checkAnswer(hit6, 0, value, '1.1')?.id).toBe('not-in-list')
})

it('rejects a form that mixes places and weights', () => {
  expect(faultOf(hit6, [13, 11, 11, 10, 10, 5])?.id).toBe('hit6-mixed-coding')
  expect(scored(hit6, [13, 11, 11, 10, 10, 5])).toEqual({ HIT6: null })
  expect(faultOf(hit6, [5, null, 1, 1, 1, 1])).toBeNull()
})

it.each([
  [49, 'little or no impact'],
  [50, 'some impact'],
  [55, 'some impact'],
  [56, 'substantial impact'],
  [59, 'substantial impact'],
  [60, 'severe impact'],
])('calls %d %s', (value, band) => {
  expect(scoreBand(total, value)).toBe(band)
})
