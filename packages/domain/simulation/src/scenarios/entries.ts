import { Attendance } from '../attendance.ts'
import type { ResolvedOptions } from '../options.ts'
import { BASELINE_DAYS, type Person } from '../person.ts'
import type { Random } from '../random.ts'
import type { RowWriter } from '../row-writer.ts'

const LATEST_MINUTES = 90
const EVENING = 20 * 60

/** Multipliers of risk from Monday to Sunday, with mean 1: weekends are worse. */
export const WEEKDAYS = [1, 0.9, 0.9, 0.95, 1, 1.15, 1.1] as const

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/**
 * Goes through the days of one subject's diary, baseline first. `live` decides what happens on a day (0 is the first day of
 * treatment, -1 the day before), whether there is an entry or not; `write` makes the cells after subject, date and
 * submission.
 */
export function writeEntries(
  person: Person,
  random: Random,
  options: ResolvedOptions,
  rows: RowWriter,
  live: (day: number, index: number) => void,
  write: () => void,
): void {
  const id = new TextEncoder().encode(person.id)
  const attendance = new Attendance(random, options)
  for (let index = -BASELINE_DAYS; index < person.lastStudyDay; index++) {
    const day = person.start + index
    live(day, index)
    const entry = attendance.next()
    if (entry === 'none') continue
    rows.begin()
    rows.ascii(id)
    rows.date(day)
    rows.instant(day, EVENING + random.whole(0, LATEST_MINUTES) + (entry === 'late' ? 1440 * random.whole(4, 7) : 0))
    write()
    rows.end()
    if (attendance.isDouble()) rows.repeat()
  }
}
