import type { Adjusted } from './adjust-in-order.ts'

/** What became of a hypothesis in a sequence. */
export type Tested = 'rejected' | 'not rejected' | 'not tested'

/**
 * Hypotheses tested one after another, in the order of the protocol.
 *
 * Definition  each at the full level as long as all before it were rejected (p <= level); after the first that is not, the later
 *             ones are not tested. A missing p value (null) stops the sequence: it is not tested either.
 * Source      Maurer, Hothorn and Lehmacher 1995 [L].
 */
export function fixedSequence(values: readonly Adjusted[], level = 0.05): Tested[] {
  let open = true
  return values.map((p) => {
    if (!open || p === null) {
      open = false
      return 'not tested'
    }
    open = p <= level
    return open ? 'rejected' : 'not rejected'
  })
}
