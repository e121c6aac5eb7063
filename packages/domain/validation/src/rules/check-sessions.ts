import type { Changes } from '../settle/changes.ts'
import { columnIn, type JudgedRows, reportRows, valueAt } from '../settle/judged-rows.ts'

const MINUTE_MS = 60_000
const DIARY = 1

/**
 * Sessions of one subject that overlap (`session-overlap`), and days with many more sessions than prescribed
 * (`sessions-many`). Both are used as they are. A diary that tells of the sessions of the device is no overlap, nor are
 * copies of one session that were joined (R-DUP).
 */
export function checkSessions(rows: JudgedRows, changes: Changes): void {
  if (rows.name !== 'stimulation') return
  const counts = (row: number) => rows.fate[row] === 0 && !changes.isDropped(row) && !isDiary(rows, row)
  for (let s = 0; s < rows.subjects.length; s++) {
    reportRows(rows, 'session-overlap', overlapping(rows, counts, rows.starts[s], rows.starts[s + 1]))
    reportRows(rows, 'sessions-many', crowdedDays(rows, counts, rows.starts[s], rows.starts[s + 1]))
  }
}

/** Whether a row tells of a session that is used, and not as a copy of another row. */
type Counts = (row: number) => boolean

/** Rows that begin before the sessions before them have ended. Rows come by day, and by start within it. */
function overlapping(rows: JudgedRows, counts: Counts, from: number, to: number): number[] {
  const start = columnIn(rows, 'start')
  const minutes = columnIn(rows, 'minutes')
  const found: number[] = []
  let busyUntil = Number.NEGATIVE_INFINITY
  for (let row = from; row < to; row++) {
    const begin = valueAt(start, row)
    const length = valueAt(minutes, row)
    if (begin === undefined || !counts(row)) continue
    if (begin < busyUntil) found.push(row)
    if (length !== undefined) busyUntil = Math.max(busyUntil, begin + length * MINUTE_MS)
  }
  return found
}

/** First row of each day whose sessions are too many. */
function crowdedDays(rows: JudgedRows, counts: Counts, from: number, to: number): number[] {
  const { adherence } = rows.study
  const found: number[] = []
  const { day } = rows
  if (adherence === null || day === null) return found
  const prescribedAt = columnIn(rows, 'prescribed')
  const deliveredAt = columnIn(rows, 'delivered')
  for (let row = from; row < to; ) {
    const first = row
    let sessions = 0
    let prescribed = adherence.sessionsPerDay
    for (; row < to && day[row] === day[first]; row++) {
      if (!counts(row)) continue
      sessions += valueAt(deliveredAt, row) ?? 1
      prescribed = valueAt(prescribedAt, row) ?? prescribed
    }
    if (prescribed !== null && sessions > prescribed + adherence.surplusSessions) found.push(first)
  }
  return found
}

const isDiary = (rows: JudgedRows, row: number): boolean => valueAt(columnIn(rows, 'origin'), row) === DIARY
