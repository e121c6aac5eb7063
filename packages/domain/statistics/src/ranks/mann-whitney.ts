import { normalTwoSided } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import { exactRankSum } from './exact-rank-sum.ts'
import { rankMiddle } from './rank-middle.ts'

export interface MannWhitney {
  /** Pairs in which the first arm is higher, ties counting one half. */
  readonly u: number
  /** u over all pairs. */
  readonly superiority: number
  readonly z: number
  readonly p: number
  /** With continuity correction 1/2. */
  readonly pCorrected: number
  /** Exact, given the ties; a reason where the arms are too large for it. */
  readonly pExact: number | NoAnswer
}

/**
 * Rank-sum test of two arms.
 *
 * Definition  U = rank sum of the first arm less n1 (n1 + 1) / 2, mid-ranks; z = (U - n1 n2 / 2) / sqrt(V),
 *             V = n1 n2 / 12 (N + 1 - sum (t^3 - t) / (N (N - 1))) over groups of t ties. Exact p: the share of all divisions of
 *             the ranks whose U is at least as far from n1 n2 / 2.
 * Input       the values of each arm, none missing, in any order: the same bits come out.
 * Undefined   an empty arm, a missing value, all values alike: a reason.
 * Source      Mann and Whitney, Ann Math Stat 1947;18:50-60.
 */
export function mannWhitney(first: Float64Array, second: Float64Array): MannWhitney | NoAnswer {
  const problem = samplesProblem(first, second)
  if (problem !== null) return problem
  const n1 = first.length
  const n = n1 + second.length
  const pairs = n1 * second.length
  const all = new Float64Array(n)
  all.set(first)
  all.set(second, n1)
  const ranks = rankMiddle(all)
  let rankSum = 0
  for (let i = 0; i < n1; i++) rankSum += ranks[i] as number
  const u = rankSum - (n1 * (n1 + 1)) / 2
  const variance = (pairs / 12) * (n + 1 - tieSum(ranks) / (n * (n - 1)))
  if (!(variance > 0)) return { reason: 'all values are alike' }
  const off = u - pairs / 2
  const sd = Math.sqrt(variance)
  return {
    u,
    superiority: u / pairs,
    z: off / sd,
    p: normalTwoSided(off / sd),
    pCorrected: Math.min(1, normalTwoSided(Math.max(0, Math.abs(off) - 0.5) / sd)),
    pExact: exactRankSum(ranks, n1),
  }
}

/** Why two samples cannot be compared, or null. */
export function samplesProblem(first: Float64Array, second: Float64Array): NoAnswer | null {
  if (first.length === 0 || second.length === 0) return { reason: 'an arm has no subjects' }
  return first.every(Number.isFinite) && second.every(Number.isFinite) ? null : { reason: 'an outcome is missing' }
}

/** Sum over groups of t equal ranks of t^3 - t. */
function tieSum(ranks: Float64Array): number {
  const sorted = ranks.toSorted()
  let sum = 0
  let start = 0
  for (let end = 1; end <= sorted.length; end++) {
    if (end < sorted.length && sorted[end] === sorted[start]) continue
    const t = end - start
    sum += t * t * t - t
    start = end
  }
  return sum
}
