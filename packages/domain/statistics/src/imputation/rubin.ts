import { tQuantile, tTwoSided } from '@afferent/distributions'

export interface Pooled {
  readonly estimate: number
  readonly se: number
  readonly df: number
  readonly p: number
  readonly lower: number
  readonly upper: number
  /** Share of the variance that is between imputations. */
  readonly betweenShare: number
}

/**
 * One answer from the answers of several imputed data sets.
 *
 * Definition  estimate: mean; variance T = W + (1 + 1/m) B, W mean variance, B variance of the estimates (m - 1); lambda =
 *             (1 + 1/m) B / T; df = 1 / (1 / nu_m + 1 / nu_obs), nu_m = (m - 1) / lambda^2, nu_obs = (nu + 1) / (nu + 3)
 *             nu (1 - lambda), nu the df of complete data; t limits and two-sided p.
 * Input       estimates and their variances, one per imputation.
 * Undefined   the reason: fewer than two imputations; no variance at all.
 * Source      Rubin 1987; Barnard and Rubin, Biometrika 1999;86:948-955; endpoints EX-S7.
 */
export function rubin(
  estimates: Float64Array,
  variances: Float64Array,
  completeDf: number,
  level = 0.95,
): Pooled | { readonly reason: string } {
  const m = estimates.length
  if (m < 2) return { reason: 'fewer than two imputations' }
  const estimate = estimates.reduce((sum, value) => sum + value, 0) / m
  const within = variances.reduce((sum, value) => sum + value, 0) / m
  const between = estimates.reduce((sum, value) => sum + (value - estimate) ** 2, 0) / (m - 1)
  const total = within + (1 + 1 / m) * between
  if (!(total > 0)) return { reason: 'the estimates have no variance' }
  const lambda = ((1 + 1 / m) * between) / total
  const observed = ((completeDf + 1) / (completeDf + 3)) * completeDf * (1 - lambda)
  const df = 1 / ((lambda * lambda) / (m - 1) + 1 / observed)
  const se = Math.sqrt(total)
  const half = tQuantile(0.5 + level / 2, df) * se
  const p = tTwoSided(estimate / se, df)
  return { estimate, se, df, p, lower: estimate - half, upper: estimate + half, betweenShare: lambda }
}
