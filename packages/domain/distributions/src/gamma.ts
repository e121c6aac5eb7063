import { gammaWeight } from './stirling.ts'
import type { Tails } from './tails.ts'

const EPSILON = 1e-17
/** Newton's steps double the digits: after one as small as this, nothing is left to gain. */
const SMALL_STEP = 1e-9
const MAX_STEPS = 200
/** Shapes below this may have quantiles many powers of ten below their mean, and a bound that is close to them. */
const BOUNDED_BELOW = 100
/** Here the bound is the quantile, to the last digit. */
const BOUND_EXACT_BELOW = 1e-300

/**
 * Both tails of the gamma distribution of shape a at x: the regularised incomplete gamma functions P(a, x) and Q(a, x).
 *
 * Input       a above 0, x at least 0.
 * Output      the smaller tail has its own digits; the larger one is 1 less it.
 * Source      series and continued fraction: Abramowitz and Stegun 6.5.29 and 6.5.31.
 */
export function gammaTails(a: number, x: number): Tails {
  if (x === 0) return { lower: 0, upper: 1 }
  if (x < a + 1) {
    const lower = gammaWeight(a, x) * sumSeries(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = gammaWeight(a, x) * a * continueFraction(a, x)
  return { lower: 1 - upper, upper }
}

/**
 * The x below which a gamma variable of shape a stays with probability p.
 *
 * Input       p from 0 to 1; else NaN.
 * Output      as exact as p itself allows, from p = 1e-300 on; 0 where it is below the smallest double. Newton's steps in logarithms of x and of the smaller tail,
 *             in which the tail is nearly straight; a step that leaves the bracket is replaced by halving.
 */
export function gammaQuantile(p: number, a: number): number {
  if (p === 0) return 0
  if (p === 1) return Number.POSITIVE_INFINITY
  const low = p <= 0.5
  let from = 0
  let to = Number.POSITIVE_INFINITY
  let x = low && a < BOUNDED_BELOW ? lowerBound(p, a) : a
  if (x < BOUND_EXACT_BELOW) return x
  for (let k = 0; k < MAX_STEPS; k++) {
    const tails = gammaTails(a, x)
    const excess = low ? tails.lower / p : (1 - p) / tails.upper
    if (excess > 1) to = x
    else from = x
    const step = (Math.log(excess) * (low ? tails.lower : tails.upper)) / (gammaWeight(a, x) * a)
    const next = x * Math.exp(-step)
    if (Math.abs(step) < SMALL_STEP) return next
    if (next > from && next < to) x = next
    else x = to === Number.POSITIVE_INFINITY ? 2 * x : (from + to) / 2
  }
  return Number.NaN
}

/** The lower tail is at most x^a / Gamma(a + 1): the quantile is not below where this bound is p. */
const lowerBound = (p: number, a: number): number => Math.exp((Math.log(p) - 1 - Math.log(gammaWeight(a, 1))) / a)

function sumSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let k = 1; term > EPSILON * sum; k++) {
    term *= x / (a + k)
    sum += term
  }
  return sum
}

/** 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))), from the top, by Lentz. */
function continueFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Number.POSITIVE_INFINITY
  let d = 1 / b
  let value = d
  for (let k = 1; ; k++) {
    const numerator = -k * (k - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    const factor = c * d
    value *= factor
    if (!(Math.abs(factor - 1) > 3e-16)) return value
  }
}
