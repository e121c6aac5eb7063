import { normalTwoSided, Z } from '@afferent/distributions'
import { fitCovariance } from '../models/fit-covariance.ts'
import { fitRepeated, type RepeatedFit, toResult } from '../models/fit-repeated.ts'
import { withoutSubject } from '../models/pattern-sums.ts'
import { type VisitDesign, visitDesign } from '../models/visit-design.ts'
import type { VisitTrial } from '../models/visit-trial.ts'
import { conditionalValues } from './conditional-values.ts'
import { dropoutFrom, type ImputationPlan, missingPlaces, modelledTrial } from './imputation-trial.ts'
import { referenceMeans } from './reference-means.ts'
import { visitAncova } from './visit-ancova.ts'

export interface JackknifeEstimate {
  readonly estimate: number
  readonly se: number
}

export interface ConditionalMeanVisit {
  /** LS mean of each arm. */
  readonly means: readonly JackknifeEstimate[]
  /** Arm minus reference; null for the reference. */
  readonly differences: readonly (null | (JackknifeEstimate & { lower: number; upper: number; p: number }))[]
}

/**
 * Conditional-mean imputation: each missing value replaced once by its expected value, uncertainty by the jackknife.
 *
 * Definition  means and covariance from the MMRM of the trial (unstructured, REML); missing values by referenceMeans and
 *             conditionalValues; ANCOVA of each visit. SE = sqrt((n - 1) / n sum (e_i - mean)^2) over estimates e_i, each
 *             without one subject and with the MMRM fitted anew; normal limits and p.
 * Input       the trial; the strategy, the reference arm and, if not drop-out, the first affected visit.
 * Output      per visit LS means and differences from the reference.
 * Undefined   the reason in words, that of fitRepeated or visitAncova; also where the model cannot do without a subject.
 * Source      Wolbers et al., Pharm Stat 2022;21:1246-1257 [L]; endpoints 10, J2R CIR CR.
 */
export function conditionalMean(
  trial: VisitTrial,
  plan: ImputationPlan,
): readonly ConditionalMeanVisit[] | { readonly reason: string } {
  const from = plan.affectedFrom ?? dropoutFrom(trial)
  const design = visitDesign(modelledTrial(trial, plan, from))
  const fit = fitRepeated(design.rows, ['UN'])
  if ('reason' in fit) return fit
  const full = estimates(trial, plan, from, design, fit)
  if ('reason' in full) return full
  const without: Float64Array[] = []
  for (let subject = 0; subject < trial.subjects; subject++) {
    const less = refit(fit, subject)
    const one = 'reason' in less ? less : estimates(trial, plan, from, design, less, subject)
    if ('reason' in one) return { reason: `without subject ${subject + 1}: ${one.reason}` }
    without.push(one.figures)
  }
  const n = without.length
  const se = full.figures.map((_, k) => {
    const mean = without.reduce((sum, figures) => sum + figures[k], 0) / n
    return Math.sqrt(((n - 1) / n) * without.reduce((sum, figures) => sum + (figures[k] - mean) ** 2, 0))
  })
  const { arms } = trial
  return Array.from({ length: trial.visits }, (_, visit): ConditionalMeanVisit => {
    const at = visit * 2 * arms
    const means = Array.from({ length: arms }, (_, arm) => ({ estimate: full.figures[at + arm], se: se[at + arm] }))
    const differences = means.map((_, arm) => {
      if (arm === plan.reference) return null
      const [estimate, error] = [full.figures[at + arms + arm], se[at + arms + arm]]
      const half = Z * error
      return {
        estimate,
        se: error,
        lower: estimate - half,
        upper: estimate + half,
        p: normalTwoSided(estimate / error),
      }
    })
    return { means, differences }
  })
}

function refit(fit: RepeatedFit, subject: number): RepeatedFit | { readonly reason: string } {
  const sums = withoutSubject(fit.sums, fit.data, subject, fit.shift)
  if (sums === fit.sums) return fit
  const less = fitCovariance(sums, 'UN', fit.fit.theta)
  return 'reason' in less ? less : toResult(less, [], sums, fit.data, fit.shift)
}

/** Per visit the LS means of the arms, then their differences from the reference. */
function estimates(
  trial: VisitTrial,
  plan: ImputationPlan,
  from: Int32Array,
  design: VisitDesign,
  fit: RepeatedFit,
  leftOut = -1,
): { readonly figures: Float64Array } | { readonly reason: string } {
  const { subjects, visits, arms } = trial
  const ancova = visitAncova(trial, (subject) => subject !== leftOut)
  if ('reason' in ancova) return ancova
  const columns = Array.from({ length: visits }, () => new Float64Array(subjects))
  for (let subject = 0; subject < subjects; subject++) {
    if (subject === leftOut) continue
    const values = imputed(trial, plan, from, design, fit, subject)
    for (let visit = 0; visit < visits; visit++) columns[visit][subject] = values[visit]
  }
  const figures = new Float64Array(visits * 2 * arms)
  columns.forEach((column, visit) => {
    const means = ancova.means(column)
    for (let arm = 0; arm < arms; arm++) {
      figures[visit * 2 * arms + arm] = means[arm]
      figures[visit * 2 * arms + arms + arm] = means[arm] - means[plan.reference]
    }
  })
  return { figures }
}

function imputed(
  trial: VisitTrial,
  plan: ImputationPlan,
  from: Int32Array,
  design: VisitDesign,
  fit: RepeatedFit,
  subject: number,
): Float64Array {
  const { visits, arm } = trial
  const values = trial.values.slice(subject * visits, (subject + 1) * visits)
  const places = missingPlaces(values)
  if (places.length === 0) return values
  const own = subjectMeans(design, fit.coefficients, subject, arm[subject], visits)
  const means =
    arm[subject] === plan.reference || plan.strategy === 'MAR'
      ? own
      : referenceMeans(
          plan.strategy,
          own,
          subjectMeans(design, fit.coefficients, subject, plan.reference, visits),
          from[subject],
        )
  conditionalValues(values, places, means, fit.visitCovariance)
  return values
}

function subjectMeans(
  design: VisitDesign,
  coefficients: Float64Array,
  subject: number,
  arm: number,
  visits: number,
): Float64Array {
  return Float64Array.from({ length: visits }, (_, visit) =>
    design.rowOf(subject, arm, visit).reduce((sum, value, j) => sum + value * coefficients[j], 0),
  )
}
