import type { ResolvedOptions } from './options.ts'
import type { Random } from './random.ts'
import type { RowWriter } from './row-writer.ts'

const DAY_MINUTES = 1440

/** How a record came in: on time, after its diary had closed, or as an earlier version that says something else. */
export type Coming = 'on-time' | 'late' | 'superseded'

/**
 * Writes one record of a file that is no diary: late, twice, or with a contradicting copy, at the rates of the options. A
 * contradicting copy was submitted before the record, which therefore counts (R-DUP).
 */
export function writeRecord(
  random: Random,
  options: ResolvedOptions,
  rows: RowWriter,
  write: (coming: Coming) => void,
): void {
  const writeRow = (coming: Coming): void => {
    rows.begin()
    write(coming)
    rows.end()
  }
  writeRow(random.chance(options.late) ? 'late' : 'on-time')
  if (random.chance(options.duplicates)) rows.repeat()
  if (random.chance(options.conflicts)) writeRow('superseded')
}

/** Minute of submission, counted from the day of the record: `after` it, some days later if late. */
export function submissionMinute(random: Random, coming: Coming, after: number): number {
  if (coming === 'superseded') return after
  const later = coming === 'late' ? DAY_MINUTES * random.whole(4, 7) : 0
  return after + random.whole(10, 90) + later
}
