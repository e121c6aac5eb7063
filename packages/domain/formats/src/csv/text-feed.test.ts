import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memorySource } from './memory-source.fixture.ts'
import { openFeed, utf16Bytes } from './text-feed.ts'

function all(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be', piece: number, room: number): Uint8Array {
  const feed = openFeed(memorySource(bytes, piece), encoding, 0)
  const out: number[] = []
  const into = new Uint8Array(room)
  for (let read = feed.read(into); read > 0; read = feed.read(into)) out.push(...into.subarray(0, read))
  return Uint8Array.from(out)
}

describe('a feed', () => {
  test('of UTF-16 gives what TextDecoder gives, in UTF-8, however the bytes come', () => {
    const bytes = fc.array(fc.constantFrom(0, 0x41, 0xd8, 0xdc, 0xff, 0x20, 0x0a, 0xe9, 0x4e), { maxLength: 40 })
    fc.assert(
      fc.property(
        bytes,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 4, max: 9 }),
        fc.boolean(),
        (list, piece, room, big) => {
          const raw = Uint8Array.from(list.slice(0, list.length & ~1))
          const encoding = big ? 'utf-16be' : 'utf-16le'
          const theirs = new TextEncoder().encode(new TextDecoder(encoding, { ignoreBOM: true }).decode(raw))
          expect([...all(raw, encoding, piece, room)]).toEqual([...theirs])
        },
      ),
      { numRuns: 300 },
    )
  })

  test('of UTF-16 knows which byte a place in its text is', () => {
    const units = new Uint8Array(12)
    const text = 'aé中😀z'
    for (let i = 0; i < text.length; i++) new DataView(units.buffer).setUint16(i * 2, text.charCodeAt(i), true)
    // UTF-8 lengths 1, 2, 3, 4, 1; UTF-16 lengths 2, 2, 2, 4, 2 bytes.
    expect([0, 1, 3, 6, 10, 11].map((at) => utf16Bytes(memorySource(units), 'utf-16le', 0, at))).toEqual([
      0, 2, 4, 6, 10, 12,
    ])
  })

  test('of a file that shrinks while it is read throws instead of ending early', () => {
    const source = { size: 10, read: () => 0 }
    expect(() => openFeed(source, 'utf-8', 0).read(new Uint8Array(8))).toThrow('the file ends at byte 0 of 10')
  })
})
