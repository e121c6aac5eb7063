import { betaQuantile } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import type { Interval } from './two-proportions.ts'

/**
 * A proportion with its exact interval (95 %).
 *
 * Definition  lower = B(0.025; x, n - x + 1), upper = B(0.975; x + 1, n - x), B the quantiles of the beta distribution; 0/n has
 *             the lower limit 0, n/n the upper limit 1.
 * Undefined   n = 0: a reason.
 * Source      Clopper and Pearson, Biometrika 1934;26:404-413.
 */
export function clopperPearson(count: number, n: number): Interval | NoAnswer {
  if (n === 0) return { reason: 'there are no subjects' }
  return {
    estimate: count / n,
    lower: count === 0 ? 0 : betaQuantile(0.025, count, n - count + 1),
    upper: count === n ? 1 : betaQuantile(0.975, count + 1, n - count),
  }
}
