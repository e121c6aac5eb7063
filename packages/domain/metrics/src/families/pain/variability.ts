/**
 * Sample standard deviation of the observed values (n - 1). NaN: missing.
 *
 * Undefined   fewer than two values: null.
 */
export function sampleDeviation(values: Float64Array): number | null {
  let n = 0
  let sum = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    n++
    sum += value
  }
  if (n < 2) return null
  const mean = sum / n
  let squares = 0
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2
  return Math.sqrt(squares / (n - 1))
}
