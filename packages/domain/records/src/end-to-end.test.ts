import { expect, it } from 'vitest'
import { allocate, type ColumnTable, isPresent, markPresent, type TextColumn } from './column.ts'
import { laidEndToEnd } from './end-to-end.ts'

/** A column of texts, null: missing. */
function tableOf(words: readonly (string | null)[], more: readonly string[] = []): ColumnTable {
  const dictionary = [...new Set([...more, ...words.filter((word) => word !== null)])].sort()
  const values = allocate.u8(words.length)
  const valid = allocate.mask(words.length)
  words.forEach((word, row) => {
    if (word === null) return
    values[row] = dictionary.indexOf(word)
    markPresent(valid, row)
  })
  return { rows: words.length, columns: { WORD: { kind: 'text', values, valid, dictionary } } }
}

function wordsOf({ rows, columns }: ColumnTable): (string | null)[] {
  const { values, valid, dictionary } = columns.WORD as TextColumn
  return Array.from({ length: rows }, (_, row) =>
    isPresent(valid, row) ? (dictionary[values[row] as number] as string) : null,
  )
}

it('tables with words of their own are one table with all words, in byte order', () => {
  const parts = [['b', null, 'a'], [], [null], ['c', 'b']] as const
  const table = laidEndToEnd(parts.map((words) => tableOf(words)))
  expect(wordsOf(table)).toEqual(parts.flat())
  expect((table.columns.WORD as TextColumn).dictionary).toEqual(['a', 'b', 'c'])
})

it('hundreds of words in all take wider codes', () => {
  const parts = [0, 200, 400].map((from) => Array.from({ length: 200 }, (_, i) => `w${from + i}`))
  expect(wordsOf(laidEndToEnd(parts.map((words) => tableOf(words))))).toEqual(parts.flat())
})

it('tables with the same words keep their codes', () => {
  const table = laidEndToEnd([tableOf(['a'], ['a', 'b']), tableOf(['b', null], ['a', 'b'])])
  expect(wordsOf(table)).toEqual(['a', 'b', null])
  expect([...table.columns.WORD!.values]).toEqual([0, 1, 0])
})
