import type { NoAnswer } from '../no-answer.ts'

/** From here on the normal approximation is as good, and the exact one long. */
const MOST_PAIRS = 2500

/**
 * Two-sided exact p of a rank sum.
 *
 * Definition  all divisions of the ranks into arms of these sizes being alike, the share whose rank sum is at least as far from
 *             its mean as that of the first `n1`.
 * Input       ranks from 1, ties as halves; twice a rank is whole, so that nothing is rounded.
 * Undefined   more than 2500 pairs: a reason.
 */
export function exactRankSum(ranks: Float64Array, n1: number): number | NoAnswer {
  const n = ranks.length
  if (n1 * (n - n1) > MOST_PAIRS) return { reason: 'the arms are too large for the exact distribution' }
  let own = 0
  for (let i = 0; i < n1; i++) own += 2 * (ranks[i] as number)
  const ways = countRankSums(
    ranks.map((rank) => 2 * rank),
    n1,
  )
  const mean = n1 * (n + 1)
  let far = 0
  let all = 0
  ways.forEach((count, sum) => {
    all += count
    if (Math.abs(sum - mean) >= Math.abs(own - mean)) far += count
  })
  return far / all
}

/** Number of ways to choose `size` of whole numbers with each sum. */
export function countRankSums(values: Float64Array, size: number): Float64Array {
  const sorted = values.toSorted().reverse()
  let most = 0
  for (let i = 0; i < size; i++) most += sorted[i] as number
  const width = most + 1
  // One row per number of values chosen so far.
  const ways = new Float64Array((size + 1) * width)
  ways[0] = 1
  for (const value of values)
    for (let chosen = size; chosen > 0; chosen--)
      for (let sum = most; sum >= value; sum--)
        ways[chosen * width + sum] =
          (ways[chosen * width + sum] as number) + (ways[(chosen - 1) * width + sum - value] as number)
  return ways.subarray(size * width)
}
