import type { PainFamily } from '@afferent/study'
import type { FlagColumn } from '../../catalogue/entry.ts'

/** R-NUM. */
const TOLERANCE = 1e-9

/** Where moderate and severe begin. */
const LIMITS = { 'nrs-1-4-7': [4, 7], 'eppoc-0-5-7': [5, 7] } as const satisfies Record<PainFamily['bands'], unknown>

export const BANDS = ['none', 'mild', 'moderate', 'severe'] as const
export type Band = (typeof BANDS)[number]

/**
 * Severity band of a pain rating or mean from 0 to 10 (`pain.bands`).
 *
 * Definition  nrs-1-4-7: 0 none, above 0 mild, from 4 moderate, from 7 severe, so that 3.5 is mild and 6.9 moderate [P].
 *             eppoc-0-5-7: below 5 mild (0 as well), from 5 moderate, from 7 severe [C 24].
 */
export function bandOf(pain: number, bands: PainFamily['bands']): Band {
  const [moderate, severe] = LIMITS[bands]
  if (pain >= severe - TOLERANCE) return 'severe'
  if (pain >= moderate - TOLERANCE) return 'moderate'
  return pain === 0 && bands === 'nrs-1-4-7' ? 'none' : 'mild'
}

/** AVALCAT1 holds the IMMPACT category of the change, so the band of the value itself stands in AVALCAT2. */
export const BAND_COLUMN: FlagColumn = {
  name: 'AVALCAT2',
  label: 'Severity Band',
  definition: 'band of the pain value: none, mild, moderate, severe, with the limits of pain.bands',
  words: BANDS,
}
