import { expect, it } from 'vitest'
import { all, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { pcs } from './pcs.ts'

it('sums 13 answers and three scales', () => {
  //            1  2  3  4  5  6  7  8  9 10 11 12 13
  const form = [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 0]
  // helplessness 5 + 4; magnification 2 + 2 + 0; rumination 12; together 25
  expect(scored(pcs, form)).toEqual({ PCS: 25, PCSRUM: 12, PCSMAG: 4, PCSHLP: 9 })
})

it('reaches from 0 to 52, 16, 12 and 24', () => {
  expect(scored(pcs, all(13, 0))).toEqual({ PCS: 0, PCSRUM: 0, PCSMAG: 0, PCSHLP: 0 })
  expect(scored(pcs, all(13, 4))).toEqual({ PCS: 52, PCSRUM: 16, PCSMAG: 12, PCSHLP: 24 })
})

it('loses the total and one scale with one answer missing or rejected', () => {
  expect(scored(pcs, all(12, 4))).toEqual({ PCS: null, PCSRUM: 16, PCSMAG: null, PCSHLP: 24 })
  expect(scored(pcs, [5, ...all(12, 4)])).toEqual({ PCS: null, PCSRUM: 16, PCSMAG: 12, PCSHLP: null })
})

it('calls 30 clinically relevant', () => {
  expect(scoreBand(scoreNamed(pcs, 'PCS'), 29)).toBe('below clinical relevance')
  expect(scoreBand(scoreNamed(pcs, 'PCS'), 30)).toBe('clinically relevant')
})
