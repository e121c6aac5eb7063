import type { VisitRows } from './visit-rows.ts'
import type { VisitTrial } from './visit-trial.ts'

/** The design of a trial and the rows of its means. */
export interface VisitDesign {
  readonly rows: VisitRows
  readonly coefficients: number
  /** Row of one subject as if in the given arm. */
  rowOf(subject: number, arm: number, visit: number): Float64Array
  /** Row of the LS mean of an arm at a visit. */
  meanOf(arm: number, visit: number): Float64Array
}

/**
 * Design of `y ~ TRT*AVISIT + covariates by visit + covariates + factors`.
 *
 * Definition  one coefficient per visit and arm, per visit and covariate by visit, per further covariate, and per level of a
 *             factor but its first. LS means at the covariate means of the subjects with a response, each counted once;
 *             levels of factors weighted equally (`lsm.weights`).
 * Source      endpoints 10, ANCOVA and MMRM.
 */
export function visitDesign(trial: VisitTrial): VisitDesign {
  const { subjects, visits, arms, values, covariates, factors } = trial
  const moving = covariates.filter((covariate) => covariate.byVisit)
  const fixed = covariates.filter((covariate) => !covariate.byVisit)
  const perVisit = arms + moving.length
  const coefficients =
    visits * perVisit + fixed.length + factors.reduce((sum, { levels }) => sum + Math.max(0, levels - 1), 0)
  const fill = (
    arm: number,
    visit: number,
    of: (covariate: VisitTrial['covariates'][number]) => number,
    share: (factor: VisitTrial['factors'][number], level: number) => number,
  ): Float64Array => {
    const row = new Float64Array(coefficients)
    row[visit * perVisit + arm] = 1
    row.set(moving.map(of), visit * perVisit + arms)
    let at = visits * perVisit
    for (const covariate of fixed) row[at++] = of(covariate)
    for (const factor of factors) for (let level = 1; level < factor.levels; level++) row[at++] = share(factor, level)
    return row
  }
  const rowOf = (subject: number, arm: number, visit: number): Float64Array =>
    fill(
      arm,
      visit,
      (covariate) => covariate.values[subject],
      (factor, level) => (factor.level[subject] === level ? 1 : 0),
    )
  const answering = Int32Array.from({ length: subjects }, (_, subject) => subject).filter((subject) =>
    values.subarray(subject * visits, (subject + 1) * visits).some((value) => !Number.isNaN(value)),
  )
  const means = new Map(
    covariates.map((covariate) => [
      covariate,
      answering.reduce((sum, subject) => sum + covariate.values[subject], 0) / answering.length,
    ]),
  )
  const meanOf = (arm: number, visit: number): Float64Array =>
    fill(
      arm,
      visit,
      (covariate) => means.get(covariate) as number,
      (factor) => 1 / factor.levels,
    )
  return { rows: toRows(trial, coefficients, rowOf), coefficients, rowOf, meanOf }
}

function toRows(trial: VisitTrial, coefficients: number, rowOf: VisitDesign['rowOf']): VisitRows {
  const { subjects, visits, values, arm, weights } = trial
  const cells = Int32Array.from(values.keys()).filter((cell) => !Number.isNaN(values[cell]))
  const subject = cells.map((cell) => Math.floor(cell / visits))
  const visit = cells.map((cell) => cell % visits)
  const design = Array.from({ length: coefficients }, () => new Float64Array(cells.length))
  for (let row = 0; row < cells.length; row++) {
    const line = rowOf(subject[row], arm[subject[row]], visit[row])
    for (let j = 0; j < coefficients; j++) design[j][row] = line[j]
  }
  const rows = { subjects, visits, subject, visit, response: Float64Array.from(cells, (cell) => values[cell]), design }
  return weights === undefined ? rows : { ...rows, weights: Float64Array.from(cells, (cell) => weights[cell]) }
}
