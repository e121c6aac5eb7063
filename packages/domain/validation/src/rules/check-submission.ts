import { isPresent } from '@afferent/records'
import type { Zone } from '@afferent/study'
import { wallOfDay } from '@afferent/study'
import type { Instants } from '../convert/instants.ts'
import type { Slot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export interface Submission {
  readonly submitted: Instants
  readonly slot: Slot
  /** Day the entry is about: of an episode the date of its end (else its start), of an intake its date. */
  readonly day: ArrayLike<number>
  /** Start of an episode, before which it cannot be reported; null: the beginning of the day. */
  readonly start: Pick<Instants, 'utc' | 'offset'> | null
  /** `diary.tz`; null: midnights are those of the submission's own clock. */
  readonly home: Zone | null
  readonly lateHours: number
}

/**
 * Entries submitted before their day (or episode) began are rejected (`future-entry`); those submitted more than
 * `lateHours` after the end of their day are left out (`late-entry`, R-LATE). Entries without a submission are on time.
 */
export function checkSubmission(entry: Submission, judge: RowJudge): void {
  const { submitted, slot, day, start, home } = entry
  const { utc, wall } = submitted
  const lateMs = entry.lateHours * HOUR_MS
  const beginOf = home === null ? wallOfDay : midnights(home)
  const clock = home === null ? wall.values : utc.values
  // Nearly all entries of a form are made on their day, in whole: no function is called for these.
  const atOnce = home === null && start === null
  for (let row = 0; row < judge.rows; row++) {
    const sinceBegin = clock[row] - day[row] * DAY_MS
    if (atOnce && sinceBegin >= 0 && sinceBegin <= DAY_MS) continue
    if (!isPresent(utc.valid, row) || judge.isBad(row)) continue
    const early = start === null ? clock[row] < beginOf(day[row]) : isBefore(submitted, start, row)
    if (early) judge.reject(row, 'future-entry', slot)
    else if (clock[row] > beginOf(day[row] + 1) + lateMs) judge.exclude(row, 'late-entry', slot)
  }
}

/** By the instants; by the clocks as written where only one of the two carries its offset. */
function isBefore({ utc, offset, wall }: Instants, start: Pick<Instants, 'utc' | 'offset'>, row: number): boolean {
  const minutes = start.offset !== undefined && isPresent(start.offset.valid, row) ? start.offset.values[row] : null
  const isKnown = offset !== undefined && isPresent(offset.valid, row)
  if (isKnown === (minutes !== null)) return utc.values[row] < start.utc.values[row]
  return wall.values[row] < start.utc.values[row] + (minutes ?? 0) * MINUTE_MS
}

/** First instant of each date in a zone, looked up once. */
function midnights(home: Zone): (day: number) => number {
  const known = new Map<number, number>()
  let lastDay = Number.NaN
  let last = 0
  let nextDay = Number.NaN
  let next = 0
  const find = (day: number): number => {
    const found = known.get(day) ?? home.fromWall(wallOfDay(day)).utc
    known.set(day, found)
    return found
  }
  return (day) => {
    if (day === lastDay) return last
    if (day === nextDay) return next
    // Asked for in turn are a day and the one after it.
    lastDay = nextDay
    last = next
    nextDay = day
    next = find(day)
    return next
  }
}
