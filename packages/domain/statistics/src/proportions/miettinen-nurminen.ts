import type { NoAnswer } from '../no-answer.ts'
import { restrictedProportions } from './restricted-proportions.ts'
import { scoreLimits, scoreStatistic } from './score-limits.ts'
import { armsProblem, type Interval, type TwoProportions } from './two-proportions.ts'

/**
 * A difference of proportions with its score interval (95 %).
 *
 * Definition  all delta with |p1 - p2 - delta| <= z sqrt(V), V = (r1(1 - r1)/n1 + r2(1 - r2)/n2) N/(N - 1), r the estimates
 *             under r1 - r2 = delta; without the factor N/(N - 1) it is Mee's interval.
 * Undefined   an empty arm: a reason.
 * Source      Miettinen and Nurminen, Stat Med 1985;4:213-226; Mee, Biometrics 1984;40:1175-1176.
 */
export function miettinenNurminen(arms: TwoProportions, factor: 'N/(N-1)' | 'none' = 'N/(N-1)'): Interval | NoAnswer {
  const problem = armsProblem(arms)
  if (problem !== null) return problem
  const { x1, n1, x2, n2 } = arms
  const estimate = x1 / n1 - x2 / n2
  const inflation = factor === 'none' ? 1 : (n1 + n2) / (n1 + n2 - 1)
  const statisticAt = (delta: number): number =>
    scoreStatistic(estimate - delta, inflation * restrictedVariance(arms, delta))
  return { estimate, ...scoreLimits(estimate, statisticAt) }
}

/** Variance of a difference of proportions where the difference is given. */
export function restrictedVariance(arms: TwoProportions, delta: number): number {
  const [r1, r2] = restrictedProportions(arms, delta)
  return (r1 * (1 - r1)) / arms.n1 + (r2 * (1 - r2)) / arms.n2
}
