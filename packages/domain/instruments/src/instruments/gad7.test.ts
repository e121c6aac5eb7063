import { expect, it } from 'vitest'
import { all, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { gad7 } from './gad7.ts'

it('is the sum of seven answers, 0-21', () => {
  expect(scored(gad7, [1, 2, 3, 0, 1, 2, 1])).toEqual({ GAD7: 10 })
  expect(scored(gad7, all(7, 0))).toEqual({ GAD7: 0 })
  expect(scored(gad7, all(7, 3))).toEqual({ GAD7: 21 })
})

it('takes the mean of the answered for up to two missing ones', () => {
  expect(scored(gad7, [1, 2, 3, 0, 1]).GAD7).toBeCloseTo(9.8, 10) // 7 / 5 * 7
  expect(scored(gad7, [1, 2, 3, 0, 4]).GAD7).toBeNull()
})

it('calls 4 minimal, 5 mild, 10 moderate, 15 severe', () => {
  const total = scoreNamed(gad7, 'GAD7')
  const bands = ['minimal', 'mild', 'mild', 'moderate', 'severe']
  expect([4, 5, 9.8, 10, 15].map((value) => scoreBand(total, value))).toEqual(bands)
})
