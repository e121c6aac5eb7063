import { factorize, invert } from '../linear-algebra/symmetric.ts'
import type { VisitTrial } from '../models/visit-trial.ts'

/** ANCOVA of complete values of one visit: the design is inverted once, for as many columns of values as there are. */
export interface VisitAncova {
  readonly df: number
  /** LS mean of each arm. */
  means(values: Float64Array): Float64Array
  /** Arm minus reference, and its variance. */
  difference(
    values: Float64Array,
    arm: number,
    reference: number,
  ): { readonly estimate: number; readonly variance: number }
}

/**
 * ANCOVA `CHG ~ TRT + BASE + strata` of subjects whose values are all known, as the imputations make them.
 *
 * Definition  least squares with a mean per arm, covariates and factors; LS means at the covariate means of the subjects,
 *             levels of factors weighted equally.
 * Input       `included`: the subjects analysed, all where absent; values of others are not looked at.
 * Undefined   the reason: the design is singular, or no df are left.
 * Source      endpoints 10, ANCOVA.
 */
export function visitAncova(
  trial: VisitTrial,
  included?: (subject: number) => boolean,
): VisitAncova | { readonly reason: string } {
  const { arms, arm, covariates, factors } = trial
  const subjects = Int32Array.from({ length: trial.subjects }, (_, subject) => subject).filter(
    (subject) => included?.(subject) ?? true,
  )
  const n = subjects.length
  const p = arms + covariates.length + factors.reduce((sum, { levels }) => sum + Math.max(0, levels - 1), 0)
  if (n <= p) return { reason: `${n} subjects for ${p} coefficients` }
  const center = covariates.map(({ values }) => subjects.reduce((sum, i) => sum + values[i], 0) / n)
  const design = new Float64Array(n * p)
  subjects.forEach((subject, row) => {
    let at = row * p + arms
    design[row * p + arm[subject]] = 1
    for (let k = 0; k < covariates.length; k++) design[at++] = covariates[k].values[subject] - center[k]
    for (const { level, levels } of factors)
      for (let one = 1; one < levels; one++) design[at++] = (level[subject] === one ? 1 : 0) - 1 / levels
  })
  const information = new Float64Array(p * p)
  for (let row = 0; row < n; row++)
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) information[i * p + j] += design[row * p + i] * design[row * p + j]
  if (factorize(information, p) >= 0) return { reason: 'the design of the ANCOVA is singular' }
  const inverse = invert(information, p)
  // Covariates and levels are centred: the coefficient of an arm is its LS mean.
  const coefficientsOf = (values: Float64Array): Float64Array => {
    const score = new Float64Array(p)
    for (let row = 0; row < n; row++)
      for (let i = 0; i < p; i++) score[i] += design[row * p + i] * values[subjects[row]]
    return score.map((_, i) => {
      let sum = 0
      for (let j = 0; j < p; j++) sum += inverse[i * p + j] * score[j]
      return sum
    })
  }
  return {
    df: n - p,
    means: (values) => coefficientsOf(values).subarray(0, arms),
    difference: (values, one, reference) => {
      const b = coefficientsOf(values)
      let squares = 0
      for (let row = 0; row < n; row++) {
        let rest = values[subjects[row]]
        for (let i = 0; i < p; i++) rest -= design[row * p + i] * b[i]
        squares += rest * rest
      }
      const at = (i: number, j: number): number => inverse[i * p + j]
      const factor = at(one, one) + at(reference, reference) - 2 * at(one, reference)
      return { estimate: b[one] - b[reference], variance: (factor * squares) / (n - p) }
    },
  }
}
