import { chiSquareUpperTail, Z } from '@afferent/distributions'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { comparableStrata } from './strata-of-proportions.ts'
import type { Interval, TwoProportions } from './two-proportions.ts'

export interface MantelHaenszel {
  /** Cochran-Mantel-Haenszel chi-square on 1 df, without continuity correction. */
  readonly chiSquare: number
  readonly p: number
  readonly oddsRatio: Interval | NoAnswer
  readonly strata: number
}

/**
 * Test of response and arm over strata, and their common odds ratio (95 % limits).
 *
 * Definition  chi-square = (sum x1 - E)^2 / sum V, E = n1 m / N, V = n1 n2 m (N - m) / (N^2 (N - 1)), m all responders of a
 *             stratum; no continuity correction. Odds ratio sum R / sum S, R = x1 (n2 - x2) / N, S = (n1 - x1) x2 / N; variance of
 *             its logarithm by Robins, Breslow and Greenland.
 * Input       strata, in any order; those without subjects in one arm are left out.
 * Undefined   no stratum with both arms, or all respond alike: a reason; an odds ratio of 0 or infinity: a reason in its place.
 * Source      Mantel and Haenszel, JNCI 1959;22:719-748; Robins, Breslow and Greenland, Biometrics 1986;42:311-323.
 */
export function mantelHaenszel(strata: readonly TwoProportions[]): MantelHaenszel | NoAnswer {
  const used = comparableStrata(strata)
  if (isMissing(used)) return used
  let off = 0
  let variance = 0
  const sums = { r: 0, s: 0, pr: 0, both: 0, qs: 0 }
  for (const { x1, n1, x2, n2 } of used) {
    const n = n1 + n2
    const m = x1 + x2
    off += x1 - (n1 * m) / n
    if (n > 1) variance += (n1 * n2 * m * (n - m)) / (n * n * (n - 1))
    const r = (x1 * (n2 - x2)) / n
    const s = ((n1 - x1) * x2) / n
    const p = (x1 + n2 - x2) / n
    const q = (n1 - x1 + x2) / n
    sums.r += r
    sums.s += s
    sums.pr += p * r
    sums.both += p * s + q * r
    sums.qs += q * s
  }
  if (variance === 0) return { reason: 'in no stratum do some respond and others not' }
  const chiSquare = (off * off) / variance
  return { chiSquare, p: chiSquareUpperTail(chiSquare, 1), oddsRatio: toOddsRatio(sums), strata: used.length }
}

interface Sums {
  readonly r: number
  readonly s: number
  readonly pr: number
  readonly both: number
  readonly qs: number
}

function toOddsRatio({ r, s, pr, both, qs }: Sums): Interval | NoAnswer {
  if (r === 0 || s === 0) return { reason: 'the common odds ratio is not between 0 and infinity' }
  const half = Z * Math.sqrt(pr / (2 * r * r) + both / (2 * r * s) + qs / (2 * s * s))
  return { estimate: r / s, lower: (r / s) * Math.exp(-half), upper: (r / s) * Math.exp(half) }
}
