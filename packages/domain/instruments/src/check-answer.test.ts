import { expect, it } from 'vitest'
import { checkAnswer } from './check-answer.ts'
import { eq5d } from './instruments/eq5d.ts'
import { fiq } from './instruments/fiq.ts'
import { phq9 } from './instruments/phq9.ts'

it('takes the lowest and the highest answer and says what would be right for others', () => {
  expect([0, 3].map((value) => checkAnswer(phq9, 0, value, '1'))).toEqual([null, null])
  const says = 'item 1 of PHQ9 is a whole number from 0 to 3'
  for (const value of [-1, 4, Number.POSITIVE_INFINITY]) {
    expect(checkAnswer(phq9, 0, value, '1')).toEqual({ id: 'out-of-range', says })
  }
  expect(checkAnswer(phq9, 0, 1.5, '1')).toEqual({ id: 'not-whole', says })
})

it('takes decimals where an answer is a mark on a line', () => {
  expect(checkAnswer(fiq, 13, 4.7, '1')).toBeNull()
  expect(checkAnswer(eq5d, 5, 72.5, '5L')).toBeNull()
})

it('finds no fault with no answer', () => {
  expect(checkAnswer(phq9, 0, Number.NaN, '1')).toBeNull()
})
