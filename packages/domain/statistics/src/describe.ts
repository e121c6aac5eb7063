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
  let sum = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < n; i++) {
    const value = values[i] as number
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  const mean = sum / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((values[i] as number) - mean) ** 2
  const sd = n > 1 ? Math.sqrt(squares / (n - 1)) : null
  const sample = values.subarray(0, n)
  return {
    n,
    mean,
    sd,
    se: sd === null ? null : sd / Math.sqrt(n),
    min,
    q1: quantile(sample, 0.25),
    median: quantile(sample, 0.5),
    q3: quantile(sample, 0.75),
    max,
  }
}

/** Quantile of type 7 of a sample that is not empty; the sample is reordered. */
export function quantile(sample: Float64Array, p: number): number {
  const place = (sample.length - 1) * p
  const lower = Math.floor(place)
  const low = select(sample, lower)
  if (place === lower) return low
  let high = Number.POSITIVE_INFINITY
  for (let i = lower + 1; i < sample.length; i++) high = Math.min(high, sample[i] as number)
  return low + (place - lower) * (high - low)
}

/** The k-th smallest value (0 is the smallest), by Hoare's selection: smaller ones end up before it, larger ones after. */
function select(sample: Float64Array, k: number): number {
  let left = 0
  let right = sample.length - 1
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
