import { tTwoSided, Z } from '@afferent/distributions'
import { rankMiddle } from './rank-middle.ts'

export interface Spearman {
  readonly n: number
  readonly r: number
  /** Null below 3 subjects. */
  readonly p: number | null
  /** Null below 4 subjects. */
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * Spearman correlation of two columns: of pain and mood change, as a description and no claim of mediation.
 *
 * Definition  r of Pearson on mid-ranks; two-sided p from t = r sqrt((n - 2) / (1 - r^2)) with n - 2 df; 95 % limits
 *             tanh(atanh r -+ z sqrt((1 + r^2 / 2) / (n - 3))).
 * Input       two columns of one length, without missing values.
 * Undefined   fewer than 2 subjects, or a column of one value only: null. At r = 1 or -1 p is 0 and both limits are r.
 * Source      limits: Bonett and Wright, Psychometrika 2000;65:23-28 [L].
 */
export function spearman(x: Float64Array, y: Float64Array): Spearman | null {
  const n = x.length
  const r = correlate(rankMiddle(x), rankMiddle(y))
  if (r === null) return null
  const p = n < 3 ? null : tTwoSided(r * Math.sqrt((n - 2) / (1 - r * r)), n - 2)
  if (n < 4) return { n, r, p, lower: null, upper: null }
  const half = Z * Math.sqrt((1 + (r * r) / 2) / (n - 3))
  return { n, r, p, lower: Math.tanh(Math.atanh(r) - half), upper: Math.tanh(Math.atanh(r) + half) }
}

/** Pearson's r of two columns of ranks, null where one does not vary. Ranks are halves: the sums are exact. */
function correlate(x: Float64Array, y: Float64Array): number | null {
  const mean = (x.length + 1) / 2
  let products = 0
  let squaresOfX = 0
  let squaresOfY = 0
  for (let i = 0; i < x.length; i++) {
    const offX = (x[i] as number) - mean
    const offY = (y[i] as number) - mean
    products += offX * offY
    squaresOfX += offX * offX
    squaresOfY += offY * offY
  }
  if (squaresOfX === 0 || squaresOfY === 0) return null
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresOfX * squaresOfY)))
}
