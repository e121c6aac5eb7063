import { expect, it } from 'vitest'
import { all, answersOf, scored, scoreNamed } from '../form.fixture.ts'
import { scoreBand } from '../score-band.ts'
import { plainSettings } from '../score-form.ts'
import { fiq, fiqParts } from './fiq.ts'

const parts = (given: (number | null)[]) => [...fiqParts(answersOf(fiq, given, plainSettings(fiq)))]

it('EX-Q4 FIQ: ten function items of sum 15, 2 good days, 3 missed days, scales of sum 42 give 58.428571', () => {
  const form = [...[3, 3, 3, 3, 3, 0, 0, 0, 0, 0], null, 2, 3, ...all(7, 6)]
  const [first, second, third, ...scales] = parts(form) as [number, number, number, ...number[]]
  expect(first).toBeCloseTo(5, 10)
  expect(second).toBeCloseTo(7.142857, 6)
  expect(third).toBeCloseTo(4.285714, 6)
  expect(scales).toEqual(all(7, 6))
  expect(scored(fiq, form).FIQ).toBeCloseTo(58.428571, 6)
})

it('reaches from 0 (7 good days) to 100 (none)', () => {
  expect(scored(fiq, [...all(11, 0), 7, 0, ...all(7, 0)]).FIQ).toBe(0)
  expect(scored(fiq, [...all(11, 3), 0, 7, ...all(7, 10)]).FIQ).toBeCloseTo(100, 10)
})

it('has a function part from 6 of 11 items on', () => {
  expect(parts([1, 2, 3, 0, 1, 2])[0]).toBeCloseTo(5, 10) // mean 1.5
  expect(parts([1, 2, 3, 0, 1])[0]).toBeNaN()
})

it('needs 8 of 10 parts and stretches their sum to ten', () => {
  // without function and days missed: 0 good days 10, seven scales of 5: 45 of 8 parts, 56.25 of ten
  const eight = [...all(5, 1), ...Array(6).fill(null), 0, null, ...all(7, 5)]
  expect(scored(fiq, eight).FIQ).toBeCloseTo(56.25, 10)
  expect(scored(fiq, [...eight.slice(0, 19), null]).FIQ).toBeNull()
})

it('takes marks on a line with decimals, whole days and whole function items', () => {
  expect(scored(fiq, [...all(11, 0), 7, 0, ...all(6, 0), 2.5]).FIQ).toBe(2.5)
  // 0.5 of a day is rejected: nine parts are left, all 0
  expect(scored(fiq, [...all(11, 0), 7, 0.5, ...all(7, 0)]).FIQ).toBe(0)
  expect(scored(fiq, [...all(11, 0), 7, 8, ...all(6, 0), 10.1]).FIQ).toBe(0) // eight parts
  expect(scored(fiq, [...all(11, 0), -1, 8, ...all(6, 0), 10.1]).FIQ).toBeNull() // seven
})

it('calls 38.9 mild, 39 moderate, 58.9 moderate, 59 severe, without rounding', () => {
  const total = scoreNamed(fiq, 'FIQ')
  expect([38.9, 38.9999999999, 39, 58.9, 59].map((value) => scoreBand(total, value))).toEqual([
    'mild',
    'moderate', // within 1e-9 of the limit (R-NUM)
    'moderate',
    'moderate',
    'severe',
  ])
})
