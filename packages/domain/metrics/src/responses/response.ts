/** R-NUM: a threshold on a computed percentage is met within this tolerance. */
export const TOLERANCE = 1e-9

/**
 * Whether a value improved by at least `cut` percent of the baseline; the cut itself counts.
 *
 * Definition  lower is better: PCHG <= -cut; higher is better: PCHG >= cut (mirrored sign, R-CHG).
 * Input       baseline and value as quotients; the baseline is not 0 (R-ZERO: ask nobody then).
 * Decided     in whole numbers where both numerators are whole (days, counts, ratings): 100 * E_k * O_b against
 *             (100 - cut) * E_b * O_k, so that 4.9 against 70 % of 7.0 is the tie it is on paper; else with the
 *             tolerance of R-NUM.
 */
export function meetsCut(
  baseNumerator: number,
  baseDenominator: number,
  numerator: number,
  denominator: number,
  cut: number,
  higherIsBetter: boolean,
): boolean {
  if (isDecidedWhole(baseNumerator, numerator) && Number.isInteger(cut)) {
    return meetsWholeCut(100 * numerator * baseDenominator, baseNumerator * denominator, cut, higherIsBetter)
  }
  const base = baseNumerator / baseDenominator
  const percent = (100 * (numerator / denominator - base)) / base
  return higherIsBetter ? percent >= cut - TOLERANCE : percent <= -cut + TOLERANCE
}

export const isDecidedWhole = (baseNumerator: number, numerator: number): boolean =>
  Number.isInteger(baseNumerator) && Number.isInteger(numerator)

/** The same for several cuts of one value: `value` is 100 * E_k * O_b, `base` E_b * O_k, the cut a whole number. */
export const meetsWholeCut = (value: number, base: number, cut: number, higherIsBetter: boolean): boolean =>
  higherIsBetter ? value >= (100 + cut) * base : value <= (100 - cut) * base

/** Farrar's two points: `CHG <= -2.0` (R-NUM tolerance), for ratings 0-10. Source: Farrar et al., Pain 2001;94:149-158. */
export const meetsTwoPoints = (change: number): boolean => change <= -2 + TOLERANCE

/** Cuts of the IMMPACT categories, in percent reduction [C20]. */
export const IMMPACT_CUTS = { substantial: 50, moderate: 30, minimal: 10 } as const

/**
 * IMMPACT category of a pain score: reduction of at least 50 % substantial, 30 % moderate, 10 % minimal, else none.
 *
 * Source  Dworkin et al., J Pain 2008;9:105-121.
 */
export function impactOf(
  baseNumerator: number,
  baseDenominator: number,
  numerator: number,
  denominator: number,
): 'substantial' | 'moderate' | 'minimal' | 'none' {
  const reached = (cut: number): boolean => meetsCut(baseNumerator, baseDenominator, numerator, denominator, cut, false)
  if (reached(IMMPACT_CUTS.substantial)) return 'substantial'
  if (reached(IMMPACT_CUTS.moderate)) return 'moderate'
  return reached(IMMPACT_CUTS.minimal) ? 'minimal' : 'none'
}
