/** 97.5 % point of the standard normal distribution. */
export const Z = 1.959963984540054

const ROOT_TWO_PI = 2.5066282746310002
/** The fraction converges outside, the series inside; at 1.25 neither costs digits. */
const TAIL_FROM = 1.25
/** What the fraction needs at 1.25; further out fewer would do. */
const FRACTION_DEPTH = 400

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
