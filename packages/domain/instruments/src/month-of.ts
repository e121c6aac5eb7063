/** Daily values without which a month has no score. */
export const MONTH_MIN_DAYS = 14

/**
 * Score of a month from the scores of its days, for instruments answered daily (MPFID).
 *
 * Definition  mean of the daily values that are there.
 * Input       one value per day of the month; NaN: no value that day.
 * Undefined   NaN with fewer than 14 daily values.
 * Source      MPFID scoring [L].
 */
export function monthOf(dailyValues: Float64Array): number {
  let sum = 0
  let days = 0
  for (const value of dailyValues) {
    if (Number.isNaN(value)) continue
    sum += value
    days++
  }
  return days < MONTH_MIN_DAYS ? Number.NaN : sum / days
}
