import { expect, it } from 'vitest'
import { faultOf, scored, scoreNamed } from '../form.fixture.ts'
import { finerScoreBand, scoreBand } from '../score-band.ts'
import { midas } from './midas.ts'

const total = scoreNamed(midas, 'MIDAS')

it('EX-Q2 MIDAS 4, 6, 3, 5, 2 gives 20, grade III; 21 is grade IV', () => {
  expect(scored(midas, [4, 6, 3, 5, 2]).MIDAS).toBe(20)
  expect(scoreBand(total, 20)).toBe('III')
  expect(scored(midas, [4, 6, 3, 5, 3]).MIDAS).toBe(21)
  expect(scoreBand(total, 21)).toBe('IV')
})

it('keeps headache days A and pain B apart from the sum', () => {
  expect(scored(midas, { 1: 4, 2: 6, 3: 3, 4: 5, 5: 2, a: 30, b: 7 })).toEqual({ MIDAS: 20, MIDASA: 30, MIDASB: 7 })
  expect(scored(midas, { a: 30, b: 7 })).toEqual({ MIDAS: null, MIDASA: 30, MIDASB: 7 })
})

it('has no total with one of items 1-5 missing or above 92', () => {
  expect(scored(midas, [4, 6, 3, 5, null]).MIDAS).toBeNull()
  expect(scored(midas, [4, 6, 3, 5, 93]).MIDAS).toBeNull()
  expect(scored(midas, [4, 6, 3, 5, 1.5]).MIDAS).toBeNull()
})

it('rejects more than 92 days in items 1 and 2, or in 3 and 4, together', () => {
  expect(faultOf(midas, [46, 46, 0, 92, 0])).toBeNull()
  expect(faultOf(midas, [47, 46, 0, 0, 0])?.says).toContain('items 1 and 2')
  expect(faultOf(midas, [0, 0, 1, 92, 0])?.says).toContain('items 3 and 4')
  expect(scored(midas, { 1: 47, 2: 46, 3: 0, 4: 0, 5: 0, a: 30 })).toEqual({ MIDAS: null, MIDASA: null, MIDASB: null })
})

it('reaches from 0 to 276 days: three domains of 92', () => {
  expect(scored(midas, [0, 0, 0, 0, 0]).MIDAS).toBe(0)
  expect(scored(midas, [92, 0, 0, 92, 92]).MIDAS).toBe(276)
})

it.each([
  [5, 'I', 'I'],
  [6, 'II', 'II'],
  [10, 'II', 'II'],
  [11, 'III', 'III'],
  [40, 'IV', 'IVa'],
  [41, 'IV', 'IVb'],
])('calls %d days grade %s, finer %s', (value, grade, finer) => {
  expect(scoreBand(total, value)).toBe(grade)
  expect(finerScoreBand(total, value)).toBe(finer)
})
