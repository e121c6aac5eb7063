/**
 * Differences between neighbouring NN intervals, each minus the one before it.
 *
 * Definition  no difference is taken across a removed interval: both of its sides must be NN.
 * Input       RR intervals in ms; artefacts: 1 where an interval is not NN.
 * Output      ms, in order; empty where no two NN intervals stand side by side.
 * Throws      never.
 * Source      [endpoints 8].
 */
export function successiveDifferences(rr: Float64Array, artefacts: Uint8Array): Float64Array {
  const differences = new Float64Array(Math.max(0, rr.length - 1))
  let count = 0
  for (let at = 1; at < rr.length; at++) {
    if (artefacts[at - 1] === 0 && artefacts[at] === 0) differences[count++] = rr[at] - rr[at - 1]
  }
  return differences.subarray(0, count)
}
