import { type Adjusted, adjustInOrder } from './adjust-in-order.ts'

export type { Adjusted }

/**
 * p values adjusted by Hochberg.
 *
 * Definition  step-up: the i-th smallest of m becomes min over j >= i of (m - j + 1) p(j). Valid under positive dependence.
 * Input       p values in any order; a missing one (null) stays missing and does not count in m.
 * Source      Hochberg, Biometrika 1988;75:800-802.
 */
export const hochberg = (values: readonly Adjusted[]): Adjusted[] =>
  adjustInOrder(values, (sorted) => {
    let lowest = 1
    const found = sorted.slice()
    for (let k = sorted.length - 1; k >= 0; k--) {
      lowest = Math.min(lowest, (sorted.length - k) * (sorted[k] as number))
      found[k] = lowest
    }
    return found
  })
