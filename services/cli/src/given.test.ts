import { expect, it } from 'vitest'
import { toGiven } from './given.ts'

it('a number outside its limits is named as it was typed: an option with dashes, an argument without', () => {
  const given = toGiven({ number: 'abc', workers: '65' }, (name) => name === 'number')
  const limits = { min: 1, max: 64, whole: true }
  expect(() => given.number('number', limits)).toThrow('number is "abc"; it must be a whole number from 1 to 64')
  expect(() => given.number('workers', limits)).toThrow('--workers is "65"; it must be')
})
