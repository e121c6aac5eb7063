/** Duration of an RR interval that can be a normal beat, ms, both limits included [endpoints 8]. */
const SHORTEST_MS = 300
const LONGEST_MS = 2000
/** An interval may differ by this share from the median of the accepted intervals before it, the share included. */
const LARGEST_JUMP = 0.2
const PRECEDING = 5
/** R-NUM. */
const TOLERANCE = 1e-9

/**
 * Which RR intervals of a record are not intervals between normal beats (NN).
 *
 * Definition  outside 300-2000 ms, or more than 20 % away from the median of the up to 5 accepted intervals before it.
 *             The first interval in the range is accepted. The median of an even number is the mean of the middle two.
 * Input       RR intervals in ms, in order. Whatever is not a number is an artefact.
 * Output      one byte per interval: 1 artefact, 0 NN.
 * Throws      never.
 * Note        the rule looks back only: after a lasting jump of more than 20 %, or behind a wrong first interval, it
 *             accepts nothing more, and the record falls to the limit of 20 % corrected intervals.
 * Source      [endpoints 8]; what stands in the median of fewer than five is [P].
 */
export function findArtefacts(rr: Float64Array): Uint8Array {
  const artefacts = new Uint8Array(rr.length)
  const preceding = new Float64Array(PRECEDING)
  let accepted = 0
  for (let at = 0; at < rr.length; at++) {
    const interval = rr[at]
    if (isInRange(interval) && isNear(interval, preceding.subarray(0, Math.min(accepted, PRECEDING)))) {
      preceding[accepted++ % PRECEDING] = interval
    } else {
      artefacts[at] = 1
    }
  }
  return artefacts
}

const isInRange = (interval: number): boolean =>
  interval >= SHORTEST_MS - TOLERANCE && interval <= LONGEST_MS + TOLERANCE

function isNear(interval: number, preceding: Float64Array): boolean {
  if (preceding.length === 0) return true
  const median = medianOf(preceding)
  return Math.abs(interval - median) <= LARGEST_JUMP * median + TOLERANCE
}

function medianOf(values: Float64Array): number {
  const sorted = values.toSorted()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
