import { expect, it } from 'vitest'
import { all, answersOf, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { plainSettings } from '../score-form.ts'
import { phq9 } from './phq9.ts'

const eventsOf = (given: (number | null)[]) => phq9.events(answersOf(phq9, given, plainSettings(phq9)))

it('is the sum of nine answers, 0-27', () => {
  expect(scored(phq9, [1, 0, 1, 0, 0, 1, 2, 0, 0])).toEqual({ PHQ9: 5 })
  expect(scored(phq9, all(9, 0))).toEqual({ PHQ9: 0 })
  expect(scored(phq9, all(9, 3))).toEqual({ PHQ9: 27 })
})

it('takes the mean of the answered for one or two missing ones, and has no score with three', () => {
  expect(scored(phq9, [1, 2, 3, 0, 1, 2, 0, 1, null]).PHQ9).toBeCloseTo(11.25, 10) // 10 / 8 * 9
  expect(scored(phq9, [1, 2, 3, 0, 1, 2, 0, null, null]).PHQ9).toBeCloseTo(11.571428571, 8) // 9 / 7 * 9, unrounded
  expect(scored(phq9, [1, 2, 3, 0, 1, 2, null, null, null]).PHQ9).toBeNull()
  expect(scored(phq9, [1, 2, 3, 0, 1, 2, null, null, 4]).PHQ9).toBeNull()
})

it('calls 4 minimal, 5 mild, 9.9 mild, 10 moderate, 15 moderately severe, 20 severe', () => {
  const total = scoreNamed(phq9, 'PHQ9')
  expect([0, 4, 5, 9.9, 10, 15, 20, 27].map((value) => scoreBand(total, value))).toEqual([
    'minimal',
    'minimal',
    'mild',
    'mild',
    'moderate',
    'moderately severe',
    'severe',
    'severe',
  ])
})

it('raises a safety event for item 9 above 0 whatever the total, and none for a missing one', () => {
  expect(eventsOf([0, 0, 0, 0, 0, 0, 0, 0, 1])).toMatchObject([{ code: 'PHQ9I9', item: '9', value: 1 }])
  expect(eventsOf([null, null, null, null, null, null, null, null, 3])).toMatchObject([{ value: 3 }])
  expect(eventsOf(all(8, 3))).toEqual([])
  expect(eventsOf([...all(8, 3), 0])).toEqual([])
})
