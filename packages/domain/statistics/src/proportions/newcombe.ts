import { isMissing, type NoAnswer } from '../no-answer.ts'
import { armsProblem, type Interval, type TwoProportions } from './two-proportions.ts'
import { type Proportion, wilsonInterval } from './wilson.ts'
import { wilsonCorrected } from './wilson-corrected.ts'

/**
 * A difference of proportions with its hybrid score interval (95 %).
 *
 * Definition  d - sqrt((p1 - l1)^2 + (u2 - p2)^2) and d + sqrt((u1 - p1)^2 + (p2 - l2)^2), l and u the Wilson limits of each
 *             arm: without continuity correction (method 10), or with it (method 11).
 * Undefined   an empty arm: a reason.
 * Source      Newcombe, Stat Med 1998;17:873-890.
 */
export function newcombe(arms: TwoProportions, continuity: 'plain' | 'corrected' = 'plain'): Interval | NoAnswer {
  const problem = armsProblem(arms)
  if (problem !== null) return problem
  const limitsOf = continuity === 'plain' ? wilsonInterval : wilsonCorrected
  const one = limitsOf(arms.x1, arms.n1) as Proportion | NoAnswer
  const two = limitsOf(arms.x2, arms.n2) as Proportion | NoAnswer
  if (isMissing(one)) return one
  if (isMissing(two)) return two
  const estimate = one.estimate - two.estimate
  return {
    estimate,
    lower: estimate - Math.hypot(one.estimate - one.lower, two.upper - two.estimate),
    upper: estimate + Math.hypot(one.upper - one.estimate, two.estimate - two.lower),
  }
}
