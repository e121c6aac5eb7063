import { isMissing, type NoAnswer } from '../no-answer.ts'
import { type MeanEstimate, meanEstimate } from './mean-estimate.ts'
import { type Moments, momentsOf } from './moments.ts'

/**
 * Difference of two means with its t interval (95 %), variances of the arms not being alike.
 *
 * Definition  m1 - m2, SE sqrt(v1 / n1 + v2 / n2), df = SE^4 / sum (v / n)^2 / (n - 1) (Welch-Satterthwaite).
 * Input       the values of each arm in subject order, or their moments as printed in a publication.
 * Undefined   an arm without or with one subject, a missing value, no spread in either arm: a reason.
 * Source      Welch, Biometrika 1947;34:28-35.
 */
export function welch(first: Float64Array | Moments, second: Float64Array | Moments): MeanEstimate | NoAnswer {
  const pair = twoMoments(first, second)
  if (isMissing(pair)) return pair
  const [a, b] = pair
  const u = a.variance / a.n
  const v = b.variance / b.n
  const df = (u + v) ** 2 / ((u * u) / (a.n - 1) + (v * v) / (b.n - 1))
  return meanEstimate(a.mean - b.mean, Math.sqrt(u + v), df)
}

interface Spread extends Moments {
  readonly variance: number
}

/** Moments of two arms that have a spread, or why not. */
export function twoMoments(
  first: Float64Array | Moments,
  second: Float64Array | Moments,
): readonly [Spread, Spread] | NoAnswer {
  const [a, b] = [first, second].map((arm) => (arm instanceof Float64Array ? momentsOf(arm) : arm))
  if (a === undefined || isMissing(a)) return a === undefined ? EMPTY : named(a)
  if (b === undefined || isMissing(b)) return b === undefined ? EMPTY : named(b)
  if (a.variance === null || b.variance === null) return { reason: 'an arm has one subject only' }
  if (a.variance === 0 && b.variance === 0) return { reason: 'the values do not vary' }
  return [a as Spread, b as Spread]
}

const EMPTY: NoAnswer = { reason: 'an arm has no subjects' }
const named = ({ reason }: NoAnswer): NoAnswer => (reason === 'there are no subjects' ? EMPTY : { reason })
