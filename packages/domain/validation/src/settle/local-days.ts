import type { Column, RecordTable, SettledName, TableName, Validity } from '@afferent/records'
import { dayOfWall } from '@afferent/study'
import { valueAt } from './judged-rows.ts'

const MINUTE_MS = 60_000

/** The day of each row, and which rows have one. */
export interface LocalDays {
  readonly day: Int32Array | null
  readonly dated: Validity
}

const NO_DAYS: LocalDays = { day: null, dated: null }

/**
 * The day of each row: as written, of an episode the local date of its start in its own offset (R-TZ), of an adverse event
 * the first possible day of its onset.
 */
export function localDays(name: SettledName, table: RecordTable<TableName>): LocalDays {
  const columns = table.columns as Readonly<Record<string, Column | undefined>>
  if (name !== 'episodes') return daysOf(name === 'adverseEvents' ? columns.start : columns.day)
  const start = columns.start
  if (start === undefined) return NO_DAYS
  const day = new Int32Array(table.rows)
  for (let row = 0; row < table.rows; row++) {
    day[row] = dayOfWall(start.values[row] + (valueAt(columns.startOffset, row) ?? 0) * MINUTE_MS)
  }
  return { day, dated: null }
}

const daysOf = (column: Column | undefined): LocalDays =>
  column === undefined ? NO_DAYS : { day: column.values as Int32Array, dated: column.valid }
