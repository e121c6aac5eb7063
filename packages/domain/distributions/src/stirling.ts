/** From here on five terms of Stirling's series hold all digits. */
const SERIES_FROM = 16
const HALF_LOG_TWO_PI = 0.9189385332046728

/**
 * What Stirling's formula leaves out: log Gamma(a + 1) less (a + 1/2) log a - a + log sqrt(2 pi).
 *
 * Definition  below 16 by stepping up: the error at a less that at a + 1 is (a + 1/2) log(1 + 1 / a) - 1.
 * Input       a above 0.
 * Why         at large parameters the logarithms of gamma functions are large and nearly cancel; these errors are small.
 * Source      Loader, Fast and accurate computation of binomial probabilities, 2000 [L]; series: Abramowitz and Stegun 6.1.41.
 */
export function stirlingError(a: number): number {
  let z = a
  let steps = 0
  while (z < SERIES_FROM) {
    steps += (z + 0.5) * Math.log1p(1 / z) - 1
    z++
  }
  const r = 1 / (z * z)
  return steps + (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z
}

/**
 * How far a mean m is from a count a: a log(a / m) + m - a, which is never below 0.
 *
 * Input       `off` is m - a with its own digits, where the caller has more of them than a subtraction gives.
 * Source      Loader 2000 [L]: close to 0 as a series in (a - m) / (a + m), where the plain terms would cancel.
 */
export function deviance(a: number, m: number, off = m - a): number {
  if (Math.abs(off) > 0.5 * (a + m)) return off - a * Math.log(m / a)
  const v = -off / (a + m)
  let term = 2 * a * v
  let sum = -off * v
  for (let k = 3; Math.abs(term) > 1e-17 * sum; k += 2) {
    term *= v * v
    sum += term / k
  }
  return sum
}

/** x^a e^-x / Gamma(a + 1). */
export const gammaWeight = (a: number, x: number): number =>
  Math.exp(-stirlingError(a) - deviance(a, x) - HALF_LOG_TWO_PI) / Math.sqrt(a)

/** x^a y^b Gamma(a + b) / (Gamma(a) Gamma(b)), y being 1 - x. */
export function betaWeight(a: number, b: number, x: number, y: number): number {
  const sum = a + b
  const off = b * x - a * y
  const exponent = stirlingError(sum) - stirlingError(a) - stirlingError(b) - HALF_LOG_TWO_PI
  return Math.sqrt((a * b) / sum) * Math.exp(exponent - deviance(a, sum * x, off) - deviance(b, sum * y, -off))
}
