import { expect, it } from 'vitest'
import { all, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { hads } from './hads.ts'

it('sums odd items to anxiety and even items to depression', () => {
  // odd 3 3 3 1 1 1 0 = 12; even 0 1 0 2 0 1 0 = 4
  expect(scored(hads, [3, 0, 3, 1, 3, 0, 1, 2, 1, 0, 1, 1, 0, 0])).toEqual({ HADSA: 12, HADSD: 4 })
})

it('reaches from 0 to 21', () => {
  expect(scored(hads, all(14, 0))).toEqual({ HADSA: 0, HADSD: 0 })
  expect(scored(hads, all(14, 3))).toEqual({ HADSA: 21, HADSD: 21 })
})

it('needs 4 of 7 items a scale', () => {
  const least = { 1: 1, 3: 2, 5: 3, 7: 1, 2: 0, 4: 1, 6: 1, 8: 1 }
  expect(scored(hads, least)).toEqual({ HADSA: 12.25, HADSD: 5.25 }) // 7 / 4 * 7 and 3 / 4 * 7
  expect(scored(hads, { ...least, 7: null, 8: 4 })).toEqual({ HADSA: null, HADSD: null })
})

it('calls 7 normal, 8 borderline, 11 a case', () => {
  const bands = ['normal', 'borderline', 'borderline', 'case']
  expect([7, 8, 10.5, 11].map((value) => scoreBand(scoreNamed(hads, 'HADSD'), value))).toEqual(bands)
})
