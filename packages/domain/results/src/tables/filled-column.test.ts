import { isPresent, markPresent, maskBytes } from '@afferent/records'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyBits, setBits } from './filled-column.ts'

const bits = (mask: Uint8Array, rows: number): boolean[] =>
  Array.from({ length: rows }, (_, row) => isPresent(mask, row))

describe('masks laid end to end', () => {
  it('say of every row what its own mask said', () => {
    const parts = fc.array(fc.oneof(fc.array(fc.boolean(), { maxLength: 40 }), fc.nat(40)), { maxLength: 8 })
    fc.assert(
      fc.property(parts, (masks) => {
        const expected = masks.flatMap((part) => (typeof part === 'number' ? Array<boolean>(part).fill(true) : part))
        const all = new Uint8Array(maskBytes(expected.length))
        let at = 0
        for (const part of masks) {
          const rows = typeof part === 'number' ? part : part.length
          if (typeof part === 'number') expect(setBits(all, at, rows)).toBe(rows)
          else {
            const from = new Uint8Array(maskBytes(rows))
            part.forEach((is, row) => {
              if (is) markPresent(from, row)
            })
            expect(copyBits(all, at, from, rows)).toBe(part.filter(Boolean).length)
          }
          at += rows
        }
        expect(bits(all, expected.length)).toEqual(expected)
      }),
    )
  })
})
