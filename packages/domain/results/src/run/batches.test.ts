import { BATCH_ROWS, type Column, isPresent, markPresent } from '@afferent/records'
import type { ArrowBatch } from '@afferent/records/arrow'
import { describe, expect, it } from 'vitest'
import { number, text } from '../columns/column.ts'
import type { ResultField, ResultTable } from '../result-table.ts'
import { plainText } from '../tables/plain-text.ts'
import { Batches } from './batches.ts'

const FIELDS: readonly ResultField[] = [
  { ...number('AVAL', 'Analysis Value', 'd'), dictionary: [] },
  { ...text('ARM', 'Arm', 'd'), dictionary: ['active', 'sham'] },
  { ...text('NOTE', 'Note', 'd', { texts: 'free' }), dictionary: [] },
]

/** Cells of a row, told by its number alone; no pattern repeats after a whole number of bytes of a mask. */
const cellsOf = (row: number): (string | number | null)[] => [
  row % 7 === 3 ? null : row,
  row % 11 === 5 ? null : row % 3 === 0 ? 'sham' : 'active',
  row % 13 === 1 ? null : `n${row % 5}`,
]

/** Rows as a table whose dictionary of ARM has another order than the file's. */
function table(from: number, rows: number): ResultTable {
  const cells = Array.from({ length: rows }, (_, i) => cellsOf(from + i))
  const dictionary = ['sham', 'active']
  const mask = (column: number): Uint8Array => {
    const valid = new Uint8Array((rows + 7) >> 3)
    cells.forEach((row, i) => {
      if (row[column] !== null) markPresent(valid, i)
    })
    return valid
  }
  return {
    rows,
    columns: {
      AVAL: { kind: 'f64', values: Float64Array.from(cells, ([value]) => Number(value ?? 0)), valid: mask(0) },
      ARM: {
        kind: 'text',
        values: Uint8Array.from(cells, ([, arm]) => (arm === null ? 0 : dictionary.indexOf(arm as string))),
        valid: mask(1),
        dictionary,
      },
      NOTE: plainText(cells.map(([, , note]) => note as string | null)),
    },
  }
}

function readBatch({ rows, columns }: ArrowBatch): (string | number | null)[][] {
  const cell = (name: string, row: number): string | number | null => {
    const column = columns[name] as Column
    if (!isPresent(column.valid, row)) return null
    const value = column.values[row] as number
    return column.kind === 'text' ? (column.dictionary[value] as string) : value
  }
  const note = columns.NOTE as ReturnType<typeof plainText>
  const noteAt = (row: number): string | null =>
    isPresent(note.valid, row)
      ? new TextDecoder().decode(note.bytes.slice(note.offsets[row], note.offsets[row + 1]))
      : null
  return Array.from({ length: rows }, (_, row) => [cell('AVAL', row), cell('ARM', row), noteAt(row)])
}

describe('tables of any size as batches of one size', () => {
  it('lose no row, no value and no missing value, wherever a batch ends', () => {
    const sizes = [1, 40_003, 25_531, 2, 50_001, 20_007]
    const seen: { rows: number; wrong: number }[] = []
    let at = 0
    const batches = new Batches(FIELDS)
    // A batch is looked at when it comes: its arrays serve the next.
    const look = (batch: ArrowBatch): void => {
      const wrong = readBatch(batch).filter((cells, i) => cells.some((cell, k) => cell !== cellsOf(at + i)[k]))
      seen.push({ rows: batch.rows, wrong: wrong.length })
      at += batch.rows
    }
    let from = 0
    for (const size of sizes) {
      for (const batch of batches.add(table(from, size))) look(batch)
      from += size
    }
    for (const batch of batches.end()) look(batch)
    expect(seen).toEqual([
      { rows: BATCH_ROWS, wrong: 0 },
      { rows: BATCH_ROWS, wrong: 0 },
      { rows: from - 2 * BATCH_ROWS, wrong: 0 },
    ])
  })

  it('refuse a text that the file does not know', () => {
    const [aval, arm, note] = FIELDS as [ResultField, ResultField, ResultField]
    const batches = new Batches([aval, { ...arm, dictionary: ['active'] }, note])
    expect(() => [...batches.add(table(0, 10))]).toThrow(/ARM/)
  })
  it('take codes from a table that says where its texts stand in the file', () => {
    const [, arm] = FIELDS as [ResultField, ResultField]
    const far = {
      ...arm,
      texts: 'many',
      dictionary: [...new Array<string>(70_000).fill('?'), 'active', 'sham'],
    } as const
    const { rows, columns } = table(0, 40)
    const own = { rows, columns: { ARM: columns.ARM as Column }, places: { ARM: Int32Array.of(70_001, 70_000) } }
    const batches = new Batches([far])
    expect([...batches.add(own)]).toEqual([])
    const [batch] = [...batches.end()]
    const column = batch?.columns.ARM as Column
    const seen = Array.from({ length: rows }, (_, row) => (isPresent(column.valid, row) ? column.values[row] : null))
    expect(seen).toEqual(
      Array.from({ length: rows }, (_, row) => {
        const text = cellsOf(row)[1]
        return text === null ? null : text === 'sham' ? 70_001 : 70_000
      }),
    )
  })
})
