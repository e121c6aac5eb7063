import type { StudyFacts } from '@afferent/records'
import type { Schedule, Span } from './schedule.ts'

/** Bits of one window of one subject. */
export const WINDOW = {
  /** Starts on or before the cut: a row is written (R-NOPOST). */
  scheduled: 1,
  /** Not over at the cut, or over for less than `diary.lateHours`: NOT_REACHED. */
  notReached: 2,
  /** Starts after the last study day: DISCONTINUED. */
  discontinued: 4,
} as const

const DAY_HOURS = 24

/**
 * State of every window of a schedule for a subject whose first treatment day is `zero` (table day, null: unknown) and
 * whose last study day lies `lastDay` days after it (null: unknown). The baseline is always scheduled. Returns how many
 * windows are.
 */
export function placeWindows(
  into: Uint8Array,
  { spans }: Schedule,
  facts: StudyFacts,
  zero: number | null,
  lastDay: number | null,
  lateHours: number,
): number {
  const cut = zero === null || facts.cut === null ? null : facts.cut - zero
  let scheduled = 0
  for (let w = 0; w < spans.length; w++) {
    const { from, to } = spans[w] as Span
    let state: number = WINDOW.scheduled
    if (cut !== null) {
      if (from > cut && w > 0) state = 0
      if ((cut - to) * DAY_HOURS < lateHours) state |= WINDOW.notReached
    }
    if (lastDay !== null && from > lastDay) state |= WINDOW.discontinued
    into[w] = state
    scheduled += state & WINDOW.scheduled
  }
  return scheduled
}
