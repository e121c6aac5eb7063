import type { Measure } from '../windows/measure.ts'
import { QUANTITIES } from '../windows/quantities.ts'
import type { Schedule, Span } from '../windows/schedule.ts'
import { WINDOW } from '../windows/window-state.ts'
import { meetsCut } from './response.ts'

/** One window's answer to 'reduced by at least the cut?'. */
export const RESPONSE = { missing: 0, no: 1, yes: 2 } as const

/**
 * For each window after the baseline (position 0 is the first): reduced by at least `cut` percent, not, or missing.
 * `validity` is that of the windows themselves: over, not discontinued, enough days.
 *
 * Returns 'no-baseline' or 'zero-baseline' where nothing can be compared: a valid window is then a 'no'.
 */
export function responsesOverTime(
  into: Uint8Array,
  measure: Measure,
  schedule: Schedule,
  states: Uint8Array,
  totals: Float64Array,
  cut: number,
): 'compared' | 'no-baseline' | 'zero-baseline' {
  into.fill(RESPONSE.missing)
  const baseNumerator = totals[measure.numerator] as number
  const baseDenominator = totals[measure.denominator] as number
  const hasBaseline = isValid(measure, schedule, states, totals, 0)
  const comparable = hasBaseline && baseNumerator !== 0
  for (let w = 1; w < schedule.spans.length; w++) {
    if (!isValid(measure, schedule, states, totals, w)) continue
    const numerator = totals[w * QUANTITIES + measure.numerator] as number
    const denominator = totals[w * QUANTITIES + measure.denominator] as number
    const met = comparable && meetsCut(baseNumerator, baseDenominator, numerator, denominator, cut, false)
    into[w - 1] = met ? RESPONSE.yes : RESPONSE.no
  }
  if (!hasBaseline) return 'no-baseline'
  return comparable ? 'compared' : 'zero-baseline'
}

function isValid(measure: Measure, schedule: Schedule, states: Uint8Array, totals: Float64Array, w: number): boolean {
  if (states[w] !== WINDOW.scheduled) return false
  const observed = totals[w * QUANTITIES + measure.observed] as number
  return observed > 0 && observed >= (schedule.spans[w] as Span).minObserved
}

/** Response in each of the last `count` scheduled windows; a missing one breaks it. Fewer windows than that: null. */
export function isSustained(responses: Uint8Array, count: number): boolean | null {
  if (responses.length < count || count < 1) return null
  return responses.subarray(responses.length - count).every((response) => response === RESPONSE.yes)
}

/** Response in at least one of the first `within` windows, confirmed in the next scheduled one. */
export function isEarly(responses: Uint8Array, within: number): boolean {
  for (let w = 0; w < Math.min(within, responses.length - 1); w++) {
    if (responses[w] === RESPONSE.yes && responses[w + 1] === RESPONSE.yes) return true
  }
  return false
}

/** Position of the first window of the first run of `length` consecutive responses; -1: there is none. */
export const firstRun = (responses: Uint8Array, length: number): number => runOf(RESPONSE.yes, responses, length, 0)

/** The same of windows from `from` on that have a value and show no response. */
export const firstLoss = (responses: Uint8Array, length: number, from: number): number =>
  runOf(RESPONSE.no, responses, length, from)

function runOf(wanted: number, responses: Uint8Array, length: number, from: number): number {
  let run = 0
  for (let w = from; w < responses.length; w++) {
    run = responses[w] === wanted ? run + 1 : 0
    if (run === length) return w - length + 1
  }
  return -1
}

/** Position of the last window with a value; -1: there is none. */
export function lastKnown(responses: Uint8Array): number {
  for (let w = responses.length - 1; w >= 0; w--) if (responses[w] !== RESPONSE.missing) return w
  return -1
}
