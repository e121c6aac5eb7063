import { betaTails } from './beta.ts'
import { betaWeight } from './stirling.ts'

/** Newton's steps double the digits: after one as small as this, nothing is left to gain. */
const SMALL_STEP = 1e-9
const MAX_STEPS = 200

/**
 * The value below which a beta variable of shapes a and b stays with probability p.
 *
 * Input       p from 0 to 1; a and b above 0.
 * Output      13 digits. Newton's steps in the logit of x and the logarithm of the smaller tail, in which the tail is nearly
 *             straight; a step that leaves the bracket is replaced by halving.
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p === 0 || p === 1) return p
  const low = p <= 0.5
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  let logit = Math.log(a / b)
  for (let k = 0; k < MAX_STEPS; k++) {
    const x = 1 / (1 + Math.exp(-logit))
    const y = 1 / (1 + Math.exp(logit))
    const { lower, upper } = betaTails(a, b, x, y)
    const excess = low ? lower / p : (1 - p) / upper
    if (excess > 1) to = logit
    else from = logit
    const step = (Math.log(excess) * (low ? lower : upper)) / betaWeight(a, b, x, y)
    if (Math.abs(step) < SMALL_STEP) return 1 / (1 + Math.exp(step - logit))
    const next = logit - step
    if (next > from && next < to) logit = next
    else if (from === Number.NEGATIVE_INFINITY) logit = to - 2 * (1 + Math.abs(to))
    else if (to === Number.POSITIVE_INFINITY) logit = from + 2 * (1 + Math.abs(from))
    else logit = (from + to) / 2
  }
  return 1 / (1 + Math.exp(-logit))
}
