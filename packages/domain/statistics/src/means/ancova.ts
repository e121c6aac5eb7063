import { designOf, type Subjects } from '../linear-algebra/design.ts'
import { type LeastSquares, leastSquares, linearCombination } from '../linear-algebra/least-squares.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { type MeanEstimate, meanEstimate } from './mean-estimate.ts'

/** Residuals this small beside the values are rounding. */
const NO_SPREAD = 1e-24

export interface Ancova {
  readonly n: number
  readonly rank: number
  readonly df: number
  /** Residual standard deviation. */
  readonly sigma: number
  /** By arm code. */
  readonly leastSquaresMeans: readonly (MeanEstimate | NoAnswer)[]
  /** By arm code, arm minus reference; null for the reference itself. */
  readonly differences: readonly (MeanEstimate | NoAnswer | null)[]
}

/**
 * Analysis of covariance: difference of arms in the change, adjusted for baseline and strata.
 *
 * Definition  `CHG ~ TRT + covariates + strata`, ordinary least squares; LS means at the covariate means of the subjects
 *             given, levels of strata weighted equally or as they occur; t limits (95 %) on n - rank df.
 * Input       one outcome per subject, none missing, in subject order. Codes of strata are levels, never numbers.
 * Undefined   an empty arm, one arm, a missing value, no df left, no spread left: a reason. An arm that cannot be told from a
 *             stratum has a reason in place of its figures; a constant covariate changes nothing.
 * Source      ICH E9 section 5.7; LS means: Searle, Speed and Milliken, Am Stat 1980;34:216-221 [L].
 */
export function ancova(
  outcome: Float64Array,
  subjects: Subjects,
  levelWeights: 'equal' | 'proportional' = 'equal',
): Ancova | NoAnswer {
  const design = designOf(subjects)
  if (isMissing(design)) return design
  if (!outcome.every(Number.isFinite)) return { reason: 'an outcome is missing' }
  const fit = leastSquares(design.columns, outcome)
  const problem = residualProblem(fit, outcome)
  if (problem !== null) return problem
  const variance = fit.residualSquares / fit.df
  const estimateOf = (weights: Float64Array): MeanEstimate | NoAnswer => {
    const found = linearCombination(fit, weights)
    if (found === null) return { reason: 'the arm cannot be told from a stratum' }
    return meanEstimate(found.estimate, Math.sqrt(found.unscaledVariance * variance), fit.df)
  }
  return {
    n: fit.n,
    rank: fit.rank,
    df: fit.df,
    sigma: Math.sqrt(variance),
    leastSquaresMeans: design.armColumns.map((_, arm) => estimateOf(design.marginalWeights(arm, levelWeights))),
    differences: design.armColumns.map((column) => {
      if (column < 0) return null
      const weights = new Float64Array(design.columns.length)
      weights[column] = 1
      return estimateOf(weights)
    }),
  }
}

/** Why residuals of a fit cannot judge it, or null. */
export function residualProblem(fit: LeastSquares, outcome: Float64Array): NoAnswer | null {
  if (fit.df < 1) return { reason: 'there are no more subjects than coefficients' }
  let squares = 0
  for (const value of outcome) squares += value * value
  return fit.residualSquares > NO_SPREAD * squares ? null : { reason: 'the residuals do not vary' }
}
