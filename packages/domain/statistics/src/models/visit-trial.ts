/**
 * One outcome of a trial by subject and visit, in the order of subjects.
 *
 * Input  `values` at [subject * visits + visit], NaN where missing; `arm` 0 to arms - 1; covariates without missing values,
 *        `byVisit` with a slope per visit; factors with levels 0 to levels - 1, each the same at all visits.
 */
export interface VisitTrial {
  readonly subjects: number
  readonly visits: number
  readonly arms: number
  readonly values: Float64Array
  readonly arm: Int32Array
  readonly covariates: readonly { readonly values: Float64Array; readonly byVisit: boolean }[]
  readonly factors: readonly { readonly level: Int32Array; readonly levels: number }[]
  /** One per subject and visit, as `values`; 1 where absent. */
  readonly weights?: Float64Array
}
