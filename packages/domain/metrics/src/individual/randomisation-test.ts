import { TOLERANCE } from '../responses/response.ts'

export interface RandomisationTest {
  /** Difference of the phase means in the direction of improvement: above 0, the treatment phase is better. */
  readonly statistic: number
  readonly p: number
  /** Admissible start points, and how many of them give a statistic as large as the observed one. */
  readonly startPoints: number
  readonly asLarge: number
}

/**
 * Randomisation test of a trial in one patient whose start of treatment was drawn among the admissible occasions.
 *
 * Definition  statistic: mean(A) - mean(B), sign turned where higher is better. p: the share of the admissible start points
 *             whose statistic is at least the observed one, less 1e-9; the observed one is among them, so that p >= 1 / k.
 * Input       series: one place per occasion (day, week) in the order of time, NaN where no value was observed.
 *             start: place of the first occasion of phase B. shortestA, shortestB: occasions, at least 1 each.
 * Missing     the lengths of phases count occasions, the means observed values. A start point that leaves a phase without
 *             values counts as one that is at least as large: p is never too small [P].
 * Undefined   start is not admissible, or a phase of the observed split has no values: null.
 * Source      Edgington, J Psychol 1975;90:57-68 [L].
 */
export function randomisationTest(
  series: Float64Array,
  start: number,
  shortestA: number,
  shortestB: number,
  lowerIsBetter: boolean,
): RandomisationTest | null {
  const first = Math.max(1, shortestA)
  const last = series.length - Math.max(1, shortestB)
  if (!(Number.isInteger(start) && start >= first && start <= last)) return null
  const statistics = statisticsOf(series, first, last, lowerIsBetter)
  const statistic = statistics[start - first] as number
  if (Number.isNaN(statistic)) return null
  const asLarge = countAsLarge(statistics, statistic)
  return { statistic, p: asLarge / statistics.length, startPoints: statistics.length, asLarge }
}

/**
 * How many statistics of a reference set are at least the observed one (R-NUM tolerance), one that is not known included.
 * Divided by their number it is the p of any randomisation test: over start points, or over assignments.
 */
export function countAsLarge(statistics: Float64Array, observed: number): number {
  let asLarge = 0
  for (const statistic of statistics) if (!(statistic < observed - TOLERANCE)) asLarge++
  return asLarge
}

/** One statistic per start point from `first` to `last`, NaN where a phase has no value. */
function statisticsOf(series: Float64Array, first: number, last: number, lowerIsBetter: boolean): Float64Array {
  const statistics = new Float64Array(last - first + 1)
  const whole = addUp(series, 0, series.length)
  const before = addUp(series, 0, first)
  for (let start = first; start <= last; start++) {
    const fall = before.sum / before.count - (whole.sum - before.sum) / (whole.count - before.count)
    statistics[start - first] = lowerIsBetter ? fall : 0 - fall
    const next = addUp(series, start, start + 1)
    before.sum += next.sum
    before.count += next.count
  }
  return statistics
}

function addUp(series: Float64Array, from: number, to: number): { sum: number; count: number } {
  let sum = 0
  let count = 0
  for (let i = from; i < to; i++) {
    const value = series[i] as number
    if (Number.isNaN(value)) continue
    sum += value
    count++
  }
  return { sum, count }
}
