import { tQuantile } from '@afferent/distributions'
import { describe } from '../description/describe.ts'

export interface GeometricMeanRatio {
  readonly n: number
  readonly ratio: number
  /** Null for one value. */
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * Geometric mean of the ratios to baseline, with its 95 % limits.
 *
 * Definition  exp(mean) and exp(mean -+ t(0.975; n - 1) sd / sqrt(n)) of the log ratios ln(AVAL / BASE).
 * Input       log ratios of the subjects that have one, in the order of subjects.
 * Undefined   no value: null; one value: limits null.
 */
export function geometricMeanRatio(logRatios: Float64Array): GeometricMeanRatio | null {
  const { n, mean, se } = describe(logRatios.slice())
  if (mean === null) return null
  if (se === null) return { n, ratio: Math.exp(mean), lower: null, upper: null }
  const half = tQuantile(0.975, n - 1) * se
  return { n, ratio: Math.exp(mean), lower: Math.exp(mean - half), upper: Math.exp(mean + half) }
}

/** A ratio to baseline as percent change: 100 (ratio - 1). */
export const toPercentChange = (ratio: number): number => 100 * (ratio - 1)
