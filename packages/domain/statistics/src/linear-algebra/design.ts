import type { NoAnswer } from '../no-answer.ts'

/** A grouping of the subjects, by codes from 0. Codes nobody has are left out. */
export interface Factor {
  readonly codes: Int32Array
  readonly levels: number
}

/** Who was treated how, and what else is known of them. */
export interface Subjects {
  /** Code of the arm, from 0. */
  readonly arm: Int32Array
  readonly arms: number
  /** The arm the others are compared with. */
  readonly reference: number
  readonly covariates?: readonly Float64Array[]
  readonly strata?: readonly Factor[]
}

/** Columns of a regression, and where they stand. */
export interface Design {
  readonly columns: readonly Float64Array[]
  /** Column of each arm's difference from the reference; -1 for the reference itself. */
  readonly armColumns: readonly number[]
  /** Weights that give the mean of an arm: covariates at their means, levels of strata alike or as often as they occur. */
  readonly marginalWeights: (arm: number, levels: 'equal' | 'proportional') => Float64Array
}

/**
 * The columns of `TRT + covariates + strata`.
 *
 * Definition  an intercept; for each arm but the reference 1 for its subjects; covariates less their mean; for each level of
 *             a stratum but the first that occurs 1 for its subjects.
 * Undefined   no subject, an arm without subjects, or a value that is missing or not finite: a reason.
 */
export function designOf({ arm, arms, reference, covariates = [], strata = [] }: Subjects): Design | NoAnswer {
  const n = arm.length
  const sizes = countCodes(arm, arms)
  if (n === 0) return { reason: 'there are no subjects' }
  if (sizes.some((size) => size === 0)) return { reason: 'an arm has no subjects' }
  if (arms < 2) return { reason: 'there is one arm only' }
  if (covariates.some((values) => !values.every(Number.isFinite))) return { reason: 'a covariate has a missing value' }
  const columns: Float64Array[] = [new Float64Array(n).fill(1)]
  const armColumns = sizes.map((_, code) => (code === reference ? -1 : columns.push(dummy(arm, code)) - 1))
  for (const values of covariates) columns.push(centred(values))
  const levels: { readonly column: number; readonly share: number; readonly levels: number }[] = []
  for (const { codes, levels: known } of strata) {
    const counts = countCodes(codes, known)
    const present = [...counts.keys()].filter((code) => (counts[code] as number) > 0)
    for (const code of present.slice(1)) {
      const column = columns.push(dummy(codes, code)) - 1
      levels.push({ column, share: (counts[code] as number) / n, levels: present.length })
    }
  }
  const marginalWeights = (code: number, how: 'equal' | 'proportional'): Float64Array => {
    const weights = new Float64Array(columns.length)
    weights[0] = 1
    const own = armColumns[code] as number
    if (own >= 0) weights[own] = 1
    for (const level of levels) weights[level.column] = how === 'equal' ? 1 / level.levels : level.share
    return weights
  }
  return { columns, armColumns, marginalWeights }
}

function countCodes(codes: Int32Array, levels: number): number[] {
  const counts = new Array<number>(levels).fill(0)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  return counts
}

const dummy = (codes: Int32Array, code: number): Float64Array =>
  Float64Array.from(codes, (own) => (own === code ? 1 : 0))

function centred(values: Float64Array): Float64Array {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  return values.map((value) => value - mean)
}
