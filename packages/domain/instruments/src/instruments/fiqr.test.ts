import { expect, it } from 'vitest'
import { all, scored } from '../form.fixture.ts'
import { fiqr } from './fiqr.ts'

it('EX-Q5 FIQR: eight of nine function items of sum 48, impact 12, symptoms 60 give 60.0', () => {
  // 48 * 9/8 = 54, / 3 = 18; 12; 60 / 2 = 30
  expect(scored(fiqr, [...all(8, 6), null, 6, 6, ...all(10, 6)])).toEqual({ FIQR: 60 })
})

it('reaches from 0 to 100', () => {
  expect(scored(fiqr, all(21, 0))).toEqual({ FIQR: 0 })
  expect(scored(fiqr, all(21, 10))).toEqual({ FIQR: 100 }) // 30 + 20 + 50
})

it('needs 5 of 9, 1 of 2 and 5 of 10 answers', () => {
  // function mean 2: 18 / 3 = 6; impact 4 * 2 = 8; symptoms mean 3: 30 / 2 = 15
  const least = [2, 2, 2, 2, 2, null, null, null, null, 4, null, 3, 3, 3, 3, 3]
  expect(scored(fiqr, least).FIQR).toBeCloseTo(29, 10)
  for (const place of [0, 9, 11]) {
    expect(
      scored(
        fiqr,
        least.map((answer, i) => (i === place ? null : answer)),
      ),
    ).toEqual({ FIQR: null })
  }
})

it('rejects 10.5, 11 and halves', () => {
  expect(scored(fiqr, [...all(9, 0), 11, 10.5, ...all(10, 0)])).toEqual({ FIQR: null })
})
