import type { NoAnswer } from '../no-answer.ts'

/** Responders and subjects of two arms; differences are arm 1 minus arm 2. */
export interface TwoProportions {
  readonly x1: number
  readonly n1: number
  readonly x2: number
  readonly n2: number
}

/** An estimate with its 95 % limits. */
export interface Interval {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/** Why two arms cannot be compared, or null. */
export function armsProblem({ x1, n1, x2, n2 }: TwoProportions): NoAnswer | null {
  if (n1 === 0 || n2 === 0) return { reason: 'an arm has no subjects' }
  const fits = (x: number, n: number): boolean => Number.isInteger(x) && Number.isInteger(n) && x >= 0 && x <= n
  return fits(x1, n1) && fits(x2, n2) ? null : { reason: 'the counts are no responders among subjects' }
}
