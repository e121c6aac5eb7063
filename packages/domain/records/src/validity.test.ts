import { isPresent, markPresent, maskBytes } from '@afferent/records'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyMask } from './validity.ts'

const present = fc.array(fc.boolean(), { minLength: 1, maxLength: 70 })

test('rows of one mask stand behind those of another, wherever they are cut', () => {
  fc.assert(
    fc.property(present, present, fc.nat(69), fc.nat(69), (before, rows, a, b) => {
      const [from, to] = [Math.min(a, b, rows.length), Math.min(Math.max(a, b), rows.length)]
      const into = toMask(before, before.length + to - from)
      copyMask(into, before.length, toMask(rows, rows.length), from, to)
      const both = [...before, ...rows.slice(from, to)]
      expect(both.map((_, row) => isPresent(into, row))).toEqual(both)
      expect(into).toEqual(toMask(both, both.length))
    }),
  )
})

test('rows without a mask all have a value', () => {
  const into = toMask([false, true, false], 23)
  copyMask(into, 3, null, 5, 25)
  expect(Array.from(into)).toEqual([0b11111010, 0xff, 0b01111111])
})

function toMask(present: readonly boolean[], rows: number): Uint8Array {
  const mask = new Uint8Array(maskBytes(rows))
  present.forEach((has, row) => {
    if (has) markPresent(mask, row)
  })
  return mask
}
