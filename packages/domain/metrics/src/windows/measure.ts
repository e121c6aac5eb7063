import type { Quantity } from './quantities.ts'

/**
 * A metric of one window as data: `AVAL = scale * numerator / denominator`, both summed over the days of the window.
 *
 * `observed` counts the days the metric rests on (NOBS, O); a window is valid from `Span.minObserved` of them on, unless
 * `needsDays` is false (compliance). `counts` says that the numerator counts events (NEVT, and PRORATE when O < scale).
 */
export interface Measure {
  readonly windows: 'periods' | 'weeks'
  readonly numerator: Quantity
  readonly denominator: Quantity
  readonly observed: Quantity
  readonly scale: number
  readonly counts: boolean
  readonly needsDays: boolean
}
