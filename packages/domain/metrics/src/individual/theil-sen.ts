/**
 * Theil-Sen slope: the median of the slopes of all pairs of points, which a few wild days do not move.
 *
 * Definition  slopes (y_j - y_i) / (t_j - t_i) of all pairs with different times; of an even number the mean of the two in
 *             the middle.
 * Input       times and observed values, of one length, in any order.
 * Output      change of the value per unit of time.
 * Undefined   no two points with different times: null.
 * Room        one array of n (n - 1) / 2 numbers: 1 MB for 500 points.
 * Source      Theil, Indag Math 1950;12:85-91; Sen, J Am Stat Assoc 1968;63:1379-1389.
 */
export function theilSenSlope(times: Float64Array, values: Float64Array): number | null {
  const n = times.length
  const slopes = new Float64Array((n * (n - 1)) / 2)
  let count = 0
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const apart = (times[j] as number) - (times[i] as number)
      // + 0 turns a -0, of equal values backwards in time, into 0: the order of the points must not show.
      if (apart !== 0) slopes[count++] = ((values[j] as number) - (values[i] as number)) / apart + 0
    }
  }
  if (count === 0) return null
  const sorted = slopes.subarray(0, count).sort()
  const middle = count >> 1
  const upper = sorted[middle] as number
  return count % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}
