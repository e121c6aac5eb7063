import { expect, it } from 'vitest'
import { all, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { bdi2 } from './bdi2.ts'

it('is the sum of 21 answers, 0-63, none missing', () => {
  expect(scored(bdi2, [...all(10, 1), ...all(5, 2), ...all(6, 0)])).toEqual({ BDI2: 20 })
  expect(scored(bdi2, all(21, 0))).toEqual({ BDI2: 0 })
  expect(scored(bdi2, all(21, 3))).toEqual({ BDI2: 63 })
  expect(scored(bdi2, all(20, 3))).toEqual({ BDI2: null })
  expect(scored(bdi2, [...all(20, 3), 4])).toEqual({ BDI2: null })
})

it('calls 13 minimal, 14 mild, 20 moderate, 29 severe', () => {
  const bands = ['minimal', 'mild', 'mild', 'moderate', 'moderate', 'severe']
  expect([13, 14, 19, 20, 28, 29].map((value) => scoreBand(scoreNamed(bdi2, 'BDI2'), value))).toEqual(bands)
})
