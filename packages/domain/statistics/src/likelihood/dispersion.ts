import { bracketedRoot } from '../bracketed-root.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import type { Maximum } from './maximize.ts'

/** A dispersion above this has no largest likelihood. */
const LARGEST = 1e7

/**
 * The dispersion of largest likelihood, 0 included, all coefficients being fitted anew at each.
 *
 * Definition  0 where the likelihood does not rise from 0 on (slope within rounding, `smallest`, of 0); else where its slope by
 *             the dispersion is 0.
 * Input       `fitAt` the coefficients at a dispersion; `slopeAt` the slope there.
 */
export function fitDispersion(
  fitAt: (dispersion: number, start: Float64Array | null) => Maximum | NoAnswer,
  slopeAt: (dispersion: number, place: Float64Array) => number,
  smallest: number,
): { readonly dispersion: number; readonly fit: Maximum } | NoAnswer {
  const none = fitAt(0, null)
  if (isMissing(none)) return none
  if (!(slopeAt(0, none.place) > smallest)) return { dispersion: 0, fit: none }
  let last: Maximum = none
  let failure: NoAnswer | null = null
  const slope = (dispersion: number): number => {
    const fit = fitAt(dispersion, last.place)
    if (isMissing(fit)) {
      failure = fit
      return Number.NaN
    }
    last = fit
    return slopeAt(dispersion, fit.place)
  }
  let end = 0.25
  while (end < LARGEST && slope(end) > 0) end *= 4
  if (failure !== null) return failure
  if (end >= LARGEST) return { reason: 'the dispersion has no estimate' }
  const dispersion = bracketedRoot(slope, 0, end)
  const fit = fitAt(dispersion, last.place)
  if (failure !== null) return failure
  return isMissing(fit) ? fit : { dispersion, fit }
}
