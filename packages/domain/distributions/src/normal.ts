/** 97.5 % point of the standard normal distribution. */
export const Z = 1.959963984540054

const ROOT_TWO_PI = 2.5066282746310002
/** The fraction converges outside, the series inside; at 1.25 neither costs digits. */
const TAIL_FROM = 1.25
/** What the fraction needs at 1.25; further out fewer would do. */
const FRACTION_DEPTH = 400
/** Three digits to start with, doubled by each. */
const QUANTILE_STEPS = 4

/**
 * Probability that a standard normal variable is above z: half of erfc(z / sqrt 2).
 *
 * Output      15 digits, as far out as a double goes (z = 37).
 * Source      Abramowitz and Stegun 26.2.11 (series) and 26.2.14 (continued fraction).
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z)
  const density = halfSquareExp(z) / ROOT_TWO_PI
  return z < TAIL_FROM ? 0.5 - density * sumSeries(z) : density / continueFraction(z)
}

/** Probability that a standard normal variable is at least as far from 0 as z. */
export const normalTwoSided = (z: number): number => 2 * normalUpperTail(Math.abs(z))

/**
 * The value below which a standard normal variable stays with probability p.
 *
 * Input       p from 0 to 1; the ends give minus and plus infinity.
 * Output      14 digits in both tails; in the middle as exact as p itself allows. Newton's steps in the logarithm of the
 *             tail, from the fraction of Abramowitz and Stegun 26.2.23.
 */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0
  const tail = Math.min(p, 1 - p)
  if (tail === 0) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const w = Math.sqrt(-2 * Math.log(tail))
  let z = w - (2.515517 + w * (0.802853 + w * 0.010328)) / (1 + w * (1.432788 + w * (0.189269 + w * 0.001308)))
  for (let k = 0; k < QUANTILE_STEPS; k++) {
    const above = normalUpperTail(z)
    z += ((above * ROOT_TWO_PI) / halfSquareExp(z)) * Math.log(above / tail)
  }
  return p < 0.5 ? -z : z
}

/** exp(-z^2 / 2), split at a number whose square is exact: the rounding of z^2 would cost two digits far out. */
function halfSquareExp(z: number): number {
  if (z > 40) return 0
  const near = Math.round(z * 16) / 16
  return Math.exp((-near * near) / 2) * Math.exp((-(z - near) * (z + near)) / 2)
}

/** z + z^3 / 3 + z^5 / (3 5) + z^7 / (3 5 7) + ... */
function sumSeries(z: number): number {
  let term = z
  let sum = z
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return sum
}

/** z + 1 / (z + 2 / (z + 3 / (z + ...))), from the bottom: all terms are positive, and errors shrink on the way up. */
function continueFraction(z: number): number {
  let value = z
  for (let k = FRACTION_DEPTH; k > 0; k--) value = z + k / value
  return value
}
