import { TOLERANCE } from '../responses/response.ts'

/** 97.5 % point of the normal distribution as Jacobson and Truax print it. */
const LIMIT = 1.96

export interface ReliableChange {
  /** Change in standard errors of measurement of a difference; negative where the value fell. */
  readonly index: number
  readonly kind: 'improvement' | 'worsening' | 'none'
}

/**
 * Whether one patient's change is larger than what two measurements of an unchanged patient differ by.
 *
 * Definition  RCI = change / (sd * sqrt(2) * sqrt(1 - retest)); more than 1.96 in absolute value is reliable, 1.96 itself
 *             is not (R-NUM tolerance).
 * Input       change = value - baseline. sd and retest: standard deviation and test-retest correlation of a reference
 *             population, from the study file with their citation.
 * Undefined   change missing (NaN), sd not above 0, retest not within 0 <= retest < 1: null.
 * Source      Jacobson and Truax, J Consult Clin Psychol 1991;59:12-19 [L].
 */
export function reliableChange(
  change: number,
  sd: number,
  retest: number,
  lowerIsBetter: boolean,
): ReliableChange | null {
  if (!(Number.isFinite(change) && sd > 0 && retest >= 0 && retest < 1)) return null
  const index = change / (sd * Math.sqrt(2) * Math.sqrt(1 - retest))
  if (Math.abs(index) <= LIMIT + TOLERANCE) return { index, kind: 'none' }
  return { index, kind: index < 0 === lowerIsBetter ? 'improvement' : 'worsening' }
}
