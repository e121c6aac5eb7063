import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstInvalidUtf8 } from './first-invalid-utf8.ts'
import { memorySource } from './memory-source.fixture.ts'

test('the first byte that is not UTF-8 ends the longest beginning that is', () => {
  const byte = fc.constantFrom(
    0x41,
    0x80,
    0xbf,
    0xc0,
    0xc3,
    0xe2,
    0x82,
    0xac,
    0xed,
    0xa0,
    0xf0,
    0x9f,
    0x98,
    0xf4,
    0x90,
    0xff,
  )
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 24 }), fc.integer({ min: 4, max: 30 }), (list, piece) => {
      const bytes = Uint8Array.from(list)
      const found = firstInvalidUtf8(memorySource(bytes, piece), { isUtf8 })
      if (isUtf8(bytes)) {
        expect(found).toBe(-1)
        return
      }
      // All before it is UTF-8; no character begins at it.
      expect(isUtf8(bytes.subarray(0, found))).toBe(true)
      for (let end = found + 1; end <= Math.min(bytes.length, found + 4); end++) {
        expect(isUtf8(bytes.subarray(found, end))).toBe(false)
      }
    }),
    { numRuns: 300 },
  )
})
