import type { Subjects } from '../linear-algebra/design.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { conditional } from './conditional.ts'
import { imputationTrial } from './imputation-model.ts'
import { dropoutVisit, type ImputationStrategy, imputedMeans } from './imputed-means.ts'

/**
 * Every missing value replaced by its mean given the observed ones, once: deterministic imputation, whose standard errors
 * come from leaving subjects out one by one.
 *
 * Input       by visit, the outcome of all subjects, NaN where missing; `sample`: the subjects the model is fitted to.
 * Undefined   a model that cannot be fitted: a reason.
 * Source      Wolbers et al., Pharm Stat 2022;21:1246-1257.
 */
export function conditionalMeans(
  values: readonly Float64Array[],
  subjects: Subjects,
  strategy: ImputationStrategy,
  sample: Int32Array = Int32Array.from(subjects.arm.keys()),
): readonly Float64Array[] | NoAnswer {
  const trial = imputationTrial(values, subjects)
  if (isMissing(trial)) return trial
  const model = trial.fit(sample)
  if (isMissing(model)) return model
  const out = values.map((column) => column.slice())
  for (let s = 0; s < subjects.arm.length; s++) {
    const own = Float64Array.from(values, (column) => column[s] as number)
    if (!own.some(Number.isNaN)) continue
    const arm = subjects.arm[s] as number
    const means = imputedMeans(strategy, model.meansOf(s, arm), model.meansOf(s, subjects.reference), dropoutVisit(own))
    const given = conditional(own, means, model.sigma)
    if (given === null) return { reason: 'the covariance is not positive definite' }
    given.missing.forEach((visit, row) => {
      ;(out[visit] as Float64Array)[s] = given.mean[row] as number
    })
  }
  return out
}
