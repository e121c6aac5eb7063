import { expect, it } from 'vitest'
import { checkSettings } from '../check-settings.ts'
import { scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { plainSettings } from '../score-form.ts'
import { pgic } from './pgic.ts'

const as = (orientation: string) => ({ choices: { orientation } })

it('keeps 1 as very much improved where 1 is best, and turns forms where 7 is best', () => {
  for (const [kept, turned] of [
    [1, 7],
    [2, 6],
    [4, 4],
    [7, 1],
  ] as const) {
    expect(scored(pgic, [kept], as('1best'))).toEqual({ PGIC: kept })
    expect(scored(pgic, [turned], as('7best'))).toEqual({ PGIC: kept })
  }
  expect(scoreBand(scoreNamed(pgic, 'PGIC'), 2)).toBe('much improved')
})

it('has no score without an answer, or for 0 and 8', () => {
  for (const answer of [null, 0, 8, 2.5]) expect(scored(pgic, [answer], as('7best'))).toEqual({ PGIC: null })
})

it('makes the study say which end is best', () => {
  expect(checkSettings(pgic, plainSettings(pgic))).toMatchObject([{ setting: 'orientation' }])
  expect(checkSettings(pgic, { ...plainSettings(pgic), ...as('best') })).toHaveLength(1)
  expect(checkSettings(pgic, { ...plainSettings(pgic), ...as('7best') })).toEqual([])
  expect(() => scored(pgic, [1])).toThrow(RangeError)
})
