import { expect, it } from 'vitest'
import { checkAnswer } from '../check-answer.ts'
import { all, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { plainSettings, scoresUnder } from '../score-form.ts'
import { dn4 } from './dn4.ts'

const interview = { version: 'interview' }

it('counts yes among ten items of the full form, among seven of the interview', () => {
  expect(scored(dn4, [1, 0, 1, 0, 0, 0, 1, 1, 0, 0])).toEqual({ DN4: 4, DN4I: null })
  expect(scored(dn4, [1, 0, 1, 0, 0, 0, 1], interview)).toEqual({ DN4: null, DN4I: 3 })
})

it('reaches from 0 to 10 and 0 to 7', () => {
  expect(scored(dn4, all(10, 0)).DN4).toBe(0)
  expect(scored(dn4, all(10, 1)).DN4).toBe(10)
  expect(scored(dn4, all(7, 0), interview).DN4I).toBe(0)
  expect(scored(dn4, all(7, 1), interview).DN4I).toBe(7)
})

it('has no score with one missing; the interview has no examination items', () => {
  expect(scored(dn4, all(9, 1)).DN4).toBeNull()
  expect(scored(dn4, [...all(9, 1), 2]).DN4).toBeNull()
  expect(scored(dn4, all(6, 1), interview).DN4I).toBeNull()
  expect(checkAnswer(dn4, 7, 1, 'interview')?.id).toBe('not-in-version')
  expect(checkAnswer(dn4, 7, 1, 'full')).toBeNull()
})

it('has its own score for each form, likely neuropathic from 4 and from 3 on', () => {
  const codes = (version: string) => scoresUnder(dn4, { ...plainSettings(dn4), version }).map(({ code }) => code)
  expect([codes('full'), codes('interview')]).toEqual([['DN4'], ['DN4I']])
  expect([3, 4].map((value) => scoreBand(scoreNamed(dn4, 'DN4'), value)?.endsWith('unlikely'))).toEqual([true, false])
  expect([2, 3].map((value) => scoreBand(scoreNamed(dn4, 'DN4I'), value)?.endsWith('unlikely'))).toEqual([true, false])
})
