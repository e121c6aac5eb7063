import type { Schedule } from './schedule.ts'

/**
 * Place in the schedule of the visit a record belongs to; -1: none. A record belongs to the visit it names, else to the
 * first window that its day lies in, the baseline before all others.
 *
 * Input   visit: AVISITN as the export names it, or null; day: distance of the record's day from day 1, or null.
 */
export function visitPlaceOf({ spans }: Schedule, visit: number | null, day: number | null): number {
  if (visit !== null) return spans.findIndex((span) => span.visit === visit)
  if (day === null) return -1
  return spans.findIndex(({ from, to }) => day >= from && day <= to)
}
