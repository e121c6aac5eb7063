import { allocate, type Column } from '@afferent/records'
import { areInOrder } from '../join/join-parts.ts'
import { moveColumn, scatterLines } from '../join/scatter.ts'
import type { RecordSet } from './range-records.ts'

/**
 * Records of a range grouped by subject, so that pieces can be cut from them. Arrays of a range whose records stand in the order
 * of their table are handed on. Values are moved here and once more into their piece: to look each piece's up in the whole range
 * takes longer, as every one is then waited for.
 */
export function arrange(set: RecordSet, subjects: number): RecordSet {
  const part = { ...set, from: 0, to: set.rows, recode: null }
  const starts = startsOf(set, subjects)
  const rows = starts[subjects]
  if (rows === set.rows && areInOrder(set.table, [part])) return { ...set, dropped: null, starts, inOrder: true }
  const placement = { rows, place: placesOf(set, starts) }
  const columns: Record<string, Column> = {}
  for (const [name, column] of Object.entries(set.columns)) columns[name] = moveColumn(column, part, placement)
  const lines = scatterLines([part], placement)
  return { table: set.table, rows, subject: repeated(starts), columns, ...lines, dropped: null, starts, inOrder: false }
}

/** First place of each subject's records, and the end of the last one's. */
function startsOf({ subject, dropped }: RecordSet, subjects: number): Int32Array {
  const starts = new Int32Array(subjects + 1)
  for (let row = 0; row < subject.length; row++) if (isKept(dropped, row)) starts[subject[row] + 1]++
  for (let s = 0; s < subjects; s++) starts[s + 1] += starts[s]
  return starts
}

/** Place of each row behind the earlier ones of its subject, -1 for a row that is dropped. */
function placesOf({ subject, dropped }: RecordSet, starts: Int32Array): Int32Array {
  const next = starts.slice()
  const place = new Int32Array(subject.length)
  for (let row = 0; row < subject.length; row++) place[row] = isKept(dropped, row) ? next[subject[row]]++ : -1
  return place
}

/** Code of the subject at each place. */
function repeated(starts: Int32Array): Int32Array {
  const codes = allocate.i32(starts[starts.length - 1])
  for (let s = 0; s + 1 < starts.length; s++) codes.fill(s, starts[s], starts[s + 1])
  return codes
}

const isKept = (dropped: Uint8Array | null, row: number): boolean =>
  dropped === null || (dropped[row >> 3] & (1 << (row & 7))) === 0
