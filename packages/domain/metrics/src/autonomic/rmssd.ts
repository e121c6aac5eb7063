/**
 * RMSSD: how much the heart changes its pace from one beat to the next.
 *
 * Definition  square root of the mean squared difference between neighbouring NN intervals.
 * Input       successive differences in ms, none of them across a removed interval.
 * Output      ms. NaN: no difference.
 * Throws      never.
 * Source      Task Force, Eur Heart J 1996;17:354-381 [C 45].
 */
export function rmssd(differences: Float64Array): number {
  if (differences.length === 0) return Number.NaN
  return Math.sqrt(differences.reduce((sum, difference) => sum + difference ** 2, 0) / differences.length)
}
