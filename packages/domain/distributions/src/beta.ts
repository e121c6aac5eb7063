import { betaWeight } from './stirling.ts'
import type { Tails } from './tails.ts'

/**
 * Both tails of the beta distribution of shapes a and b at x: the regularised incomplete beta functions I_x(a, b) and
 * I_y(b, a).
 *
 * Input       a and b above 0; x from 0 to 1, and y, which is 1 - x: given where the caller has more digits of it.
 * Output      the tail on the far side of the mean has its own digits; the other one is 1 less it.
 * Source      continued fraction: DiDonato and Morris, ACM Trans Math Softw 1992;18:360-373, equation 9 [L].
 */
export function betaTails(a: number, b: number, x: number, y = 1 - x): Tails {
  if (b * x > a * y) {
    const upper = lowerTail(b, a, y, x)
    return { lower: 1 - upper, upper }
  }
  const lower = lowerTail(a, b, x, y)
  return { lower, upper: 1 - lower }
}

const lowerTail = (a: number, b: number, x: number, y: number): number =>
  x === 0 ? 0 : betaWeight(a, b, x, y) / continueFraction(a, b, x, y)

/** From the top, by Lentz. The distance from the mean, a y - b x, is at least 0 and enters as such: nothing cancels. */
function continueFraction(a: number, b: number, x: number, y: number): number {
  const distance = a * y - b * x
  let value = (a * (distance + 1)) / (a + 1)
  let c = value
  let d = 0
  for (let k = 1; ; k++) {
    const step = a + 2 * k - 1
    const numerator = ((a + k - 1) / step) * ((a + b + k - 1) / step) * k * (b - k) * x * x
    const term = k + (k * (b - k) * x) / step + ((a + k) * (distance + 1 + k * (1 + y))) / (step + 2)
    d = 1 / (term + numerator * d)
    c = term + numerator / c
    const factor = c * d
    value *= factor
    if (!(Math.abs(factor - 1) > 3e-16)) return value
  }
}
