import { designOf, type Subjects } from '../linear-algebra/design.ts'
import type { MeanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { type DegreesOfFreedom, mmrm } from './mmrm.ts'
import type { RepeatedRows } from './repeated-sums.ts'
import { termAt, type VisitTerm, visitTerms } from './visit-terms.ts'

export interface TrialMmrm {
  /** Values and subjects that entered. */
  readonly n: number
  readonly subjects: number
  readonly structureLabel: string
  /** By visit: LS means by arm code; differences from the reference by arm code, null for the reference. */
  readonly visits: readonly {
    readonly leastSquaresMeans: readonly (MeanEstimate | NoAnswer)[]
    readonly differences: readonly (MeanEstimate | NoAnswer | null)[]
  }[]
}

/**
 * MMRM of a trial: difference of arms at each visit, adjusted for baseline and strata.
 *
 * Definition  `Y ~ TRT*AVISIT + covariates*AVISIT + strata`, mmrm.ts. LS means of a visit at the covariate means of the
 *             subjects analysed.
 * Input       by visit, the outcome of every subject, NaN where missing; what is known of all subjects. Subjects without
 *             any value do not enter.
 * Undefined   as for ANCOVA and MMRM: a reason.
 * Source      Mallinckrodt et al., Drug Inf J 2008;42:303-319 [L].
 */
export function trialMmrm(
  values: readonly Float64Array[],
  subjects: Subjects,
  levelWeights: 'equal' | 'proportional',
  df: DegreesOfFreedom,
): TrialMmrm | NoAnswer {
  const seen = [...subjects.arm.keys()].filter((s) => values.some((column) => !Number.isNaN(column[s])))
  const design = designOf(subsetOf(subjects, seen))
  if (isMissing(design)) return design
  const { columns, armColumns } = design
  const visits = values.length
  const places = visitTerms(design, (subjects.covariates ?? []).length, visits)
  const rows = rowsOf(values, seen, columns, places)
  const model = mmrm(rows)
  if (isMissing(model)) return model
  const contrast = (visit: number, weightOf: (column: number) => number): MeanEstimate | NoAnswer =>
    model.contrast(
      Float64Array.from(places, (term) => termAt(term, visit, weightOf)),
      df,
    )
  return {
    n: model.n,
    subjects: model.subjects,
    structureLabel: model.structureLabel,
    visits: values.map((_, visit) => ({
      leastSquaresMeans: armColumns.map((_, arm) => {
        const weights = design.marginalWeights(arm, levelWeights)
        return contrast(visit, (column) => weights[column] as number)
      }),
      differences: armColumns.map((own) => (own < 0 ? null : contrast(visit, (column) => (column === own ? 1 : 0)))),
    })),
  }
}

function rowsOf(
  values: readonly Float64Array[],
  seen: readonly number[],
  columns: readonly Float64Array[],
  places: readonly VisitTerm[],
): RepeatedRows {
  const kept = seen.flatMap((s, place) =>
    values.flatMap((column, visit) => (Number.isNaN(column[s]) ? [] : [{ place, visit, value: column[s] as number }])),
  )
  return {
    outcome: Float64Array.from(kept, ({ value }) => value),
    subject: Int32Array.from(kept, ({ place }) => place),
    visit: Int32Array.from(kept, ({ visit }) => visit),
    visits: values.length,
    columns: places.map((term) =>
      Float64Array.from(kept, ({ place, visit }) =>
        termAt(term, visit, (column) => (columns[column] as Float64Array)[place] as number),
      ),
    ),
  }
}

function subsetOf(subjects: Subjects, places: readonly number[]): Subjects {
  return {
    ...subjects,
    arm: Int32Array.from(places, (s) => subjects.arm[s] as number),
    covariates: (subjects.covariates ?? []).map((values) => Float64Array.from(places, (s) => values[s] as number)),
    strata: (subjects.strata ?? []).map(({ codes, levels }) => ({
      codes: Int32Array.from(places, (s) => codes[s] as number),
      levels,
    })),
  }
}
