import { type Contrast, contrastsOf, type DfMethod } from './contrast.ts'
import { FALLBACK_ORDER, fitRepeated, type RepeatedFit, type StructureName } from './fit-repeated.ts'
import { visitDesign } from './visit-design.ts'
import type { VisitTrial } from './visit-trial.ts'

export interface Mmrm {
  readonly structure: StructureName
  /** Structures tried before, and why each was left. */
  readonly given: RepeatedFit['given']
  readonly df: DfMethod
  /** LS mean of each arm at each visit: [visit][arm]. */
  readonly means: readonly (readonly Contrast[])[]
  /** Arm minus reference at each visit: [visit][arm]; null for the reference. */
  readonly differences: readonly (readonly (Contrast | null)[])[]
  readonly minusTwoLogLikelihood: number
  /** Covariance of the visits, row by row. */
  readonly visitCovariance: Float64Array
  readonly rows: number
  readonly subjects: number
}

export interface MmrmOptions {
  readonly reference: number
  readonly df?: DfMethod
  readonly level?: number
  readonly structures?: readonly StructureName[]
}

/**
 * Mixed model for repeated measures: LS means of arms by visit and their differences from the reference arm.
 *
 * Definition  `CHG ~ TRT*AVISIT + BASE*AVISIT + strata`, no random effects, one covariance of visits for all subjects, REML;
 *             UN, then heterogeneous Toeplitz, heterogeneous AR(1), CS where the one before does not converge.
 * Input       the trial, baseline a covariate by visit; `df` Kenward-Roger unless said otherwise.
 * Output      arm minus reference with SE, df, t limits and two-sided p; the structure used and why others were left.
 * Undefined   the reason in words: fewer than two arms with data, a covariate that is missing, and all of fitRepeated.
 * Throws      never.
 * Source      endpoints 10, MMRM; Mallinckrodt et al., Drug Inf J 2008;42:303-319 [L].
 */
export function mmrm(trial: VisitTrial, options: MmrmOptions): Mmrm | { readonly reason: string } {
  const reason = whyNoMmrm(trial)
  if (reason !== null) return { reason }
  const design = visitDesign(trial)
  const fit = fitRepeated(design.rows, options.structures ?? FALLBACK_ORDER)
  if ('reason' in fit) return fit
  const df = options.df ?? 'kenward-roger'
  const contrast = contrastsOf(fit, df, options.level)
  const means: Contrast[][] = []
  const differences: (Contrast | null)[][] = []
  for (let visit = 0; visit < trial.visits; visit++) {
    const rows = Array.from({ length: trial.arms }, (_, arm) => design.meanOf(arm, visit))
    means.push(rows.map(contrast))
    const reference = rows[options.reference]
    differences.push(
      rows.map((row, arm) =>
        arm === options.reference ? null : contrast(row.map((value, j) => value - reference[j])),
      ),
    )
  }
  const bad = [...means.flat(), ...differences.flat()].some(
    (one) => one !== null && !(Number.isFinite(one.se) && Number.isFinite(one.df) && Number.isFinite(one.p)),
  )
  if (bad) return { reason: 'the data do not determine the uncertainty of a mean or difference' }
  const { structure, given, minusTwoLogLikelihood, visitCovariance, rows, subjects } = fit
  return { structure, given, df, means, differences, minusTwoLogLikelihood, visitCovariance, rows, subjects }
}

function whyNoMmrm({ subjects, visits, arms, values, arm, covariates }: VisitTrial): string | null {
  if (arms < 2) return 'one arm: there is nothing to compare'
  for (const covariate of covariates)
    for (let subject = 0; subject < subjects; subject++)
      if (!Number.isFinite(covariate.values[subject])) return `subject ${subject + 1} has no value of a covariate`
  const seen = new Uint8Array(arms * visits)
  for (let cell = 0; cell < values.length; cell++)
    if (!Number.isNaN(values[cell])) seen[arm[Math.floor(cell / visits)] * visits + (cell % visits)] = 1
  for (let visit = 0; visit < visits; visit++)
    for (let group = 0; group < arms; group++)
      if (seen[group * visits + visit] === 0) return `arm ${group + 1} has no data at visit ${visit + 1}`
  return null
}
