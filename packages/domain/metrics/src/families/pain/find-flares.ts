/** R-NUM. */
const TOLERANCE = 1e-9

/** A flare of one patient, as positions in the series of dates: its first date, and the last one at or above the threshold. */
export interface Flare {
  readonly onset: number
  readonly last: number
}

/**
 * Flares of pain in a series of calendar dates (FLARE, FLAREDY).
 *
 * Definition  starts with two consecutive dates, both rated, at or above the threshold (R-NUM tolerance); ends before two
 *             consecutive rated dates below it. A missing date neither starts nor ends one.
 * Input       one place per date, NaN where pain was not rated; threshold = mean of the baseline week + `flare.delta`.
 * Output      in order of onset. A flare that still runs at the end ends with its last date at or above the threshold.
 * Source      endpoint definitions, section 6 [P]: no agreed definition exists [C 22].
 */
export function findFlares(pain: Float64Array, threshold: number): Flare[] {
  const flares: Flare[] = []
  let onset = -1
  let last = -1
  let below = 0
  for (let i = 0; i < pain.length; i++) {
    const isHigh = reaches(pain[i] as number, threshold)
    if (onset < 0) {
      if (!isHigh || i === 0 || !reaches(pain[i - 1] as number, threshold)) continue
      onset = i - 1
      last = i
      below = 0
      continue
    }
    if (isHigh) last = i
    // Two below in a row, with no missing date between them: NaN is neither.
    below = !isHigh && !Number.isNaN(pain[i] as number) ? below + 1 : 0
    if (below < 2) continue
    flares.push({ onset, last })
    onset = -1
  }
  if (onset >= 0) flares.push({ onset, last })
  return flares
}

const reaches = (pain: number, threshold: number): boolean => pain >= threshold - TOLERANCE
