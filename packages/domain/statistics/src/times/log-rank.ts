import { chiSquareUpperTail } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import { orderByTime, timesProblem } from './event-times.ts'

export interface LogRank {
  readonly chiSquare: number
  readonly p: number
  /** Events of arm 1, and how many were expected. */
  readonly observed: number
  readonly expected: number
}

/**
 * Log-rank test of two arms, over strata.
 *
 * Definition  (sum d1 - d n1 / n)^2 / sum V on 1 df, V = d (n1 / n) (1 - n1 / n) (n - d) / (n - 1), over event times within strata.
 * Input       times, events, arms coded 0 and 1, strata by code; in any order.
 * Undefined   nobody, an empty arm, a missing time, no event with both arms at risk: a reason.
 * Source      Mantel, Cancer Chemother Rep 1966;50:163-170; Peto and Peto, JRSS A 1972;135:185-207.
 */
export function logRank(
  times: Float64Array,
  events: Uint8Array,
  arm: Int32Array,
  strata: Int32Array = new Int32Array(arm.length),
): LogRank | NoAnswer {
  const problem = timesProblem(times, events)
  if (problem !== null) return problem
  if (!arm.includes(0) || !arm.includes(1)) return { reason: 'an arm has no subjects' }
  const order = orderByTime(times, events)
  let observed = 0
  let expected = 0
  let variance = 0
  for (const stratum of new Set(strata.toSorted())) {
    const own = order.filter((place) => strata[place] === stratum)
    let first = own.reduce((sum, place) => sum + (arm[place] as number), 0)
    for (let start = 0; start < own.length; ) {
      const time = times[own[start] as number] as number
      const risk = own.length - start
      const share = first / risk
      let died = 0
      for (; start < own.length && times[own[start] as number] === time; start++) {
        const place = own[start] as number
        died += events[place] as number
        observed += (events[place] as number) * (arm[place] as number)
        first -= arm[place] as number
      }
      expected += died * share
      if (risk > 1) variance += (died * share * (1 - share) * (risk - died)) / (risk - 1)
    }
  }
  if (!(variance > 0)) return { reason: 'there is no event while both arms are at risk' }
  const chiSquare = (observed - expected) ** 2 / variance
  return { chiSquare, p: chiSquareUpperTail(chiSquare, 1), observed, expected }
}
