/** A result as it enters an analysis. */
export interface Quantity {
  readonly value: number
  readonly below: boolean
}

/**
 * Change of a concentration as the natural logarithm of its ratio to baseline.
 *
 * Definition  ln(AVAL / BASE); 0 where both lie below the limit of quantification, whatever the limits: nothing is known to
 *             have changed.
 * Input       results above zero, in one unit.
 * Source      [endpoints 8].
 */
export const logRatio = (result: Quantity, base: Quantity): number =>
  result.below && base.below ? 0 : Math.log(result.value / base.value)
