import type { NoAnswer } from '../no-answer.ts'
import { randomAt } from './random.ts'

/** Figures closer than this are equal. */
const EQUAL_WITHIN = 1e-9

/** A figure of the subjects under an assignment of arms, as a difference; null where it does not exist. */
export type AssignedFigure = (arm: Int32Array) => number | null

export interface Permutations {
  readonly seed: string
  readonly analysis: string
  readonly arm: Int32Array
  /** Arms are exchanged within strata; absent: among all. */
  readonly strata?: Int32Array
  readonly statistic: AssignedFigure
}

/**
 * How many of the permutations `from` to below `to` are at least as far from 0 as what was observed; null where a figure does
 * not exist. Parts may be counted anywhere and added.
 */
export function countExtremes(
  { seed, analysis, arm, strata, statistic }: Permutations,
  from: number,
  to: number,
): number | null {
  const observed = statistic(arm)
  if (observed === null) return null
  const groups = new Map<number, number[]>()
  arm.forEach((_, i) => {
    const group = strata?.[i] ?? 0
    const own = groups.get(group)
    if (own === undefined) groups.set(group, [i])
    else own.push(i)
  })
  let count = 0
  for (let b = from; b < to; b++) {
    const random = randomAt(seed, analysis, b)
    const assigned = arm.slice()
    for (const places of groups.values()) {
      // Fisher and Yates: each place from the last on takes one of those not taken.
      for (let k = places.length - 1; k > 0; k--) {
        const [one, other] = [places[k] as number, places[random.below(k + 1)] as number]
        const held = assigned[one] as number
        assigned[one] = assigned[other] as number
        assigned[other] = held
      }
    }
    const figure = statistic(assigned)
    if (figure === null) return null
    if (Math.abs(figure) >= Math.abs(observed) - EQUAL_WITHIN) count++
  }
  return count
}

/**
 * Two-sided p of a permutation test.
 *
 * Definition  (1 + permutations at least as far from 0) / (1 + permutations): the observed assignment is one of them, so that p is
 *             never 0.
 * Undefined   a permutation without a figure: a reason.
 * Source      Phipson and Smyth, Stat Appl Genet Mol Biol 2010;9:39 [L].
 */
export function permutationP(counts: readonly (number | null)[], permutations: number): number | NoAnswer {
  let sum = 0
  for (const count of counts) {
    if (count === null) return { reason: 'a permutation has no figure' }
    sum += count
  }
  return (1 + sum) / (1 + permutations)
}
