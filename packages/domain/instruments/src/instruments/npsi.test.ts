import { expect, it } from 'vitest'
import { all, scored } from '../form.fixture.ts'
import { npsi } from './npsi.ts'

it('sums ten intensities and averages five kinds of pain', () => {
  //             1  2  3  4  5  6  7  8  9 10 11 12
  const form = [5, 4, 6, 2, 3, 0, 1, 7, 8, 9, 2, 5]
  // 5 + 4 + 6 + 3 + 0 + 7 + 8 + 9 + 2 + 5 = 49
  expect(scored(npsi, form)).toEqual({ NPSI: 49, NPSIB: 5, NPSIP: 5, NPSIX: 1.5, NPSIE: 8, NPSID: 3.5 })
})

it('does not need the durations, items 4 and 7', () => {
  const form = [10, 10, 10, null, 10, 10, null, 10, 10, 10, 10, 10]
  expect(scored(npsi, form)).toEqual({ NPSI: 100, NPSIB: 10, NPSIP: 10, NPSIX: 10, NPSIE: 10, NPSID: 10 })
  expect(scored(npsi, all(12, 0))).toEqual({ NPSI: 0, NPSIB: 0, NPSIP: 0, NPSIX: 0, NPSIE: 0, NPSID: 0 })
})

it('loses the total and one subscore with one intensity missing or rejected', () => {
  const others = { NPSIB: 1, NPSIP: 1, NPSIX: 1, NPSID: 1 }
  const form = [1, 1, 1, null, 1, 1, null, 1, null, 1, 1, 1]
  expect(scored(npsi, form)).toEqual({ ...others, NPSI: null, NPSIE: null })
  expect(
    scored(
      npsi,
      form.map((answer, i) => (i === 8 ? 11 : answer)),
    ),
  ).toEqual({ ...others, NPSI: null, NPSIE: null })
})
