import { Z } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import { armsProblem, type Interval, type TwoProportions } from './two-proportions.ts'

/**
 * A difference of proportions with its simple normal interval (95 %), for comparison with publications only.
 *
 * Definition  d -+ z sqrt(p1 q1 / n1 + p2 q2 / n2); too short in small samples, of length 0 where nobody and everybody responds.
 * Undefined   an empty arm: a reason.
 */
export function waldDifference(arms: TwoProportions): (Interval & { readonly se: number }) | NoAnswer {
  const problem = armsProblem(arms)
  if (problem !== null) return problem
  const p1 = arms.x1 / arms.n1
  const p2 = arms.x2 / arms.n2
  const se = Math.sqrt((p1 * (1 - p1)) / arms.n1 + (p2 * (1 - p2)) / arms.n2)
  return { estimate: p1 - p2, lower: p1 - p2 - Z * se, upper: p1 - p2 + Z * se, se }
}
