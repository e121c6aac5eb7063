import { expect, it } from 'vitest'
import { all, scored } from '../form.fixture.ts'
import { bpi } from './bpi.ts'

it('is the mean of four severities and of seven interferences', () => {
  // (8 + 2 + 5 + 4) / 4 = 4.75; (7 + 5 + 3 + 6 + 2 + 8 + 4) / 7 = 5
  expect(scored(bpi, [8, 2, 5, 4, 7, 5, 3, 6, 2, 8, 4])).toEqual({ BPISEV: 4.75, BPIINT: 5 })
})

it('reaches from 0 to 10', () => {
  expect(scored(bpi, all(11, 0))).toEqual({ BPISEV: 0, BPIINT: 0 })
  expect(scored(bpi, all(11, 10))).toEqual({ BPISEV: 10, BPIINT: 10 })
})

it('has no severity with one missing, and interference from 4 of 7 on', () => {
  const least = { 3: 8, 4: 2, 5: 5, '9a': 1, '9b': 2, '9c': 3, '9d': 4 }
  expect(scored(bpi, least)).toEqual({ BPISEV: null, BPIINT: 2.5 })
  expect(scored(bpi, { ...least, '9d': null, 6: 11 })).toEqual({ BPISEV: null, BPIINT: null })
})
