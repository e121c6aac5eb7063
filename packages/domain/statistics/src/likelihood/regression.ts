import { type Design, designOf, type Subjects } from '../linear-algebra/design.ts'
import { leastSquares } from '../linear-algebra/least-squares.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import type { Likelihood } from './maximize.ts'

/** Columns of a regression on the arm, none of them a combination of the others. */
export interface Regression {
  readonly columns: readonly Float64Array[]
  /** Column of each arm's difference from the reference; -1 for the reference. */
  readonly armColumns: readonly number[]
}

/**
 * The columns of `TRT + covariates + strata` without those that say nothing new.
 *
 * Undefined   as the design; an arm that cannot be told from a stratum: a reason.
 */
export function regressionOf(subjects: Subjects): Regression | NoAnswer {
  const design: Design | NoAnswer = designOf(subjects)
  if (isMissing(design)) return design
  const n = subjects.arm.length
  // The arm comes last: where it is a combination of the strata, it is the arm that cannot be told.
  const arms = design.armColumns.filter((column) => column >= 0)
  const order = [...design.columns.keys()].filter((column) => !arms.includes(column)).concat(arms)
  const columns = order.map((column) => design.columns[column] as Float64Array)
  const { kept } = leastSquares(columns, new Float64Array(n))
  const used = kept.map((place) => order[place] as number)
  if (arms.some((column) => !used.includes(column))) return { reason: 'the arm cannot be told from a stratum' }
  return {
    columns: used.map((column) => unitSpread(design.columns[column] as Float64Array, arms.includes(column))),
    armColumns: design.armColumns.map((column) => used.indexOf(column)),
  }
}

/** Covariates in units of their spread, so that steps of all coefficients are alike; dummies of arms stay as they are. */
function unitSpread(column: Float64Array, keep: boolean): Float64Array {
  if (keep) return column
  let squares = 0
  for (const value of column) squares += value * value
  const spread = Math.sqrt(squares / column.length)
  return column.map((value) => value / spread)
}

/** What one subject adds: its log likelihood, and the first and minus the second derivative by its linear predictor. */
export interface Share {
  value: number
  slope: number
  weight: number
}

/** The likelihood of a regression: the sum over subjects, in their order. */
export function sumShares(
  columns: readonly Float64Array[],
  place: Float64Array,
  shareOf: (subject: number, predictor: number, share: Share) => void,
): Likelihood {
  const size = columns.length
  const n = columns[0]?.length ?? 0
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  const share: Share = { value: 0, slope: 0, weight: 0 }
  const row = new Float64Array(size)
  let value = 0
  for (let i = 0; i < n; i++) {
    let predictor = 0
    for (let k = 0; k < size; k++) {
      row[k] = (columns[k] as Float64Array)[i] as number
      predictor += (row[k] as number) * (place[k] as number)
    }
    shareOf(i, predictor, share)
    value += share.value
    for (let k = 0; k < size; k++) {
      const own = row[k] as number
      gradient[k] = (gradient[k] as number) + share.slope * own
      const weighted = share.weight * own
      for (let at = 0; at <= k; at++)
        information[k * size + at] = (information[k * size + at] as number) + weighted * (row[at] as number)
    }
  }
  for (let k = 0; k < size; k++)
    for (let at = 0; at < k; at++) information[at * size + k] = information[k * size + at] as number
  return { value, gradient, information }
}
