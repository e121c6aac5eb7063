import { expect, it } from 'vitest'
import { all, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { isi } from './isi.ts'

it('is the sum of seven answers, 0-28, none missing', () => {
  expect(scored(isi, [1, 2, 3, 4, 0, 2, 3])).toEqual({ ISI: 15 })
  expect(scored(isi, all(7, 0))).toEqual({ ISI: 0 })
  expect(scored(isi, all(7, 4))).toEqual({ ISI: 28 })
  expect(scored(isi, all(6, 4))).toEqual({ ISI: null })
  expect(scored(isi, [...all(6, 4), 5])).toEqual({ ISI: null })
})

it('calls 7 none, 8 subthreshold, 15 moderate, 22 severe', () => {
  const bands = ['no', 'subthreshold', 'subthreshold', 'moderate', 'moderate', 'severe'].map(
    (word) => `${word} insomnia`,
  )
  expect([7, 8, 14, 15, 21, 22].map((value) => scoreBand(scoreNamed(isi, 'ISI'), value))).toEqual(bands)
})
