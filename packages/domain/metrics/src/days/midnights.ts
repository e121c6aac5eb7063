import type { Zone } from '@afferent/study'

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/**
 * Local dates and midnights of an episode (R-TZ, R-DAY).
 *
 * A date is that of an instant in its own offset. Midnights are those of the home zone if both instants of the episode
 * fit it, else of the start's offset. An interval is half-open: ending at midnight it does not touch the next date.
 */
export const dateOf = (utc: number, offset: number): number => Math.floor((utc + offset * MINUTE_MS) / DAY_MS)

/** Whether an instant is written in the offset the home zone has then. */
export const fits = (zone: Zone | null, utc: number, offset: number): boolean =>
  zone !== null && zone.offsetAt(utc) === offset

/** Instant at which a date begins. `zone` null: in the given offset. */
export function midnightOf(date: number, zone: Zone | null, offset: number): number {
  return zone === null ? date * DAY_MS - offset * MINUTE_MS : zone.fromWall(date * DAY_MS).utc
}

/** Last date an episode touches. `zone` null: its instants do not both fit the home zone. */
export function lastDateOf(
  start: number,
  startOffset: number,
  end: number,
  endOffset: number,
  zone: Zone | null,
): number {
  const first = dateOf(start, startOffset)
  const last = dateOf(end, endOffset)
  if (end <= start || last <= first) return first
  const atMidnight =
    (end + endOffset * MINUTE_MS) % DAY_MS === 0 || (zone !== null && midnightOf(last, zone, endOffset) >= end)
  return atMidnight ? last - 1 : last
}
