import { type MeanEstimate, meanEstimate } from '../means/mean-estimate.ts'
import type { NoAnswer } from '../no-answer.ts'

/**
 * One result from those of imputed data sets.
 *
 * Definition  mean of the estimates; variance W + (1 + 1/M) B, W the mean of the squared standard errors, B the variance of
 *             the estimates; df of Barnard and Rubin with the df of complete data. t test of 0 and 95 % limits.
 * Input       an estimate and a standard error per imputation; infinite df where the complete data have a normal test.
 * Undefined   fewer than two imputations, or no variance: a reason.
 * Source      Rubin 1987; Barnard and Rubin, Biometrika 1999;86:948-955.
 */
export function rubin(
  estimates: readonly number[],
  standardErrors: readonly number[],
  completeDf: number,
): MeanEstimate | NoAnswer {
  const m = estimates.length
  if (m < 2) return { reason: 'there are fewer than two imputations' }
  const mean = average(estimates)
  const within = average(standardErrors.map((se) => se * se))
  const between = estimates.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (m - 1)
  const total = within + (1 + 1 / m) * between
  if (!(total > 0)) return { reason: 'the imputed results do not vary' }
  const share = ((1 + 1 / m) * between) / total
  const old = share === 0 ? Number.POSITIVE_INFINITY : (m - 1) / (share * share)
  const observed =
    completeDf === Number.POSITIVE_INFINITY
      ? completeDf
      : ((completeDf + 1) / (completeDf + 3)) * completeDf * (1 - share)
  const df = 1 / (1 / old + 1 / observed)
  return meanEstimate(mean, Math.sqrt(total), Number.isFinite(df) ? df : LARGE)
}

/** t with so many df is normal to 12 digits. */
const LARGE = 1e12

const average = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length
