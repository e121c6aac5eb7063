/**
 * SDNN: how far the intervals between normal beats spread.
 *
 * Definition  sample standard deviation (n - 1) of the NN intervals.
 * Input       RR intervals in ms; artefacts: 1 where an interval is not NN.
 * Output      ms. NaN: fewer than two NN intervals.
 * Throws      never.
 * Source      Task Force, Eur Heart J 1996;17:354-381 [C 45].
 */
export function sdnn(rr: Float64Array, artefacts: Uint8Array): number {
  const nn = rr.filter((_, at) => artefacts[at] === 0)
  if (nn.length < 2) return Number.NaN
  const mean = nn.reduce((sum, interval) => sum + interval, 0) / nn.length
  const squares = nn.reduce((sum, interval) => sum + (interval - mean) ** 2, 0)
  return Math.sqrt(squares / (nn.length - 1))
}
