import { compareBytes } from '@afferent/records'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sortWords } from './sort-words.ts'

/** What it is held to: a comparison sort, and a search for each word. */
function expected(words: readonly string[]) {
  const list = [...words].sort(compareBytes)
  return { list, places: Int32Array.from(words, (word) => list.indexOf(word)) }
}

const many = (n: number, word: (i: number) => string): string[] =>
  Array.from({ length: n }, (_, i) => word((i * 7919) % n))

describe('words in byte order, and their places', () => {
  test.each([
    ['names of one length', many(2_003, (i) => `S${String(i).padStart(6, '0')}`)],
    ['names of several lengths, one the beginning of another', many(2_003, (i) => `${i}`)],
    ['all characters of ASCII, NUL among them', many(1_009, (i) => `${String.fromCharCode(i % 128)}${i}`)],
    ['an empty word among others', ['', ...many(1_500, (i) => `a${i}`)]],
    ['names beyond ASCII', many(1_200, (i) => `Ä${i}\u{1F600}`)],
    ['one name beyond ASCII', [...many(1_200, (i) => `P-${i}`), 'P-ß']],
    ['long names', many(1_100, (i) => `${'x'.repeat(40)}${i}`)],
    ['few names', ['b', 'a', 'c']],
    ['none', []],
  ])('%s', (_, words) => {
    expect(sortWords(words)).toEqual(expected(words))
  })

  test('any words, many or few', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 40 }), (some) => {
        const words = some.flatMap((word) => many(60, (i) => `${word}:${i}`))
        const unique = [...new Set(words)]
        expect(sortWords(unique)).toEqual(expected(unique))
      }),
      { numRuns: 30 },
    )
  })
})
