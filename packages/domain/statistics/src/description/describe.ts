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
  const min = lowestOf(values, 0, n)
  const max = highestOf(values, n)
  // The median parts the sample, so that each quartile is sought in its half alone.
  const middle = Math.floor((n - 1) / 2)
  const median = quantileWithin(values, 0, n, n, 0.5)
  const q1 = quantileWithin(values, 0, middle + 1, n, 0.25)
  const q3 = quantileWithin(values, middle, n, n, 0.75)
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

function lowestOf(values: Float64Array, from: number, to: number): number {
  let lowest = Number.POSITIVE_INFINITY
  for (let i = from; i < to; i++) if ((values[i] as number) < lowest) lowest = values[i] as number
  return lowest
}

function highestOf(values: Float64Array, n: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (let i = 0; i < n; i++) if ((values[i] as number) > highest) highest = values[i] as number
  return highest
}

/** Quantile of type 7 of a sample that is not empty; the sample is reordered. */
export function quantile(sample: Float64Array, p: number): number {
  return quantileWithin(sample, 0, sample.length, sample.length, p)
}

/** Quantile of the first `n` values, whose order statistics are known to lie between `from` and `to` (not included). */
function quantileWithin(sample: Float64Array, from: number, to: number, n: number, p: number): number {
  const place = (n - 1) * p
  const lower = Math.floor(place)
  const low = select(sample, from, to - 1, lower)
  if (place === lower) return low
  // The next order statistic may be the first one beyond the stretch.
  const high = lower + 1 < to ? lowestOf(sample, lower + 1, to) : select(sample, lower + 1, n - 1, lower + 1)
  return low + (place - lower) * (high - low)
}

/**
 * The value that belongs at place k, sought between two places that hold it (both included), by Hoare's selection:
 * smaller values end up before it, larger ones after.
 */
function select(sample: Float64Array, first: number, last: number, k: number): number {
  let left = first
  let right = last
  while (left < right) {
    const pivot = middleOf(sample[left] as number, sample[(left + right) >> 1] as number, sample[right] as number)
    let i = left
    let j = right
    while (i <= j) {
      while ((sample[i] as number) < pivot) i++
      while ((sample[j] as number) > pivot) j--
      if (i > j) break
      const held = sample[i] as number
      sample[i++] = sample[j] as number
      sample[j--] = held
    }
    if (k <= j) right = j
    else if (k >= i) left = i
    else break
  }
  return sample[k] as number
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
