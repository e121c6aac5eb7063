/**
 * Repeated measurements as columns: one row per subject and visit with a response.
 *
 * Input  `subject` 0 to subjects - 1 and `visit` 0 to visits - 1 of each row, no pair twice; `response` NaN where it is
 *        missing (such rows are left out); `design` one column per coefficient; `weights` above 0, 1 where absent: the
 *        variance of a row is divided by its weight.
 */
export interface VisitRows {
  readonly subjects: number
  readonly visits: number
  readonly subject: Int32Array
  readonly visit: Int32Array
  readonly response: Float64Array
  readonly design: readonly Float64Array[]
  readonly weights?: Float64Array
}
