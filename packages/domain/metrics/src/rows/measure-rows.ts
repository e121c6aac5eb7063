import type { Areason } from '@afferent/records'
import { toStudyDay } from '@afferent/study'
import { type ResponseRule, writeChange, writeResponse } from '../responses/response-columns.ts'
import type { Measure } from '../windows/measure.ts'
import { QUANTITIES } from '../windows/quantities.ts'
import type { Schedule, Span } from '../windows/schedule.ts'
import { WINDOW } from '../windows/window-state.ts'
import type { EffectRows } from './effect-rows.ts'

/**
 * Rows of one parameter and one subject: the baseline, then every scheduled window up to the cut (R-NOPOST).
 *
 * A window has a value when it is over, starts before discontinuation, its criterion can be met by the export's fields,
 * and enough of its days are observed; else AVAL is null and AREASON says why, the first reason of R-NOPOST.
 * Returns BASE, NaN where the baseline has no value. `windows` limits how many are written (1: the baseline alone); `flag`
 * writes further columns of each row.
 */
export function writeMeasure(
  rows: EffectRows,
  subject: number,
  place: number,
  measure: Measure,
  rule: ResponseRule | null,
  never: Areason | null,
  schedule: Schedule,
  states: Uint8Array,
  totals: Float64Array,
  windows: number,
  flag: ((span: Span, value: number) => void) | null = null,
): number {
  const spans = schedule.spans
  const baseNumerator = totals[measure.numerator] as number
  const baseDenominator = totals[measure.denominator] as number
  let base = Number.NaN
  for (let w = 0; w < windows; w++) {
    const state = states[w] as number
    if ((state & WINDOW.scheduled) === 0) continue
    const span = spans[w] as Span
    const at = w * QUANTITIES
    const numerator = totals[at + measure.numerator] as number
    const denominator = totals[at + measure.denominator] as number
    const observed = totals[at + measure.observed] as number
    rows.next(subject, place, span.visit)
    rows.window(toStudyDay(span.from), toStudyDay(span.to))
    rows.nobs.put(rows.row, observed)
    if (measure.counts) rows.nevt.put(rows.row, numerator)
    const reason = reasonOf(state, never, measure, observed, span.minObserved, denominator, w === 0)
    const value = reason === null ? (measure.scale * numerator) / denominator : Number.NaN
    if (reason === 'NOT_REACHED') rows.isProvisional()
    else rows.isAnalysed()
    if (reason === null) {
      rows.aval.put(rows.row, value)
      if (measure.counts && observed < measure.scale) rows.derivedBy('PRORATE')
    } else {
      rows.why(reason)
    }
    flag?.(span, value)
    if (w === 0) {
      rows.isBaseline()
      base = value
      if (reason === null) rows.base.put(rows.row, base)
      continue
    }
    writeAgainstBase(rows, rule, base, value, reason, baseNumerator, baseDenominator, numerator, denominator)
  }
  return base
}

/** BASE, CHG, PCHG and responder columns of a post-baseline row; NaN stands for 'no value'. */
export function writeAgainstBase(
  rows: EffectRows,
  rule: ResponseRule | null,
  base: number,
  value: number,
  reason: Areason | null,
  baseNumerator: number,
  baseDenominator: number,
  numerator: number,
  denominator: number,
): void {
  if (Number.isNaN(base)) {
    if (reason === null) rows.why('NO_BASELINE')
    return
  }
  rows.base.put(rows.row, base)
  if (reason === null) writeChange(rows, base, value)
  if (rule === null || reason === 'NOT_REACHED') return
  writeResponse(rows, rule, baseNumerator, baseDenominator, reason === null, numerator, denominator)
}

/** Why a window has no value: the first reason of R-NOPOST that holds, or null. */
export function reasonOf(
  state: number,
  never: Areason | null,
  measure: Pick<Measure, 'needsDays'>,
  observed: number,
  minObserved: number,
  denominator: number,
  isBaseline: boolean,
): Areason | null {
  if (state & WINDOW.notReached) return 'NOT_REACHED'
  if (state & WINDOW.discontinued) return 'DISCONTINUED'
  if (never !== null) return never
  if (measure.needsDays && (observed < minObserved || observed === 0)) {
    return isBaseline ? 'NO_BASELINE' : 'INSUFFICIENT_DAYS'
  }
  // Days enough, but nothing to take a mean of (no headache day, no attack).
  return denominator === 0 ? 'NOT_EVALUABLE' : null
}
