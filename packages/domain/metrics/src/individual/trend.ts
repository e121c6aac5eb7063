import { kendallTauB } from './kendall.ts'
import { theilSenSlope } from './theil-sen.ts'

/** Fewer points say nothing about a trend. */
const MIN_POINTS = 5
const DAYS_OF_A_PERIOD = 28

export interface Trend {
  /** Theil-Sen slope per 28 days, in units of the value. */
  readonly slope: number
  /** Kendall's tau-b of day and value and its p; null where all values are equal. */
  readonly tauB: number | null
  readonly p: number | null
  readonly n: number
}

/**
 * Where one patient's values are heading: Theil-Sen slope per 28 days, with the p of Kendall's tau-b.
 *
 * Input       days (24 h each) and observed values, of one length, in any order.
 * Output      the slope as it is, a rise positive: the direction of improvement is the reader's.
 * Undefined   fewer than 5 points, or all on one day: null.
 */
export function trendOf(days: Float64Array, values: Float64Array): Trend | null {
  if (days.length < MIN_POINTS) return null
  const perDay = theilSenSlope(days, values)
  if (perDay === null) return null
  const kendall = kendallTauB(days, values)
  return {
    slope: DAYS_OF_A_PERIOD * perDay,
    tauB: kendall?.tauB ?? null,
    p: kendall?.p ?? null,
    n: days.length,
  }
}
