import type { Band, Score } from './score.ts'
import { reaches } from './tolerance.ts'

/**
 * Name of the band a value lies in (AVALCAT1), or null: no value, no bands, or below the first.
 *
 * Definition  the last band whose lower limit the value reaches, within 1e-9 and never rounded (R-NUM): a prorated
 *             PHQ-9 of 9.9 is still mild.
 */
export const scoreBand = (score: Score, value: number): string | null => bandOf(score.bands, value)

/** The same for the finer division, where a score has one. */
export const finerScoreBand = (score: Score, value: number): string | null => bandOf(score.finerBands, value)

const bandOf = (bands: readonly Band[], value: number): string | null =>
  bands.findLast(({ from }) => reaches(value, from))?.label ?? null
