import { type LogRatio, logRatio } from '../likelihood/log-ratio.ts'
import { type Likelihood, type Maximum, maximize } from '../likelihood/maximize.ts'
import { regressionOf, sumShares } from '../likelihood/regression.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'

/** A predictor this small beside the largest is rounding. */
const NOTHING = 1e-6
/** The steps of Newton show a separation once the first ones are over. */
const SHOWS_AFTER = 8

export interface Logistic {
  readonly n: number
  /** By arm code, arm against reference, as logarithm and ratio of odds; null for the reference. */
  readonly oddsRatios: readonly (LogRatio | null)[]
  readonly deviance: number
}

/**
 * Odds ratio of response between arms, adjusted for baseline and strata.
 *
 * Definition  logit P(response) = `TRT + covariates + strata`, maximum likelihood; Wald limits (95 %).
 * Input       1 or 0 per subject, in subject order.
 * Undefined   an empty arm, one arm, nobody or everybody responds, an arm that is a stratum: a reason. Separation, where some
 *             weighting of the columns parts responders from others and an odds ratio is infinite: the reason
 *             'responders are separated from the others', and Firth's logistic regression stands in.
 * Source      separation: Albert and Anderson, Biometrika 1984;71:1-10. Newton's steps then settle on a direction, and that
 *             direction is tried on every subject before the word is used.
 */
export function logistic(response: Uint8Array, subjects: Subjects): Logistic | NoAnswer {
  const regression = regressionOf(subjects)
  if (isMissing(regression)) return regression
  const { columns, armColumns } = regression
  const found = fitLogistic(response, columns)
  if (isMissing(found)) return found
  const size = columns.length
  return {
    n: response.length,
    oddsRatios: armColumns.map((k) =>
      k < 0 ? null : logRatio(found.place[k] as number, Math.sqrt(found.covariance[k * size + k] as number)),
    ),
    deviance: -2 * found.value,
  }
}

/** The coefficients of columns that are independent of one another; nobody or everybody responds, or separation: a reason. */
export function fitLogistic(response: Uint8Array, columns: readonly Float64Array[]): Maximum | NoAnswer {
  const responders = response.reduce((sum, one) => sum + one, 0)
  if (responders === 0) return { reason: 'nobody responded' }
  if (responders === response.length) return { reason: 'everybody responded' }
  let steps = 0
  return maximize(
    new Float64Array(columns.length),
    (place) => logisticLikelihood(response, columns, place),
    (step) => (++steps > SHOWS_AFTER && separates(response, columns, step) ? SEPARATED : null),
  )
}

const SEPARATED: NoAnswer = { reason: 'responders are separated from the others' }

/** Log likelihood of responses at given coefficients. */
export function logisticLikelihood(
  response: Uint8Array,
  columns: readonly Float64Array[],
  place: Float64Array,
): Likelihood {
  return sumShares(columns, place, (subject, predictor, share) => {
    const responds = response[subject] === 1
    // log(1 + e^x) of the predictor with its sign turned against the response: never an overflow.
    const against = responds ? -predictor : predictor
    share.value = against > 0 ? -against - Math.log1p(Math.exp(-against)) : -Math.log1p(Math.exp(against))
    const missed = 1 / (1 + Math.exp(-against))
    share.slope = responds ? missed : -missed
    share.weight = missed * (1 / (1 + Math.exp(against)))
  })
}

/** Whether a direction raises the predictor of some responders, lowers that of others who do not respond, and never errs. */
function separates(response: Uint8Array, columns: readonly Float64Array[], direction: Float64Array): boolean {
  let largest = 0
  let worst = 0
  for (let i = 0; i < response.length; i++) {
    let predictor = 0
    for (let k = 0; k < columns.length; k++)
      predictor += ((columns[k] as Float64Array)[i] as number) * (direction[k] as number)
    largest = Math.max(largest, Math.abs(predictor))
    worst = Math.min(worst, response[i] === 1 ? predictor : -predictor)
  }
  return largest > NOTHING && worst >= -NOTHING * largest
}
