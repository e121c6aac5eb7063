/** R-NUM. */
const TOLERANCE = 1e-9
const STEP = 5

/** Percent improvements at which the curve is read: 0, 5, ..., 100. */
export const CURVE_THRESHOLDS: readonly number[] = Array.from({ length: 100 / STEP + 1 }, (_, i) => i * STEP)

export interface ResponderCurve {
  readonly n: number
  /** Responders at each of CURVE_THRESHOLDS, and their share of n. */
  readonly counts: Uint32Array
  readonly shares: Float64Array
}

/**
 * Cumulative responder function (CRF): how many subjects improved by at least 0, 5, ..., 100 percent.
 *
 * Definition  per threshold t the share of subjects with -PCHG >= t (R-NUM tolerance); higher is better: PCHG >= t.
 * Input       PCHG of every subject with a valid baseline that is not 0, NaN where there is no endpoint value.
 * Missing     no endpoint value is 0 % improvement: it counts at the threshold 0 alone, and the curve drops nobody.
 * Undefined   no subject: null.
 * Source      Farrar, Dworkin and Max, J Pain Symptom Manage 2006;31:369-377 [L].
 */
export function cumulativeResponders(percentChange: Float64Array, lowerIsBetter: boolean): ResponderCurve | null {
  const n = percentChange.length
  if (n === 0) return null
  const counts = new Uint32Array(CURVE_THRESHOLDS.length)
  for (const change of percentChange) {
    const improvement = Number.isNaN(change) ? 0 : lowerIsBetter ? -change : change
    for (let k = 0; k < counts.length; k++) {
      if (improvement < (CURVE_THRESHOLDS[k] as number) - TOLERANCE) break
      counts[k] = (counts[k] as number) + 1
    }
  }
  return { n, counts, shares: Float64Array.from(counts, (count) => count / n) }
}
