import {
  type Column,
  isPresent,
  MARKS,
  type MarkName,
  markPresent,
  maskBytes,
  type SettledName,
} from '@afferent/records'
import { dayOfWall } from '@afferent/study'
import type { RecordSet } from '../read/range-records.ts'
import type { RowJudge } from '../read/row-judge.ts'

const MINUTE_MS = 60_000
/** Findings that leave a mark on the day of their row. */
const MARKED = { 'clock-change': 'clock', 'late-entry': 'late' } as const

type MarkedRows = Pick<RecordSet, 'table' | 'columns' | 'dropped'>

/**
 * Marks of the rows of a diary export that a rule noticed, those it left out included: LATEFL and TZFL rest on them. Few
 * rows have any, so they are sets of a table of their own that stand beside the records.
 */
export function toMarks(table: SettledName, columns: Readonly<Record<string, Column>>, judge: RowJudge): MarkedRows[] {
  if (table !== 'diary' && table !== 'episodes' && table !== 'intakes') return []
  return Object.entries(MARKED).flatMap(([rule, what]) => {
    const rows = judge.pending.filter((one) => one.rule === rule && !judge.isBad(one.row)).map(({ row }) => row)
    if (rows.length === 0) return []
    const kind: MarkName = `${what}.${table === 'diary' ? 'diary' : 'events'}`
    const dropped = new Uint8Array(maskBytes(judge.rows)).fill(0xff)
    for (const row of rows) dropped[row >> 3] &= ~(1 << (row & 7))
    const kinds = new Uint8Array(judge.rows).fill(MARKS.indexOf(kind))
    const day = daysOf(columns, rows, judge.rows)
    for (const row of rows) if (!isPresent(day.known, row)) markPresent(dropped, row)
    return [
      {
        table: 'marks' as const,
        columns: {
          day: { kind: 'i32', values: day.values, valid: null },
          kind: { kind: 'u8', values: kinds, valid: null },
        },
        dropped,
      },
    ]
  })
}

/** Day of each marked row; an episode has that of its start. */
function daysOf(columns: Readonly<Record<string, Column>>, marked: readonly number[], rows: number) {
  const values = new Int32Array(rows)
  const known = new Uint8Array(maskBytes(rows))
  const { day, start, startOffset } = columns
  for (const row of marked) {
    const column = day ?? start
    if (column === undefined || !isPresent(column.valid, row)) continue
    const minutes = startOffset !== undefined && isPresent(startOffset.valid, row) ? startOffset.values[row] : 0
    values[row] = day === undefined ? dayOfWall(column.values[row] + minutes * MINUTE_MS) : day.values[row]
    markPresent(known, row)
  }
  return { values, known }
}
