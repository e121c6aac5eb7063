import type { Column, RecordTable, TableName } from '@afferent/records'
import { dayOfWall } from '@afferent/study'
import type { SettledName } from './judged-rows.ts'
import { valueAt } from './judged-rows.ts'

const MINUTE_MS = 60_000

/** The day of each row: as written, or of an episode the local date of its start in its own offset (R-TZ). */
export function localDays(name: SettledName, table: RecordTable<TableName>): Int32Array | null {
  const columns = table.columns as Readonly<Record<string, Column | undefined>>
  if (name !== 'episodes') return (columns.day?.values as Int32Array | undefined) ?? null
  const start = columns.start
  if (start === undefined) return null
  const days = new Int32Array(table.rows)
  for (let row = 0; row < table.rows; row++) {
    days[row] = dayOfWall(start.values[row] + (valueAt(columns.startOffset, row) ?? 0) * MINUTE_MS)
  }
  return days
}
