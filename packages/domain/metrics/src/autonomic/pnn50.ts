/** A difference counts above this, ms; exactly 50 ms does not. */
const LIMIT_MS = 50
/** R-NUM: 512.2 - 462.2 is 50 on paper and a hair more in doubles. */
const TOLERANCE = 1e-9

/**
 * pNN50: the share of large changes between neighbouring beats.
 *
 * Definition  100 * number of successive differences of more than 50 ms in either direction / number of differences.
 * Input       successive differences in ms, none of them across a removed interval.
 * Output      percent. NaN: no difference.
 * Throws      never.
 * Source      PhysioNet HRV Toolkit [C 44]; texts that divide by the number of intervals come out slightly lower.
 */
export function pnn50(differences: Float64Array): number {
  if (differences.length === 0) return Number.NaN
  const large = differences.reduce((count, one) => count + (Math.abs(one) > LIMIT_MS + TOLERANCE ? 1 : 0), 0)
  return (100 * large) / differences.length
}
