import type { NoAnswer } from '../no-answer.ts'
import type { Adjusted } from './adjust-in-order.ts'

const ROUNDING = 1e-12

/**
 * p values adjusted for a graph of hypotheses.
 *
 * Definition  hypotheses start with weights (sum at most 1); the one of the least p / weight is taken, its adjusted p is that
 *             ratio, not below the last one and at most 1; its weight goes along its arrows: w_l + w_j g_jl, and
 *             g_lk becomes (g_lk + g_lj g_jk) / (1 - g_lj g_jl), 0 where that is 1. Until all are taken. A hypothesis of weight 0
 *             has 1. Holm, fixed sequences and gatekeepers are such graphs.
 * Input       p values; weights; arrows as rows, each summing to at most 1, none to itself. A missing p value (null) keeps its
 *             weight and has none.
 * Undefined   weights or arrows that do not fit: a reason.
 * Source      Bretz, Maurer, Brannath and Posch, Stat Med 2009;28:586-604, algorithm 2.
 */
export function gatekeeping(
  values: readonly Adjusted[],
  weights: readonly number[],
  arrows: readonly (readonly number[])[],
): Adjusted[] | NoAnswer {
  if (!fits(weights, values.length)) return { reason: 'the weights do not fit' }
  const rows = arrows.length === values.length && arrows.every((row, j) => fits(row, values.length) && row[j] === 0)
  if (!rows) return { reason: 'the arrows do not fit' }
  const found: Adjusted[] = values.map(() => null)
  let left = [...values.keys()].filter((place) => values[place] !== null)
  let w = weights.slice()
  let g = arrows.map((row) => row.slice())
  let last = 0
  const ratioOf = (place: number): number => {
    const own = w[place] as number
    return own > ROUNDING ? (values[place] as number) / own : Number.POSITIVE_INFINITY
  }
  while (left.length > 0) {
    const taken = left.reduce((best, place) => (ratioOf(place) < ratioOf(best) ? place : best))
    last = Math.max(last, Math.min(1, ratioOf(taken)))
    found[taken] = last
    left = left.filter((place) => place !== taken)
    ;[w, g] = passOn(w, g, taken)
  }
  return found
}

const fits = (parts: readonly number[], length: number): boolean =>
  parts.length === length &&
  parts.every((part) => part >= 0) &&
  parts.reduce((sum, part) => sum + part, 0) <= 1 + ROUNDING

/** Weights and arrows once a hypothesis is taken. */
function passOn(w: readonly number[], g: readonly (readonly number[])[], taken: number): [number[], number[][]] {
  const arrow = (from: number, to: number): number => g[from]?.[to] as number
  const weights = w.map((weight, l) => (l === taken ? 0 : weight + (w[taken] as number) * arrow(taken, l)))
  const arrows = g.map((row, l) =>
    row.map((own, k) => {
      if (l === k || l === taken || k === taken) return 0
      const back = arrow(l, taken) * arrow(taken, l)
      return back < 1 - ROUNDING ? (own + arrow(l, taken) * arrow(taken, k)) / (1 - back) : 0
    }),
  )
  return [weights, arrows]
}
