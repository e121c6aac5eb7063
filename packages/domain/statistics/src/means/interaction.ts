import { fUpperTail } from '@afferent/distributions'
import { designOf, type Factor, type Subjects } from '../linear-algebra/design.ts'
import { leastSquares, linearCombination } from '../linear-algebra/least-squares.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { residualProblem } from './ancova.ts'
import { type MeanEstimate, meanEstimate } from './mean-estimate.ts'

export interface Interaction {
  readonly f: number
  readonly df1: number
  readonly df2: number
  readonly p: number
  /** With two arms and a covariate: how much more the arms differ per unit of it; else null. */
  readonly slope: MeanEstimate | null
}

/**
 * Whether the difference of arms depends on a covariate or on a subgroup.
 *
 * Definition  F test of the products of arm and modifier, added to `TRT + covariates + strata`: (S0 - S1) / df1 over S1 / df2, S
 *             the sums of squared residuals without and with them. Covariates enter less their mean, which changes nothing.
 * Input       `modifier` names one of the covariates or one of the strata by its place.
 * Undefined   as ANCOVA; products that say nothing new, as in a subgroup with one arm only: a reason.
 */
export function interaction(
  outcome: Float64Array,
  subjects: Subjects,
  modifier: { readonly covariate: number } | { readonly stratum: number },
): Interaction | NoAnswer {
  const design = designOf(subjects)
  if (isMissing(design)) return design
  if (!outcome.every(Number.isFinite)) return { reason: 'an outcome is missing' }
  const arms = design.armColumns.filter((column) => column >= 0)
  const modifiers =
    'covariate' in modifier
      ? [covariateOf(subjects, modifier.covariate)]
      : dummiesOf(subjects.strata?.[modifier.stratum])
  const products = arms.flatMap((column) =>
    modifiers.map((values) =>
      values.map((value, i) => value * ((design.columns[column] as Float64Array)[i] as number)),
    ),
  )
  const without = leastSquares(design.columns, outcome)
  const columns = [...design.columns, ...products]
  const fit = leastSquares(columns, outcome)
  const problem = residualProblem(fit, outcome)
  if (problem !== null) return problem
  const df1 = fit.rank - without.rank
  if (df1 === 0) return { reason: 'the arms cannot be compared within the subgroups' }
  const variance = fit.residualSquares / fit.df
  const f = Math.max(0, without.residualSquares - fit.residualSquares) / df1 / variance
  const weights = new Float64Array(columns.length)
  weights[columns.length - 1] = 1
  const found = products.length === 1 && 'covariate' in modifier ? linearCombination(fit, weights) : null
  return {
    f,
    df1,
    df2: fit.df,
    p: fUpperTail(f, df1, fit.df),
    slope: found === null ? null : meanEstimate(found.estimate, Math.sqrt(found.unscaledVariance * variance), fit.df),
  }
}

function covariateOf({ covariates }: Subjects, place: number): Float64Array {
  const values = covariates?.[place] ?? new Float64Array(0)
  let sum = 0
  for (const value of values) sum += value
  return values.map((value) => value - sum / values.length)
}

const dummiesOf = (factor: Factor | undefined): Float64Array[] =>
  factor === undefined
    ? []
    : Array.from({ length: factor.levels - 1 }, (_, level) =>
        Float64Array.from(factor.codes, (code) => (code === level + 1 ? 1 : 0)),
      )
