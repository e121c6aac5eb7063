import { isMissing, type NoAnswer } from '../no-answer.ts'
import { type MeanEstimate, meanEstimate } from './mean-estimate.ts'
import { momentsOf } from './moments.ts'

/**
 * A mean with its t interval (95 %), as of changes from baseline or of differences within subjects (paired t).
 *
 * Definition  mean -+ t(0.975; n - 1) sd / sqrt(n).
 * Input       one value per subject, none missing, in subject order.
 * Undefined   fewer than 2 subjects, a missing value, or values all alike: a reason.
 */
export function oneMean(values: Float64Array): MeanEstimate | NoAnswer {
  const found = momentsOf(values)
  if (isMissing(found)) return found
  if (found.variance === null) return { reason: 'there is one subject only' }
  if (found.variance === 0) return { reason: 'the values do not vary' }
  return meanEstimate(found.mean, Math.sqrt(found.variance / found.n), found.n - 1)
}
