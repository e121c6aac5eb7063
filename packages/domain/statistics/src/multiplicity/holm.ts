import { type Adjusted, adjustInOrder } from './adjust-in-order.ts'

/**
 * p values adjusted by Holm.
 *
 * Definition  step-down: the i-th smallest of m becomes max over j <= i of (m - j + 1) p(j), at most 1.
 * Input       p values in any order; a missing one (null) stays missing and does not count in m.
 * Source      Holm, Scand J Stat 1979;6:65-70.
 */
export const holm = (values: readonly Adjusted[]): Adjusted[] =>
  adjustInOrder(values, (sorted) => {
    let highest = 0
    return sorted.map((p, k) => {
      highest = Math.max(highest, Math.min(1, (sorted.length - k) * p))
      return highest
    })
  })
