import type { ColumnKind } from '@afferent/records'
import { DAY_CHECK } from '../convert/day-checks.ts'
import { joinParts } from '../join/join-parts.ts'
import type { RecordSet } from './range-records.ts'

/** Columns that records carry beside those of their table until all files' rows lie together. */
export const CARRIED: readonly [string, ColumnKind][] = [[DAY_CHECK, 'text']]

/**
 * Records of a range in the order of their table, so that those of a subject lie together and pieces can be cut from them.
 * Arrays of a range that is in order already are handed on.
 */
export function arrange(set: RecordSet, subjects: number): RecordSet {
  const part = { ...set, from: 0, to: set.rows, recode: null }
  const { rows, subject, columns, lines, firstLine } = joinParts(set.table, [part], CARRIED).table
  return {
    table: set.table,
    rows,
    subject,
    columns: columns as RecordSet['columns'],
    lines,
    firstLine,
    dropped: null,
    starts: startsOf(subject, subjects),
  }
}

/** First row of each subject, and the end of the last one's, in a column of ascending codes. */
function startsOf(subject: Int32Array, subjects: number): Int32Array {
  const starts = new Int32Array(subjects + 1)
  let next = 0
  for (let row = 0; row < subject.length; row++) {
    while (next <= subject[row]) starts[next++] = row
  }
  starts.fill(subject.length, next)
  return starts
}
