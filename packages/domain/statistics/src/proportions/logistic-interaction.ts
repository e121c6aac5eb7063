import { chiSquareUpperTail } from '@afferent/distributions'
import { type LogRatio, logRatio } from '../likelihood/log-ratio.ts'
import { regressionOf } from '../likelihood/regression.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { leastSquares } from '../linear-algebra/least-squares.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { fitLogistic } from './logistic.ts'

export interface LogisticInteraction {
  /** Likelihood ratio of the models with and without the products. */
  readonly chiSquare: number
  readonly df: number
  readonly p: number
  /** Odds ratio of the arms where the modifiers have these values. */
  readonly oddsRatioAt: (modifiers: readonly number[]) => LogRatio
  /** By modifier: ratio of odds ratios per unit of it. */
  readonly slopes: readonly LogRatio[]
}

/**
 * Whether the odds ratio of two arms depends on something.
 *
 * Definition  logit P(response) = `TRT + covariates + strata + TRT*modifiers`, maximum likelihood; likelihood ratio test of the
 *             products; Wald limits (95 %).
 * Input       1 or 0 per subject; two arms; one column per modifier, dummies of levels or a number less its mean, whose own
 *             effect stands among the covariates or strata.
 * Undefined   as logistic regression, separation included; products that say nothing new: a reason.
 * Source      McCullagh and Nelder, Generalized Linear Models, 1989, section 4.4 [L].
 */
export function logisticInteraction(
  response: Uint8Array,
  subjects: Subjects,
  modifiers: readonly Float64Array[],
): LogisticInteraction | NoAnswer {
  const regression = regressionOf(subjects)
  if (isMissing(regression)) return regression
  const { columns, armColumns } = regression
  const arm = armColumns.find((column) => column >= 0) as number
  const treated = columns[arm] as Float64Array
  const products = modifiers.map((values) => values.map((value, i) => value * (treated[i] as number)))
  const all = [...columns, ...products]
  if (leastSquares(all, new Float64Array(response.length)).rank < all.length)
    return { reason: 'the arms cannot be compared within the subgroups' }
  const without = fitLogistic(response, columns)
  if (isMissing(without)) return without
  const found = fitLogistic(response, all)
  if (isMissing(found)) return found
  const size = all.length
  const combined = (weights: Float64Array): LogRatio => {
    let [estimate, variance] = [0, 0]
    for (let a = 0; a < size; a++) {
      estimate += (weights[a] as number) * (found.place[a] as number)
      for (let b = 0; b < size; b++)
        variance += (weights[a] as number) * (weights[b] as number) * (found.covariance[a * size + b] as number)
    }
    return logRatio(estimate, Math.sqrt(variance))
  }
  const weightsOf = (ofArm: number, ofProducts: readonly number[]): Float64Array => {
    const weights = new Float64Array(size)
    weights[arm] = ofArm
    weights.set(ofProducts, columns.length)
    return weights
  }
  const chiSquare = Math.max(0, 2 * (found.value - without.value))
  return {
    chiSquare,
    df: products.length,
    p: chiSquareUpperTail(chiSquare, products.length),
    oddsRatioAt: (values) => combined(weightsOf(1, values)),
    slopes: products.map((_, k) =>
      combined(
        weightsOf(
          0,
          products.map((__, other) => (other === k ? 1 : 0)),
        ),
      ),
    ),
  }
}
