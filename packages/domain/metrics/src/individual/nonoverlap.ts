import { type Interval, newcombeInterval } from './newcombe-interval.ts'

export interface Nap extends Interval {
  readonly estimate: number
  /** Null where a phase holds one value. */
  readonly se: number | null
  /** Values of phase A and of phase B. */
  readonly m: number
  readonly n: number
}

/**
 * Non-overlap of all pairs: how often a value of the treatment phase is better than one of the baseline phase.
 *
 * Definition  q of a pair (one value of A, one of B) is 1 if B is better, 1/2 if both are equal, else 0; NAP is the mean of
 *             q over all m * n pairs. No effect: 0.5.
 *             SE^2 = [NAP - (m + n - 1) NAP^2 + n Q1 + m Q2 - 2 Q3] / ((m - 1)(n - 1)), not below 0, with
 *             Q1 = sum of squared sums over a value of A / (m n^2), Q2 = the same over B / (m^2 n), Q3 = sum q^2 / (m n).
 *             95 % limits: Newcombe's method 5.
 * Input       the observed values of both phases in any order; a missing day has no place here.
 * Ties        equal as numbers: values made from the same counts are the same number [P].
 * Undefined   a phase without values: null. One value in a phase: se null.
 * Source      [C 48]; Parker and Vannest, Behav Ther 2009;40:357-367; Newcombe, Stat Med 2006;25:559-573.
 */
export function nonoverlapOfAllPairs(a: Float64Array, b: Float64Array, lowerIsBetter: boolean): Nap | null {
  const m = a.length
  const n = b.length
  if (m === 0 || n === 0) return null
  const { sum, squares, squaredSumsOfA, squaredSumsOfB } = comparePairs(a, b, lowerIsBetter)
  const estimate = sum / (m * n)
  const interval = newcombeInterval(estimate, m, n)
  if (m === 1 || n === 1) return { estimate, se: null, ...interval, m, n }
  const q1 = squaredSumsOfA / (m * n * n)
  const q2 = squaredSumsOfB / (m * m * n)
  const q3 = squares / (m * n)
  const variance = (estimate - (m + n - 1) * estimate * estimate + n * q1 + m * q2 - 2 * q3) / ((m - 1) * (n - 1))
  return { estimate, se: Math.sqrt(Math.max(0, variance)), ...interval, m, n }
}

interface PairSums {
  readonly sum: number
  readonly squares: number
  readonly squaredSumsOfA: number
  readonly squaredSumsOfB: number
}

function comparePairs(a: Float64Array, b: Float64Array, lowerIsBetter: boolean): PairSums {
  const sumsOfB = new Float64Array(b.length)
  let sum = 0
  let squares = 0
  let squaredSumsOfA = 0
  for (let i = 0; i < a.length; i++) {
    let ofThisA = 0
    for (let j = 0; j < b.length; j++) {
      const q = (1 + gainOf(a[i] as number, b[j] as number, lowerIsBetter)) / 2
      ofThisA += q
      squares += q * q
      sumsOfB[j] = (sumsOfB[j] as number) + q
    }
    sum += ofThisA
    squaredSumsOfA += ofThisA * ofThisA
  }
  let squaredSumsOfB = 0
  for (const ofThisB of sumsOfB) squaredSumsOfB += ofThisB * ofThisB
  return { sum, squares, squaredSumsOfA, squaredSumsOfB }
}

/** 1 if `later` is better than `earlier`, -1 if it is worse, 0 if they are equal. */
export function gainOf(earlier: number, later: number, lowerIsBetter: boolean): -1 | 0 | 1 {
  if (earlier === later) return 0
  return later < earlier === lowerIsBetter ? 1 : -1
}
