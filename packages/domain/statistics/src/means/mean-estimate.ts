import { tQuantile, tTwoSided } from '@afferent/distributions'

/** A mean or a difference of means, with t test of 0 and 95 % limits. */
export interface MeanEstimate {
  readonly estimate: number
  readonly se: number
  readonly t: number
  readonly df: number
  readonly p: number
  readonly lower: number
  readonly upper: number
}

/** t = estimate / se; two-sided p and 95 % limits of Student's t; `df` need not be whole, se is above 0. */
export function meanEstimate(estimate: number, se: number, df: number): MeanEstimate {
  const t = estimate / se
  const half = tQuantile(0.975, df) * se
  return { estimate, se, t, df, p: tTwoSided(t, df), lower: estimate - half, upper: estimate + half }
}
