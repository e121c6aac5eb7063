import { Z } from '@afferent/distributions'

/** An arm whose index is no further from 0 is taken as blinded [L]. */
const BLINDED_WITHIN = 0.2
/** R-NUM. */
const TOLERANCE = 1e-9

/** An index with standard error and normal 95 % limits. */
export interface Index {
  readonly n: number
  readonly estimate: number
  readonly se: number
  readonly lower: number
  readonly upper: number
}

/** What the subjects of one arm believe to have received. */
export interface Guesses {
  readonly correct: number
  readonly incorrect: number
  readonly unsure: number
}

/**
 * Bang's blinding index of one arm: right guesses beyond wrong ones.
 *
 * Definition  (correct - incorrect) / n, n all answers, "don't know" included; var = [p1 (1 - p1) + p2 (1 - p2) + 2 p1 p2] / n
 *             with p1 and p2 the shares of correct and incorrect guesses; normal limits, not cut at -1 and 1 [P].
 * Output      0 guesses at random, 1 all right, -1 all wrong. `blinded`: within 0.2 of 0, 0.2 included [L].
 * Undefined   no answers: null.
 * Source      Bang, Ni and Davis, Control Clin Trials 2004;25:143-156 [C 53].
 */
export function bangIndex({ correct, incorrect, unsure }: Guesses): (Index & { readonly blinded: boolean }) | null {
  const n = correct + incorrect + unsure
  if (n === 0) return null
  const estimate = (correct - incorrect) / n
  const p1 = correct / n
  const p2 = incorrect / n
  const se = Math.sqrt((p1 * (1 - p1) + p2 * (1 - p2) + 2 * p1 * p2) / n)
  return { ...toIndex(n, estimate, se), blinded: Math.abs(estimate) <= BLINDED_WITHIN + TOLERANCE }
}

export const toIndex = (n: number, estimate: number, se: number): Index => ({
  n,
  estimate,
  se,
  lower: estimate - Z * se,
  upper: estimate + Z * se,
})
