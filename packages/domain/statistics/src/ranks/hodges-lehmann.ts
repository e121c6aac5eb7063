import { Z } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import { countRankSums } from './exact-rank-sum.ts'
import { samplesProblem } from './mann-whitney.ts'
import { pairwiseDifference } from './pairwise-difference.ts'

/** Above, the exact distribution gives no other limits worth its time. */
const MOST_PAIRS = 2500
const HALF_ALPHA = 0.025
/** Probabilities closer than this are equal: as qwilcox of R. */
const EQUAL_WITHIN = 10 * Number.EPSILON

export interface HodgesLehmann {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
  /** The limits are the differences of this rank, from below and from above. */
  readonly rank: number
}

/**
 * Shift between two arms: the median of all differences of a value of the first and one of the second.
 *
 * Definition  limits (95 %) are order statistics C and n1 n2 + 1 - C of the differences, at least the first and last.
 *             Asymptotic: C = floor(n1 n2 / 2 - z sqrt(n1 n2 (n1 + n2 + 1) / 12)), no correction for ties. Exact: C the least
 *             number of which the rank-sum statistic without ties stays at or below with probability 2.5 % or more.
 * Input       the values of each arm, none missing, in any order: the same bits come out.
 * Undefined   an empty arm, a missing value, more than 2500 pairs where the exact limits are asked for: a reason.
 * Source      Hodges and Lehmann, Ann Math Stat 1963;34:598-611; Hollander and Wolfe, Nonparametric Statistical Methods,
 *             section 4.3 [L].
 */
export function hodgesLehmann(
  first: Float64Array,
  second: Float64Array,
  limits: 'asymptotic' | 'exact' = 'asymptotic',
): HodgesLehmann | NoAnswer {
  const problem = samplesProblem(first, second)
  if (problem !== null) return problem
  const n1 = first.length
  const n2 = second.length
  const pairs = n1 * n2
  if (limits === 'exact' && pairs > MOST_PAIRS) return { reason: 'the arms are too large for the exact distribution' }
  const x = first.toSorted()
  const y = second.toSorted()
  const asymptotic = Math.floor(pairs / 2 - Z * Math.sqrt((pairs * (n1 + n2 + 1)) / 12))
  const rank = Math.max(1, limits === 'exact' ? exactRank(n1, n2) : asymptotic)
  const middle = pairwiseDifference(x, y, Math.floor((pairs + 1) / 2))
  const estimate = pairs % 2 === 1 ? middle : (middle + pairwiseDifference(x, y, pairs / 2 + 1)) / 2
  return {
    estimate,
    lower: pairwiseDifference(x, y, rank),
    upper: pairwiseDifference(x, y, pairs + 1 - rank),
    rank,
  }
}

/** The 2.5 % quantile of the rank-sum statistic without ties. */
function exactRank(n1: number, n2: number): number {
  const ways = countRankSums(
    Float64Array.from({ length: n1 + n2 }, (_, i) => i + 1),
    n1,
  )
  const least = (n1 * (n1 + 1)) / 2
  let all = 0
  for (const count of ways) all += count
  let below = 0
  for (let u = 0; ; u++) {
    below += (ways[least + u] as number) / all
    if (below >= HALF_ALPHA - EQUAL_WITHIN) return u
  }
}
