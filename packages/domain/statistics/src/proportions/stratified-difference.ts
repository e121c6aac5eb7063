import { Z } from '@afferent/distributions'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { restrictedVariance } from './miettinen-nurminen.ts'
import { scoreLimits, scoreStatistic } from './score-limits.ts'
import { comparableStrata } from './strata-of-proportions.ts'
import type { Interval, TwoProportions } from './two-proportions.ts'

/**
 * Mantel-Haenszel difference of proportions over strata, with Sato's or score limits (95 %).
 *
 * Definition  sum w_i d_i / sum w_i, w = n1 n2 / N.
 *             Sato: variance (D sum P + sum Q) / (sum w)^2, P = (n1^2 x2 - n2^2 x1 + n1 n2 (n2 - n1) / 2) / N^2,
 *             Q = (x1 (n2 - x2) + x2 (n1 - x1)) / 2N.
 *             Score: all delta with |sum w_i (d_i - delta)| <= z sqrt(sum w_i^2 V_i), V as Miettinen and Nurminen have it,
 *             with the factor N_i / (N_i - 1); the weights stay those of Mantel and Haenszel [P].
 * Input       strata, in any order; those without subjects in one arm are left out.
 * Undefined   no stratum with both arms: a reason. Sato's variance not above 0: a reason.
 * Source      Sato, Biometrics 1989;45:1323-1324 [L]; Miettinen and Nurminen, Stat Med 1985;4:213-226.
 */
export function stratifiedDifference(strata: readonly TwoProportions[], limits: 'sato' | 'score'): Interval | NoAnswer {
  const used = comparableStrata(strata)
  if (isMissing(used)) return used
  const weightOf = ({ n1, n2 }: TwoProportions): number => (n1 * n2) / (n1 + n2)
  const weights = sumOver(used, weightOf)
  const estimate = sumOver(used, (s) => weightOf(s) * (s.x1 / s.n1 - s.x2 / s.n2)) / weights
  if (limits === 'score') {
    const varianceAt = (delta: number) => (s: TwoProportions) =>
      (weightOf(s) / weights) ** 2 * restrictedVariance(s, delta) * ((s.n1 + s.n2) / (s.n1 + s.n2 - 1))
    return {
      estimate,
      ...scoreLimits(estimate, (delta) => scoreStatistic(estimate - delta, sumOver(used, varianceAt(delta)))),
    }
  }
  const p = sumOver(used, ({ x1, n1, x2, n2 }) => {
    const n = n1 + n2
    return (n1 * n1 * x2 - n2 * n2 * x1 + (n1 * n2 * (n2 - n1)) / 2) / (n * n)
  })
  const q = sumOver(used, ({ x1, n1, x2, n2 }) => (x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * (n1 + n2)))
  const variance = (estimate * p + q) / (weights * weights)
  if (!(variance > 0)) return { reason: 'the variance is not above 0' }
  const half = Z * Math.sqrt(variance)
  return { estimate, lower: estimate - half, upper: estimate + half }
}

function sumOver(strata: readonly TwoProportions[], of: (stratum: TwoProportions) => number): number {
  let sum = 0
  for (const stratum of strata) sum += of(stratum)
  return sum
}
