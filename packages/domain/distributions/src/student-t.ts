import { betaTails } from './beta.ts'
import { betaWeight } from './stirling.ts'
import type { Tails } from './tails.ts'

/** From here on, and for all df in use, the tail falls as t^-df to the last digit. */
const POWER_LAW_FROM = 1e100
/** Newton's steps double the digits: after one as small as this, nothing is left to gain. */
const SMALL_STEP = 1e-9
const MAX_STEPS = 100

/**
 * Probability that a variable of Student's t is above t.
 *
 * Definition  for t above 0 half the upper tail of the beta distribution of shapes 1/2 and df / 2 at t^2 / (df + t^2).
 * Input       `df` above 0 need not be whole; t may be infinite.
 * Output      13 digits for df from 0.1 to 1e9 at least, in the tail as in the middle.
 * Source      Abramowitz and Stegun 26.7.1 and 26.5.27.
 */
export function tUpperTail(t: number, df: number): number {
  if (t < 0) return 1 - tUpperTail(-t, df)
  if (t <= POWER_LAW_FROM) return tailsOf(t, df).upper / 2
  return (tailsOf(POWER_LAW_FROM, df).upper / 2) * (t / POWER_LAW_FROM) ** -df
}

/** Probability that a variable of Student's t is at most t. */
export const tCdf = (t: number, df: number): number => tUpperTail(-t, df)

/** Two-sided p of a t statistic. */
export const tTwoSided = (t: number, df: number): number => 2 * tUpperTail(Math.abs(t), df)

/**
 * The value below which a variable of Student's t stays with probability p.
 *
 * Input       p from 0 to 1; the ends give minus and plus infinity, as does a value beyond the largest double.
 * Output      as exact as p itself allows: 13 digits down to p = 1e-300 and up to where 1/2 is left by one rounding step.
 */
export function tQuantile(p: number, df: number): number {
  const off = p - 0.5
  if (off === 0) return 0
  const t = Math.abs(off) < 0.25 ? middlePoint(Math.abs(off), df) : tailPoint(Math.min(p, 1 - p), df)
  return off < 0 ? -t : t
}

/**
 * The t above 0 up to which, from 0 on, lies the given probability. Logarithm against logarithm this probability is
 * concave, and its density is below 1: from t = the probability Newton's steps only ascend, and cannot pass the answer.
 */
function middlePoint(probability: number, df: number): number {
  let t = probability
  for (let k = 0; k < MAX_STEPS; k++) {
    const share = tailsOf(t, df).lower / 2
    const step = (share / weightOf(t, df)) * Math.log(share / probability)
    t *= Math.exp(-step)
    if (!(Math.abs(step) > SMALL_STEP)) break
  }
  return t
}

/**
 * The t above 0 beyond which lies the given probability. Logarithm against logarithm the tail is concave, and twice the
 * tail is at most (1 + t^2 / df)^(-df / 2): from where this bound is met Newton's steps only descend to the answer.
 */
function tailPoint(probability: number, df: number): number {
  const log = (-2 / df) * Math.log(2 * probability)
  let t = Math.sqrt(-df * Math.expm1(-log)) * Math.exp(log / 2)
  for (let k = 0; k < MAX_STEPS && t < Number.POSITIVE_INFINITY; k++) {
    const share = tUpperTail(t, df)
    // Beyond the smallest double: the bound is as near as can be said.
    if (share === 0) break
    const far = Math.min(t, POWER_LAW_FROM)
    const step = (tUpperTail(far, df) / weightOf(far, df)) * Math.log(share / probability)
    t *= Math.exp(step)
    if (!(Math.abs(step) > SMALL_STEP)) break
  }
  return t
}

/** The beta distribution of t^2 / (df + t^2); half its lower tail lies between 0 and t, half its upper tail beyond t. */
function tailsOf(t: number, df: number): Tails {
  const ratio = (t * t) / df
  return betaTails(0.5, df / 2, ratio / (1 + ratio), 1 / (1 + ratio))
}

/** t times the density at t. */
function weightOf(t: number, df: number): number {
  const ratio = (t * t) / df
  return betaWeight(0.5, df / 2, ratio / (1 + ratio), 1 / (1 + ratio))
}
