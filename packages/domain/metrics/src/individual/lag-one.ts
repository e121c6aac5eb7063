/** Two values give -1/2 whatever they are. */
const MIN_VALUES = 3

/**
 * Lag-1 autocorrelation of a baseline: a caution printed beside figures that take a patient's days for independent ones.
 *
 * Definition  sum of (x_t - mean)(x_t+1 - mean) over neighbouring occasions, divided by the sum of (x_t - mean)^2.
 * Input       one place per occasion in the order of time, NaN where no value was observed.
 * Missing     mean and squares over the observed values; products over the pairs of neighbours that are both observed,
 *             scaled by (values / (pairs + 1)), which is 1 without gaps (as R's acf does with na.pass) [P].
 * Undefined   fewer than 3 values, no two neighbours, or all values equal: null.
 * Source      Box and Jenkins, Time Series Analysis, 1970, chapter 2 [L].
 */
export function lagOneAutocorrelation(series: Float64Array): number | null {
  let sum = 0
  let count = 0
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const value of series) {
    if (Number.isNaN(value)) continue
    sum += value
    count++
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  // Asked of the values: three times 0.1 has a mean of 0.10000000000000002, and squares above 0.
  if (count < MIN_VALUES || lowest === highest) return null
  const mean = sum / count
  let squares = 0
  let products = 0
  let pairs = 0
  let previous = Number.NaN
  for (const value of series) {
    const off = value - mean
    if (!Number.isNaN(off)) squares += off * off
    if (!Number.isNaN(off * previous)) {
      products += off * previous
      pairs++
    }
    previous = off
  }
  if (pairs === 0) return null
  return (products * count) / (squares * (pairs + 1))
}
