import type { VisitTrial } from '../models/visit-trial.ts'
import type { ImputationStrategy } from './reference-means.ts'

/** How missing values of a trial are imputed. */
export interface ImputationPlan {
  readonly strategy: ImputationStrategy
  /** The control arm; it is always imputed with its own means. */
  readonly reference: number
  /** First affected visit of each subject, `visits` where there is none; absent: the first visit after the last value. */
  readonly affectedFrom?: Int32Array
}

/** First visit without a value to the end: what monotone drop-out makes the intercurrent event. */
export function dropoutFrom({ subjects, visits, values }: VisitTrial): Int32Array {
  return Int32Array.from({ length: subjects }, (_, subject) => {
    let from = visits
    while (from > 0 && Number.isNaN(values[subject * visits + from - 1])) from--
    return from
  })
}

/** The trial the imputation model is fitted to: values after the event do not tell about the means before it. */
export function modelledTrial(trial: VisitTrial, plan: ImputationPlan, from: Int32Array): VisitTrial {
  if (plan.strategy === 'MAR') return trial
  const { visits } = trial
  const values = trial.values.map((value, cell) => {
    const subject = Math.floor(cell / visits)
    return trial.arm[subject] !== plan.reference && cell % visits >= from[subject] ? Number.NaN : value
  })
  return { ...trial, values }
}

export const missingPlaces = (values: Float64Array): Int32Array =>
  Int32Array.from(values.keys()).filter((visit) => Number.isNaN(values[visit]))
