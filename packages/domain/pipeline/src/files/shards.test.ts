import { expect, it } from 'vitest'
import { rangesWithin } from './shards.ts'

it('takes from a dataset those ranges that may hold some subjects', () => {
  const ranges = [
    { from: 0, to: 2 },
    { from: 2, to: 3 },
    { from: 3, to: 5 },
  ]
  const subjects = ['b', 'd', 'f', 'h', 'j']
  const within = (first: string, last: string) => rangesWithin(ranges, subjects, first, last)
  expect(within('a', 'z')).toEqual(ranges)
  expect(within('c', 'e')).toEqual([ranges[0]])
  expect(within('d', 'f')).toEqual(ranges.slice(0, 2))
  expect(within('e', 'e')).toEqual([])
  expect(within('k', 'z')).toEqual([])
  expect(rangesWithin([{ from: 0, to: 0 }], [], 'a', 'z')).toEqual([])
})
