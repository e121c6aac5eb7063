import { meetsCut, TOLERANCE } from '../responses/response.ts'

/** A rise of 30 % is worse, as a fall of 30 % is better [P]. */
const WORSE_PERCENT = 30
/** Two points of a rating from 0 to 10 [P]. */
const WORSE_POINTS = 2

/** What counts as worse: for ratings from 0 to 10 points as well, for counts of days and attacks percent alone. */
export type WorseBy = 'percent-or-points' | 'percent'

/**
 * Whether a patient got clearly worse (WORSE).
 *
 * Definition  PCHG >= 30 or CHG >= 2 (R-NUM tolerance); by percent alone: PCHG >= 30. Higher is better: mirrored.
 * Input       baseline and value as quotients, as for a response.
 * Undefined   a value that is missing (NaN or a denominator of 0): null. Baseline 0: points decide alone, and by percent
 *             alone there is no answer: null.
 * Source      endpoint definitions, section 6 [P].
 */
export function hasWorsened(
  baseNumerator: number,
  baseDenominator: number,
  numerator: number,
  denominator: number,
  higherIsBetter: boolean,
  by: WorseBy,
): boolean | null {
  const change = numerator / denominator - baseNumerator / baseDenominator
  if (!Number.isFinite(change)) return null
  if (by === 'percent' && baseNumerator === 0) return null
  // Worse by 30 % is better by 30 % seen from the other side.
  const byPercent =
    baseNumerator !== 0 &&
    meetsCut(baseNumerator, baseDenominator, numerator, denominator, WORSE_PERCENT, !higherIsBetter)
  if (by === 'percent') return byPercent
  return byPercent || (higherIsBetter ? -change : change) >= WORSE_POINTS - TOLERANCE
}
