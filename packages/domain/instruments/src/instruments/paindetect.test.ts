import { expect, it } from 'vitest'
import { type Answers, all, faultOf, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { painDetect } from './paindetect.ts'

const seven = (answer: number) => Object.fromEntries(all(7, answer).map((value, i) => [String(i + 1), value]))

it('adds seven sensations, course and 2 for radiating pain', () => {
  expect(scored(painDetect, { ...seven(2), picture: 3, radiating: 1 })).toEqual({ PDQ: 17 }) // 14 + 1 + 2
  expect(scored(painDetect, { ...seven(2), course: -1, radiating: 0 })).toEqual({ PDQ: 13 })
})

it.each([
  [1, 0],
  [2, -1],
  [3, 1],
  [4, 1],
])('scores picture %d of the course with %d', (picture, course) => {
  expect(scored(painDetect, { ...seven(0), picture, radiating: 0 })).toEqual({ PDQ: course })
  expect(scored(painDetect, { ...seven(0), course, radiating: 0 })).toEqual({ PDQ: course })
})

it('reaches from -1 to 38', () => {
  expect(scored(painDetect, { ...seven(0), picture: 2, radiating: 0 })).toEqual({ PDQ: -1 })
  expect(scored(painDetect, { ...seven(5), picture: 4, radiating: 1 })).toEqual({ PDQ: 38 })
})

it('has no score with any part missing or rejected', () => {
  const full = { ...seven(2), picture: 1, radiating: 1 }
  const parts: Answers[] = [
    { 7: null },
    { picture: null },
    { picture: 5 },
    { radiating: null },
    { radiating: 2 },
    { 1: 6 },
  ]
  for (const part of parts) {
    expect(scored(painDetect, { ...full, ...part })).toEqual({ PDQ: null })
  }
})

it('rejects a score of the course that is not that of the picture', () => {
  expect(faultOf(painDetect, { picture: 2, course: 1 })?.id).toBe('pdq-course-disagrees')
  expect(faultOf(painDetect, { picture: 2, course: -1 })).toBeNull()
})

it('calls 12 unlikely, 13 unclear, 19 likely', () => {
  const bands = ['neuropathic component unlikely', 'unclear', 'unclear', 'neuropathic component likely']
  expect([12, 13, 18, 19].map((value) => scoreBand(scoreNamed(painDetect, 'PDQ'), value))).toEqual(bands)
})
