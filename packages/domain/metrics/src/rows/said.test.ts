import { isPresent } from '@afferent/records'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { masksOf, SAYS, wordsFor } from './said.ts'

describe('masksOf', () => {
  it('marks a row in the mask of each thing it says, and in no other', () => {
    const bits = Object.values(SAYS)
    const word = fc.subarray(bits).map((some) => some.reduce((all, bit) => all | bit, 0))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 70 }), (said) => {
        const words = wordsFor(said.length)
        words.set(said)
        const mask = masksOf(words, said.length)
        for (const bit of bits) {
          expect(said.map((_, row) => isPresent(mask(bit), row))).toEqual(said.map((one) => (one & bit) !== 0))
        }
      }),
    )
  })

  it('leaves the bits behind the last row at 0', () => {
    const words = wordsFor(3)
    words.fill(SAYS.aval, 0, 3)
    expect([...masksOf(words, 3)(SAYS.aval)]).toEqual([0b111])
  })
})
