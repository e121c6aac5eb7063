import { type Design, designOf, type Subjects } from '../linear-algebra/design.ts'
import { mmrm } from '../models/mmrm.ts'
import { termAt, type VisitTerm, visitTerms } from '../models/visit-terms.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'

/** Means by visit and one covariance, as a model of the observed values has them. */
export interface ImputationModel {
  /** Means of a subject by visit, as if in an arm. */
  readonly meansOf: (subject: number, arm: number) => Float64Array
  /** Covariance of the visits, row by row. */
  readonly sigma: Float64Array
}

/** A trial whose model is fitted again and again, each time to other subjects. */
export interface ImputationTrial {
  /** Fitted to subjects, some perhaps more than once. */
  readonly fit: (sample: Int32Array) => ImputationModel | NoAnswer
}

/**
 * Model that missing values are imputed from: `Y ~ TRT*AVISIT + BASE*AVISIT + strata`, unstructured covariance of all arms
 * together, REML (mmrm.ts, with its fallbacks).
 *
 * Input       by visit, the values of all subjects, NaN where missing.
 * Undefined   as for the model: a reason.
 */
export function imputationTrial(values: readonly Float64Array[], subjects: Subjects): ImputationTrial | NoAnswer {
  const design = designOf(subjects)
  if (isMissing(design)) return design
  const visits = values.length
  const terms = visitTerms(design, (subjects.covariates ?? []).length, visits)
  return { fit: (sample) => fitTo(sample, values, design, terms, visits) }
}

function fitTo(
  sample: Int32Array,
  values: readonly Float64Array[],
  design: Design,
  terms: readonly VisitTerm[],
  visits: number,
): ImputationModel | NoAnswer {
  const rows: { place: number; subject: number; visit: number; value: number }[] = []
  sample.forEach((subject, place) => {
    values.forEach((column, visit) => {
      const value = column[subject] as number
      if (!Number.isNaN(value)) rows.push({ place, subject, visit, value })
    })
  })
  const inDesign = (column: number, subject: number): number =>
    (design.columns[column] as Float64Array)[subject] as number
  const model = mmrm({
    outcome: Float64Array.from(rows, ({ value }) => value),
    subject: Int32Array.from(rows, ({ place }) => place),
    visit: Int32Array.from(rows, ({ visit }) => visit),
    visits,
    columns: terms.map((term) =>
      Float64Array.from(rows, ({ subject, visit }) => termAt(term, visit, (column) => inDesign(column, subject))),
    ),
  })
  if (isMissing(model)) return model
  const meansOf = (subject: number, arm: number): Float64Array => {
    const of = (column: number): number => {
      const ofArm = design.armColumns.indexOf(column)
      return ofArm < 0 ? inDesign(column, subject) : ofArm === arm ? 1 : 0
    }
    return Float64Array.from({ length: visits }, (_, visit) =>
      terms.reduce((sum, term, k) => sum + (model.coefficients[k] as number) * termAt(term, visit, of), 0),
    )
  }
  return { meansOf, sigma: model.sigma }
}
