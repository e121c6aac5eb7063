import { normalTwoSided } from '@afferent/distributions'

export interface Kendall {
  readonly tauB: number
  readonly p: number
}

/**
 * Kendall's tau-b of two columns, with a two-sided p.
 *
 * Definition  S = concordant less discordant pairs; tau-b = S / sqrt((n0 - n1)(n0 - n2)), n0 all pairs, n1 and n2 those
 *             equal in the one and in the other column. p from the normal distribution of S / sqrt(var S), var S
 *             corrected for ties in both columns, no continuity correction.
 * Input       two columns of one length, without missing values.
 * Undefined   fewer than 2 points, or a column of one value only: null.
 * Source      Kendall, Rank Correlation Methods, 4th ed. 1970, chapters 3 and 4 [L].
 */
export function kendallTauB(x: Float64Array, y: Float64Array): Kendall | null {
  const n = x.length
  const pairs = (n * (n - 1)) / 2
  const tiesOfX = countTies(x)
  const tiesOfY = countTies(y)
  if (tiesOfX.pairs === pairs || tiesOfY.pairs === pairs) return null
  const balance = balanceOf(x, y)
  // With 2 points there are no triples, and no ties either once a column of one value is out.
  const both = 2 * tiesOfX.pairs * 2 * tiesOfY.pairs
  const triples = n > 2 ? (tiesOfX.triples * tiesOfY.triples) / (9 * n * (n - 1) * (n - 2)) : 0
  const variance =
    (n * (n - 1) * (2 * n + 5) - tiesOfX.spread - tiesOfY.spread) / 18 + triples + both / (2 * n * (n - 1))
  const tauB = balance / Math.sqrt((pairs - tiesOfX.pairs) * (pairs - tiesOfY.pairs))
  return { tauB, p: normalTwoSided(balance / Math.sqrt(variance)) }
}

function balanceOf(x: Float64Array, y: Float64Array): number {
  let balance = 0
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      balance += Math.sign((x[j] as number) - (x[i] as number)) * Math.sign((y[j] as number) - (y[i] as number))
    }
  }
  return balance
}

/** Over the groups of t equal values: pairs t(t-1)/2, triples t(t-1)(t-2), spread t(t-1)(2t+5). */
function countTies(column: Float64Array): { pairs: number; triples: number; spread: number } {
  const sorted = column.slice().sort()
  const ties = { pairs: 0, triples: 0, spread: 0 }
  let start = 0
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue
    const t = i - start
    ties.pairs += (t * (t - 1)) / 2
    ties.triples += t * (t - 1) * (t - 2)
    ties.spread += t * (t - 1) * (2 * t + 5)
    start = i
  }
  return ties
}
