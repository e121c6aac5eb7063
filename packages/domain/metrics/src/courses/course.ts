import type { Areason } from '@afferent/records'

/**
 * The values of one parameter of one subject, visit by visit; the baseline, if there is one, is visit 0. A visit without a
 * value says why. `numerator / denominator` is the quotient that cuts are decided by (whole numbers for counts).
 */
export interface Course {
  readonly code: string
  readonly higherIsBetter: boolean
  readonly visits: readonly CourseVisit[]
}

export interface CourseVisit {
  readonly visit: number
  /** NaN: none. */
  readonly value: number
  readonly numerator: number
  readonly denominator: number
  readonly reason: Areason | null
  /** Study days of the window; NaN: none. */
  readonly from: number
  readonly to: number
}

export const visitOf = (course: Course | null, visit: number): CourseVisit | null =>
  course?.visits.find((one) => one.visit === visit) ?? null
