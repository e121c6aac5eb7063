import type { Measure } from '../../windows/measure.ts'
import type { Quantity } from '../../windows/quantities.ts'
import type { CatalogueEntry } from '../entry.ts'

export const DAYS = 'd/28 d'
const PER_PERIOD = 28

export const always: CatalogueEntry['exists'] = () => true

/** Events per 28 days observed. */
export const rate = (numerator: Quantity, observed: Quantity): Measure => ({
  windows: 'periods',
  numerator,
  denominator: observed,
  observed,
  scale: PER_PERIOD,
  counts: true,
  needsDays: true,
})

/** A quotient of two sums of a window; nothing is scaled. */
export const meanOf = (
  numerator: Quantity,
  denominator: Quantity,
  observed: Quantity,
  windows: Measure['windows'],
): Measure => ({
  windows,
  numerator,
  denominator,
  observed,
  scale: 1,
  counts: false,
  needsDays: true,
})

/** What a missing day does to a count and to a mean (R-MISS, section 2). */
export const PRORATED =
  'a day without an entry is missing, never zero; the count of the days observed is scaled to 28 days'
export const NOT_PRORATED = 'a day without an entry is missing, never zero; no proration'
