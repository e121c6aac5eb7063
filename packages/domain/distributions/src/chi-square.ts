import { gammaQuantile, gammaTails } from './gamma.ts'

/** The value below which a chi-square variable stays with probability p; `df` above 0 need not be whole. */
export const chiSquareQuantile = (p: number, df: number): number => 2 * gammaQuantile(p, df / 2)

/** Probability that a chi-square variable is above x. */
export const chiSquareUpperTail = (x: number, df: number): number => gammaTails(df / 2, x / 2).upper
