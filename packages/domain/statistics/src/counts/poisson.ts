import { type LogRatio, logRatio } from '../likelihood/log-ratio.ts'
import { maximize } from '../likelihood/maximize.ts'
import { regressionOf, sumShares } from '../likelihood/regression.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'

export interface Poisson {
  readonly n: number
  /** Sum of squared Pearson residuals / (n - coefficients): 1 if counts vary as Poisson's, above if more. Null: no df left. */
  readonly pearsonDispersion: number | null
  /** By arm code, arm against reference; null for the reference. */
  readonly rateRatios: readonly (LogRatio | null)[]
}

/**
 * Ratio of event rates between arms, counts varying as Poisson's.
 *
 * Definition  log mean = `TRT + covariates + strata` + log(exposure), maximum likelihood; Wald limits (95 %) from the
 *             information. Counts that vary more (dispersion above 1) make these limits too short.
 * Input       counts, exposure above 0, in subject order.
 * Undefined   an empty arm, an arm without events, exposure not above 0, an arm that is a stratum: a reason.
 */
export function poisson(counts: Float64Array, exposure: Float64Array, subjects: Subjects): Poisson | NoAnswer {
  const problem = countProblem(counts, exposure, subjects)
  if (problem !== null) return problem
  const regression = regressionOf(subjects)
  if (isMissing(regression)) return regression
  const { columns, armColumns } = regression
  const offsets = exposure.map(Math.log)
  const start = new Float64Array(columns.length)
  start[0] = Math.log(sumOf(counts) / sumOf(exposure))
  const found = maximize(start, (place) =>
    sumShares(columns, place, (i, predictor, share) => {
      const y = counts[i] as number
      const log = predictor + (offsets[i] as number)
      const mean = Math.exp(log)
      share.value = y * log - mean
      share.slope = y - mean
      share.weight = mean
    }),
  )
  if (isMissing(found)) return found
  const size = columns.length
  const df = counts.length - size
  let pearson = 0
  sumShares(columns, found.place, (i, predictor) => {
    const mean = Math.exp(predictor + (offsets[i] as number))
    pearson += ((counts[i] as number) - mean) ** 2 / mean
  })
  return {
    n: counts.length,
    pearsonDispersion: df > 0 ? pearson / df : null,
    rateRatios: armColumns.map((k) =>
      k < 0 ? null : logRatio(found.place[k] as number, Math.sqrt(found.covariance[k * size + k] as number)),
    ),
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/** Why rates of arms cannot be compared, or null. */
export function countProblem(counts: Float64Array, exposure: Float64Array, { arm, arms }: Subjects): NoAnswer | null {
  if (!counts.every((count) => Number.isInteger(count) && count >= 0)) return { reason: 'a count is no whole number' }
  if (!exposure.every((time) => time > 0 && time < Number.POSITIVE_INFINITY))
    return { reason: 'an exposure is not above 0' }
  const events = new Float64Array(arms)
  const sizes = new Int32Array(arms)
  arm.forEach((code, i) => {
    events[code] = (events[code] as number) + (counts[i] as number)
    sizes[code] = (sizes[code] as number) + 1
  })
  const empty = events.some((sum, code) => sum === 0 && (sizes[code] as number) > 0)
  return empty ? { reason: 'an arm has no events' } : null
}
