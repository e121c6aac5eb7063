/**
 * The difference of a value of x and one of y that has a given rank among all of them, from 1.
 *
 * Input       x and y in ascending order; the differences themselves are never stored: 2000 against 2000 would be 4 million.
 * How         the rank of any number is counted in one walk along both; halving ends at the spacing of doubles, or at a difference.
 */
export function pairwiseDifference(x: Float64Array, y: Float64Array, rank: number): number {
  let low = (x[0] as number) - (y[y.length - 1] as number)
  let high = (x[x.length - 1] as number) - (y[0] as number)
  if (countUpTo(x, y, low) >= rank) return low
  // Fewer than `rank` differences are at or below `low`, at least `rank` at or below `high`.
  for (;;) {
    const middle = low + (high - low) / 2
    if (!(middle > low && middle < high)) return high
    const below = greatestUpTo(x, y, middle)
    if (countUpTo(x, y, below) >= rank) high = below
    else {
      const above = leastAbove(x, y, middle)
      if (countUpTo(x, y, above) >= rank) return above
      low = above
    }
  }
}

/** How many differences are at most `limit`. */
function countUpTo(x: Float64Array, y: Float64Array, limit: number): number {
  let count = 0
  let i = 0
  // As y rises, more values of x are within.
  for (let j = 0; j < y.length; j++) {
    while (i < x.length && (x[i] as number) - (y[j] as number) <= limit) i++
    count += i
  }
  return count
}

function greatestUpTo(x: Float64Array, y: Float64Array, limit: number): number {
  let greatest = Number.NEGATIVE_INFINITY
  let i = 0
  for (let j = 0; j < y.length; j++) {
    while (i < x.length && (x[i] as number) - (y[j] as number) <= limit) i++
    if (i > 0) greatest = Math.max(greatest, (x[i - 1] as number) - (y[j] as number))
  }
  return greatest
}

function leastAbove(x: Float64Array, y: Float64Array, limit: number): number {
  let least = Number.POSITIVE_INFINITY
  let i = 0
  for (let j = 0; j < y.length; j++) {
    while (i < x.length && (x[i] as number) - (y[j] as number) <= limit) i++
    if (i < x.length) least = Math.min(least, (x[i] as number) - (y[j] as number))
  }
  return least
}
