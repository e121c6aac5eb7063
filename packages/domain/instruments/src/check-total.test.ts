import { expect, it } from 'vitest'
import { checkTotal } from './check-total.ts'
import { scoreNamed } from './form.fixture.ts'
import { eq5d } from './instruments/eq5d.ts'
import { fmCriteria } from './instruments/fm-criteria.ts'
import { painDetect } from './instruments/paindetect.ts'
import { sf36 } from './instruments/sf36.ts'

it('takes ready totals within the range of the score', () => {
  const total = scoreNamed(painDetect, 'PDQ')
  expect([-1, 38, 12.5, Number.NaN].map((value) => checkTotal(total, value))).toEqual([null, null, null, null])
  expect(checkTotal(total, -2)).toEqual({ id: 'out-of-range', says: 'PDQ lies from -1 to 38' })
  expect(checkTotal(total, 39)?.id).toBe('out-of-range')
})

it('takes any number on an open side, and no infinity', () => {
  expect(checkTotal(scoreNamed(eq5d, 'EQ5D'), -0.59)).toBeNull()
  expect(checkTotal(scoreNamed(eq5d, 'EQ5D'), 1.1)?.says).toBe('EQ5D lies from any to 1')
  expect(checkTotal(scoreNamed(sf36, 'SFPCS'), 61.7)).toBeNull()
  expect(checkTotal(scoreNamed(sf36, 'SFPCS'), Number.NEGATIVE_INFINITY)?.id).toBe('out-of-range')
})

it('takes 0 and 1 for a criterion', () => {
  const flag = scoreNamed(fmCriteria, 'FM2016')
  expect([0, 1, 0.5, 2].map((value) => checkTotal(flag, value)?.id ?? null)).toEqual([
    null,
    null,
    'not-yes-or-no',
    'not-yes-or-no',
  ])
})
