import { expect, test } from 'vitest'
import { memorySource } from './memory-source.fixture.ts'
import { rawCells } from './raw-cells.ts'

const dialect = {
  encoding: 'utf-8',
  encodingReason: 'declared',
  delimiter: ',',
  header: ['id', 'x'],
  headerLine: 1,
  bodyStart: 5,
  firstLine: 2,
} as const

test('cells are found again by line and column, as written, quotes removed', () => {
  const source = memorySource('id,x\na, 1 \n"b ""c""\nd",2\n\ne,3\n', 3)
  const cells = rawCells(source, dialect, { byte: 5, linesBefore: 1 }, [2, 3, 3, 4, 6, 9], [1, 0, 1, 0, 1, 0])
  // Line 4 lies inside the record of line 3, line 9 behind the end.
  expect(cells).toEqual([' 1 ', 'b "c"\nd', '2', '', '3', ''])
})
