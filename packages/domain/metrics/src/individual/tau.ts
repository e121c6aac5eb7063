import { gainOf } from './nonoverlap.ts'

/**
 * Tau of a phase change: better pairs less worse pairs, as a share of all pairs; 2 NAP - 1.
 *
 * Source  Parker, Vannest, Davis and Sauber, Behav Ther 2011;42:284-299; [C 48].
 */
export const tauOf = (nap: number): number => 2 * nap - 1

/**
 * Tau-U: Tau less what the trend of the baseline would have brought by itself.
 *
 * Definition  (S_AB - S_AA) / (m n). S = better pairs less worse pairs, equal ones 0: S_AB over the pairs of a value of A
 *             and one of B, S_AA over the pairs of an earlier and a later value of A.
 * Input       the observed values; those of A in the order of time.
 * Output      0 no effect beyond the baseline trend; a falling baseline can carry it below -1, a rising one above 1.
 *             Other published variants divide differently: METHOD names this one.
 * Undefined   a phase without values: null.
 * Source      [C 48].
 */
export function tauU(a: Float64Array, b: Float64Array, lowerIsBetter: boolean): number | null {
  if (a.length === 0 || b.length === 0) return null
  let balance = 0
  for (let i = 0; i < a.length; i++) {
    for (const later of b) balance += gainOf(a[i] as number, later, lowerIsBetter)
    for (let j = i + 1; j < a.length; j++) balance -= gainOf(a[i] as number, a[j] as number, lowerIsBetter)
  }
  return balance / (a.length * b.length)
}
