/** What a class was taken on, in one window. */
export interface ClassUse {
  /** Dates with at least one intake for headache. */
  readonly days: number
  /** Days per 28 from which the class is overused. */
  readonly threshold: number
  /** At least two intake days in every week with enough diary days (`mo.regular`). */
  readonly regular: boolean
}

export type OveruseStatus = 'Y' | 'MULTI' | 'N'

/** Days of a month, and least number of classes of the combined rule. */
const MONTH = 28
const SEVERAL = 2

/**
 * Whether acute medication was overused in one period (MOSTAT).
 *
 * Definition  Y: 28 * days / observed of one class reaches its threshold. MULTI: no class does, but the dates with any of the
 *             classes of the combined rule reach its threshold and at least two of these classes were taken. Else N.
 * Input       classes: those with a threshold of their own; together: dates with any class of the combined rule, and how
 *             many of its classes were taken; observed: days on which medication was recorded, above 0.
 *             regularly: only use that is regular in every week counts (`mo.regular`).
 * Decided     in whole numbers: 28 * days >= threshold * observed.
 * Source      ICHD-3 8.2.1 to 8.2.4 and 8.2.6 [C 7, L]; regular use: PREEMPT [C 9].
 */
export function overuseStatus(
  classes: readonly ClassUse[],
  together: ClassUse & { readonly taken: number },
  observed: number,
  regularly: boolean,
): OveruseStatus {
  for (const use of classes) if (isOverused(use, observed, regularly)) return 'Y'
  return together.taken >= SEVERAL && isOverused(together, observed, regularly) ? 'MULTI' : 'N'
}

const isOverused = ({ days, threshold, regular }: ClassUse, observed: number, regularly: boolean): boolean =>
  MONTH * days >= threshold * observed && (regular || !regularly)
