import { betaTails } from './beta.ts'

/** Probability that a variable of the F distribution is above f; both df above 0 need not be whole. */
export const fUpperTail = (f: number, df1: number, df2: number): number =>
  betaTails(df1 / 2, df2 / 2, (df1 * f) / (df1 * f + df2), df2 / (df1 * f + df2)).upper
