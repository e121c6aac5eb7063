import { normalTwoSided, Z } from '@afferent/distributions'

/** A logarithm of a ratio of odds, rates or hazards, with z test of 0, and the ratio with 95 % limits. */
export interface LogRatio {
  readonly estimate: number
  readonly se: number
  readonly z: number
  readonly p: number
  readonly ratio: number
  readonly lower: number
  readonly upper: number
}

/** z = estimate / se; two-sided normal p; limits exp(estimate -+ 1.96 se). */
export function logRatio(estimate: number, se: number): LogRatio {
  const z = estimate / se
  return {
    estimate,
    se,
    z,
    p: normalTwoSided(z),
    ratio: Math.exp(estimate),
    lower: Math.exp(estimate - Z * se),
    upper: Math.exp(estimate + Z * se),
  }
}
