import { isMissing, type NoAnswer } from '../no-answer.ts'
import { type MeanEstimate, meanEstimate } from './mean-estimate.ts'
import type { Moments } from './moments.ts'
import { twoMoments } from './welch.ts'

/**
 * Difference of two means with its t interval (95 %), both arms having one variance.
 *
 * Definition  m1 - m2, SE sqrt(v (1 / n1 + 1 / n2)), v the variances weighted by n - 1, df = n1 + n2 - 2.
 * Input       as `welch`.
 * Undefined   as `welch`.
 * Source      Student, Biometrika 1908;6:1-25.
 */
export function pooledDifference(
  first: Float64Array | Moments,
  second: Float64Array | Moments,
): MeanEstimate | NoAnswer {
  const pair = twoMoments(first, second)
  if (isMissing(pair)) return pair
  const [a, b] = pair
  const df = a.n + b.n - 2
  const variance = ((a.n - 1) * a.variance + (b.n - 1) * b.variance) / df
  return meanEstimate(a.mean - b.mean, Math.sqrt(variance * (1 / a.n + 1 / b.n)), df)
}
