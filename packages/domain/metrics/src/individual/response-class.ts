import { IMMPACT_CUTS, meetsCut } from '../responses/response.ts'
import { hasWorsened, type WorseBy } from './worsening.ts'

export type ResponseClass = 'worsened' | 'substantial' | 'moderate' | 'minimal' | 'no change'

/**
 * Class of one patient's response (RSPCLASS).
 *
 * Definition  the first that holds: worsened (WORSE), substantial (>= 50 % better), moderate (>= 30 %), minimal (>= 10 %),
 *             no change.
 * Input       baseline and value as quotients, as for a response; `by` as for WORSE: percent alone for counts of days and
 *             attacks. Higher is better: mirrored.
 * Undefined   PCHG is null, that is a missing value (NaN or a denominator of 0) or a baseline of 0: null.
 * Source      endpoint definitions, section 9; cuts: Dworkin et al., J Pain 2008;9:105-121 [C 20].
 */
export function responseClass(
  baseNumerator: number,
  baseDenominator: number,
  numerator: number,
  denominator: number,
  higherIsBetter: boolean,
  by: WorseBy,
): ResponseClass | null {
  if (baseNumerator === 0) return null
  const worse = hasWorsened(baseNumerator, baseDenominator, numerator, denominator, higherIsBetter, by)
  if (worse === null) return null
  if (worse) return 'worsened'
  const reached = (cut: number): boolean =>
    meetsCut(baseNumerator, baseDenominator, numerator, denominator, cut, higherIsBetter)
  if (reached(IMMPACT_CUTS.substantial)) return 'substantial'
  if (reached(IMMPACT_CUTS.moderate)) return 'moderate'
  return reached(IMMPACT_CUTS.minimal) ? 'minimal' : 'no change'
}
