import { expect, it } from 'vitest'
import { reliableChange } from './reliable-change.ts'

it('EX-I1 SD 7.5, r 0.84: a fall of 9 is a reliable improvement, a fall of 8 is not reliable', () => {
  // 7.5 * sqrt(2) * sqrt(0.16) = 4.242641
  const nine = reliableChange(-9, 7.5, 0.84, true)
  expect(nine?.index).toBeCloseTo(-2.1213, 4)
  expect(nine?.kind).toBe('improvement')
  const eight = reliableChange(-8, 7.5, 0.84, true)
  expect(eight?.index).toBeCloseTo(-1.8856, 4)
  expect(eight?.kind).toBe('none')
})

it('is a worsening when the value moves the other way, and depends on which way is better', () => {
  expect(reliableChange(9, 7.5, 0.84, true)?.kind).toBe('worsening')
  expect(reliableChange(9, 7.5, 0.84, false)?.kind).toBe('improvement')
  expect(reliableChange(-9, 7.5, 0.84, false)?.kind).toBe('worsening')
})

it('is not reliable at 1.96 itself', () => {
  // sd * sqrt(2) * sqrt(1 - 1/2) = sd: the index is the change in units of sd
  expect(reliableChange(-1.96, 1, 0.5, true)?.kind).toBe('none')
  expect(reliableChange(-1.961, 1, 0.5, true)?.kind).toBe('improvement')
})

it('has no answer without a change, a spread or a usable correlation', () => {
  expect(reliableChange(Number.NaN, 7.5, 0.84, true)).toBeNull()
  expect(reliableChange(-9, 0, 0.84, true)).toBeNull()
  expect(reliableChange(-9, 7.5, 1, true)).toBeNull()
  expect(reliableChange(-9, 7.5, -0.1, true)).toBeNull()
})
