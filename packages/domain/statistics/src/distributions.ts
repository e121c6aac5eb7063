import tCdfOf from '@stdlib/stats-base-dists-t-cdf'
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile'
import { gammaQuantile, gammaTails } from './gamma.ts'

/**
 * Distribution functions; they hold 1e-12 against figures of arbitrary-precision arithmetic (tests/reference/statistics).
 * Student's t comes from @stdlib, and this is the one door to it.
 */

/** 97.5 % point of the standard normal distribution. */
export const Z = 1.959963984540054

/** The value below which a chi-square variable stays with probability p; `df` above 0 need not be whole. */
export const chiSquareQuantile = (p: number, df: number): number => 2 * gammaQuantile(p, df / 2)

/** Probability that a chi-square variable is above x. */
export const chiSquareUpperTail = (x: number, df: number): number => gammaTails(df / 2, x / 2).upper

/** The value below which a variable of Student's t stays with probability p. */
export const tQuantile = (p: number, df: number): number => tQuantileOf(p, df)

/** Probability that a variable of Student's t is at most t. */
export const tCdf = (t: number, df: number): number => tCdfOf(t, df)

/** Two-sided p of a t statistic. */
export const tTwoSided = (t: number, df: number): number => 2 * tCdfOf(-Math.abs(t), df)
