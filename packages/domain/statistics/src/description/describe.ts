import { orderStatistics } from './order-statistics.ts'

/** Figures of one sample. `sd` and `se` are null for a single value, everything but `n` for none. */
export interface Description {
  readonly n: number
  readonly mean: number | null
  readonly sd: number | null
  readonly se: number | null
  readonly min: number | null
  readonly q1: number | null
  readonly median: number | null
  readonly q3: number | null
  readonly max: number | null
}

const NONE: Description = {
  n: 0,
  mean: null,
  sd: null,
  se: null,
  min: null,
  q1: null,
  median: null,
  q3: null,
  max: null,
}

/**
 * Describes the first `n` values of a sample.
 *
 * Definition  mean; sample standard deviation (n - 1); standard error sd / sqrt(n); quartiles of type 7 (linear between
 *             order statistics, the default of R and Excel: Hyndman and Fan, Am Stat 1996;50:361-365).
 * Undefined   no value: all null but n = 0; one value: sd and se null.
 * Order       sums run in the order of the values, so that the same subjects in the same order give the same bits.
 * The values are reordered: hand over a copy.
 */
export function describe(values: Float64Array, n: number = values.length): Description {
  if (n === 0) return NONE
  const mean = sumOf(values, n) / n
  const sd = n > 1 ? Math.sqrt(squaresAround(values, n, mean) / (n - 1)) : null
  const min = lowestOf(values, n)
  const max = highestOf(values, n)
  const [q1, median, q3] = quantilesOf(values, n, [0.25, 0.5, 0.75]) as [number, number, number]
  return { n, mean, sd, se: sd === null ? null : sd / Math.sqrt(n), min, q1, median, q3, max }
}

function sumOf(values: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i] as number
  return sum
}

function squaresAround(values: Float64Array, n: number, mean: number): number {
  let squares = 0
  for (let i = 0; i < n; i++) {
    const off = (values[i] as number) - mean
    squares += off * off
  }
  return squares
}

function lowestOf(values: Float64Array, n: number): number {
  let lowest = Number.POSITIVE_INFINITY
  for (let i = 0; i < n; i++) if ((values[i] as number) < lowest) lowest = values[i] as number
  return lowest
}

function highestOf(values: Float64Array, n: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < n; i++) if ((values[i] as number) > highest) highest = values[i] as number
  return highest
}

/** Quantile of type 7 of a sample that is not empty; the sample is reordered. */
export function quantile(sample: Float64Array, p: number): number {
  return quantilesOf(sample, sample.length, [p])[0] as number
}

/** Quantiles of the first `n` values, in the order of `shares`, which ascend. */
function quantilesOf(sample: Float64Array, n: number, shares: readonly number[]): number[] {
  const places = shares.map((p) => (n - 1) * p)
  const ranks = places.flatMap((place) => [Math.floor(place), Math.ceil(place)])
  const found = orderStatistics(sample, n, ranks)
  return places.map((place, i) => {
    const low = found[2 * i] as number
    return low + (place - Math.floor(place)) * ((found[2 * i + 1] as number) - low)
  })
}
