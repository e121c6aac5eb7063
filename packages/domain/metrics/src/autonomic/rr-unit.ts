/** Where the median of RR intervals can lie, both limits included [formats 8]: heart rates of 30 to 200. */
const MILLISECONDS = [300, 2000] as const
const SECONDS = [0.3, 2.0] as const
/** R-NUM. */
const TOLERANCE = 1e-9

export type RrUnit = 'ms' | 's'

/**
 * The unit in which a file seems to give RR intervals.
 *
 * Definition  median 300-2000: ms; 0.3-2.0: s. What is not a finite number is left out of the median.
 * Output      the unit, or null: neither fits, as with heart rates, or there is no number.
 * Throws      never.
 * Source      [formats 8].
 */
export function rrUnitOf(values: Float64Array): RrUnit | null {
  const sorted = values.filter(Number.isFinite).sort()
  const middle = sorted.length >> 1
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  if (isWithin(median, MILLISECONDS)) return 'ms'
  return isWithin(median, SECONDS) ? 's' : null
}

const isWithin = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low - TOLERANCE && value <= high + TOLERANCE
