import { Z } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import { addHalves, hasEmptyCell, type RiskRatio } from './risk-ratio.ts'
import { armsProblem, type TwoProportions } from './two-proportions.ts'

/**
 * Ratio of two odds of response with limits on the log scale (95 %).
 *
 * Definition  exp(log(ad / bc) -+ z sqrt(1/a + 1/b + 1/c + 1/d)), the four cells. One of them is 0: 0.5 is added to all [P].
 * Undefined   an empty arm, or all subjects of both arms respond alike: a reason.
 * Source      Woolf, Ann Hum Genet 1955;19:251-253.
 */
export function oddsRatio(arms: TwoProportions): RiskRatio | NoAnswer {
  const problem = armsProblem(arms)
  if (problem !== null) return problem
  if (arms.x1 + arms.x2 === 0) return { reason: 'nobody responded' }
  if (arms.x1 + arms.x2 === arms.n1 + arms.n2) return { reason: 'everybody responded' }
  const halfAdded = hasEmptyCell(arms)
  const { x1, n1, x2, n2 } = halfAdded ? addHalves(arms) : arms
  const estimate = (x1 * (n2 - x2)) / ((n1 - x1) * x2)
  const seOfLog = Math.sqrt(1 / x1 + 1 / (n1 - x1) + 1 / x2 + 1 / (n2 - x2))
  const factor = Math.exp(Z * seOfLog)
  return { estimate, lower: estimate / factor, upper: estimate * factor, seOfLog, halfAdded }
}
