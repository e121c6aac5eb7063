import type { ByteSource } from '@afferent/records'
import type { CsvDialect } from './dialect.ts'
import { RecordReader } from './record-reader.ts'

/** Where reading begins: a record boundary, and the physical lines before it. */
export interface Place {
  readonly byte: number
  readonly linesBefore: number
}

/**
 * Cells as found in the file, for findings that are made after reading: one sequential look from `place`, whatever
 * their number. `lines` (in the file) ascend and may repeat; a line on which no record begins gives ''.
 */
export function rawCells(
  source: ByteSource,
  dialect: CsvDialect,
  place: Place,
  lines: ArrayLike<number>,
  columns: ArrayLike<number>,
): string[] {
  const cells = new Array<string>(lines.length).fill('')
  const reader = new RecordReader(source, dialect.encoding, dialect.delimiter, place.byte, dialect.header.length)
  let i = 0
  while (i < lines.length) {
    reader.skipTo(lines[i] - place.linesBefore)
    if (!reader.next()) break
    const line = place.linesBefore + reader.line
    while (i < lines.length && lines[i] < line) i++
    while (i < lines.length && lines[i] === line) {
      cells[i] = reader.cell(columns[i])
      i++
    }
  }
  return cells
}
