import { Z } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import { armsProblem, type Interval, type TwoProportions } from './two-proportions.ts'

export interface RiskRatio extends Interval {
  readonly seOfLog: number
  /** Whether 0.5 was added to all four cells because one was 0. */
  readonly halfAdded: boolean
}

/**
 * Ratio of two response proportions with limits on the log scale (95 %).
 *
 * Definition  exp(log(p1 / p2) -+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)). One of the four cells is 0: 0.5 is added to all of them [P].
 * Undefined   an empty arm, or nobody in either arm responds: a reason.
 * Source      Katz et al., Biometrics 1978;34:469-474.
 */
export function riskRatio(arms: TwoProportions): RiskRatio | NoAnswer {
  const problem = armsProblem(arms)
  if (problem !== null) return problem
  if (arms.x1 + arms.x2 === 0) return { reason: 'nobody responded' }
  const halfAdded = hasEmptyCell(arms)
  const { x1, n1, x2, n2 } = halfAdded ? addHalves(arms) : arms
  const estimate = x1 / n1 / (x2 / n2)
  const seOfLog = Math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
  const factor = Math.exp(Z * seOfLog)
  return { estimate, lower: estimate / factor, upper: estimate * factor, seOfLog, halfAdded }
}

export const hasEmptyCell = ({ x1, n1, x2, n2 }: TwoProportions): boolean =>
  x1 === 0 || x2 === 0 || x1 === n1 || x2 === n2

export const addHalves = ({ x1, n1, x2, n2 }: TwoProportions): TwoProportions => ({
  x1: x1 + 0.5,
  n1: n1 + 1,
  x2: x2 + 0.5,
  n2: n2 + 1,
})
