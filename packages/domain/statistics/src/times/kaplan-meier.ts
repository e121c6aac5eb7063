import { Z } from '@afferent/distributions'
import type { NoAnswer } from '../no-answer.ts'
import { orderByTime, timesProblem } from './event-times.ts'

/** Shares closer to one half than this are one half. */
const SAME = 1e-12

/** One entry per time with an event or a censoring, ascending. */
export interface KaplanMeier {
  readonly n: number
  readonly events: number
  readonly time: Float64Array
  readonly atRisk: Int32Array
  readonly eventsAt: Int32Array
  /** Share without event after each time. */
  readonly survival: Float64Array
  /** Greenwood. */
  readonly se: Float64Array
  /** Log-log limits (95 %): both 1 before the first event; null where no share is left. */
  readonly lower: readonly (number | null)[]
  readonly upper: readonly (number | null)[]
  /** Null where more than half stay without event. */
  readonly median: number | null
  readonly medianLower: number | null
  readonly medianUpper: number | null
}

/**
 * Share of subjects without event over time.
 *
 * Definition  S = product of (1 - d / n) over event times, events before censorings at a tie; Greenwood SE S sqrt(G),
 *             G = sum d / (n (n - d)); limits S^exp(-+ z sqrt(G) / log S). Median: the first time with S below 1/2; where S is 1/2 for
 *             a while, the middle between its start and the next event, as R and SAS. Its limits are the first times at which
 *             the limits of S are at most 1/2.
 * Input       times, 0 or later, and 1 for an event, 0 for a censoring; in any order.
 * Undefined   nobody, a missing time: a reason.
 * Source      Kaplan and Meier, JASA 1958;53:457-481; Brookmeyer and Crowley, Biometrics 1982;38:29-41.
 */
export function kaplanMeier(times: Float64Array, events: Uint8Array): KaplanMeier | NoAnswer {
  const problem = timesProblem(times, events)
  if (problem !== null) return problem
  const order = orderByTime(times, events)
  const n = order.length
  const steps = { time: [] as number[], atRisk: [] as number[], eventsAt: [] as number[] }
  for (let start = 0; start < n; ) {
    const time = times[order[start] as number] as number
    let end = start
    let died = 0
    for (; end < n && times[order[end] as number] === time; end++) died += events[order[end] as number] as number
    steps.time.push(time)
    steps.atRisk.push(n - start)
    steps.eventsAt.push(died)
    start = end
  }
  const survival = new Float64Array(steps.time.length)
  const se = new Float64Array(steps.time.length)
  const lower: (number | null)[] = []
  const upper: (number | null)[] = []
  let share = 1
  let greenwood = 0
  steps.time.forEach((_, k) => {
    const risk = steps.atRisk[k] as number
    const died = steps.eventsAt[k] as number
    share *= 1 - died / risk
    greenwood += died === risk ? 0 : died / (risk * (risk - died))
    survival[k] = share
    se[k] = share * Math.sqrt(greenwood)
    const reach = share === 1 ? 0 : (Z * Math.sqrt(greenwood)) / Math.log(share)
    lower.push(share === 0 ? null : share ** Math.exp(-reach))
    upper.push(share === 0 ? null : share ** Math.exp(reach))
  })
  return {
    n,
    events: events.reduce((sum, event) => sum + event, 0),
    time: Float64Array.from(steps.time),
    atRisk: Int32Array.from(steps.atRisk),
    eventsAt: Int32Array.from(steps.eventsAt),
    survival,
    se,
    lower,
    upper,
    median: crossing(steps.time, steps.eventsAt, [...survival]),
    medianLower: crossing(steps.time, steps.eventsAt, lower),
    medianUpper: crossing(steps.time, steps.eventsAt, upper),
  }
}

/** Where a falling share reaches one half; null where it does not. A share that is gone is below. */
function crossing(
  times: readonly number[],
  events: readonly number[],
  shares: readonly (number | null)[],
): number | null {
  const first = shares.findIndex((share) => share !== null && share <= 0.5 + SAME)
  if (first < 0) return null
  const time = times[first] as number
  if (Math.abs((shares[first] as number) - 0.5) > SAME) return time
  const next = events.findIndex((died, k) => k > first && died > 0)
  return next < 0 ? time : (time + (times[next] as number)) / 2
}
