import type { Areason } from '@afferent/records'
import { type ResponseRule, writeChange, writeResponse } from '../responses/response-columns.ts'
import type { Measure } from '../windows/measure.ts'
import { QUANTITIES } from '../windows/quantities.ts'
import type { WindowColumns } from '../windows/window-columns.ts'
import { WINDOW } from '../windows/window-state.ts'
import { DTYPE, type EffectRows } from './effect-rows.ts'
import { SAYS } from './said.ts'

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
  { visit, from, to, minObserved }: WindowColumns,
  states: Uint8Array,
  totals: Float64Array,
  windows: number,
  flag: ((window: number, value: number) => void) | null = null,
): number {
  const { numerator: numeratorAt, denominator: denominatorAt, observed: observedAt, scale, counts } = measure
  const { awlo, awhi, nobs, nevt, aval, dtype } = rows
  const baseNumerator = totals[numeratorAt] as number
  const baseDenominator = totals[denominatorAt] as number
  let base = Number.NaN
  for (let w = 0, at = 0; w < windows; w++, at += QUANTITIES) {
    const state = states[w] as number
    if ((state & WINDOW.scheduled) === 0) continue
    const numerator = totals[at + numeratorAt] as number
    const denominator = totals[at + denominatorAt] as number
    const observed = totals[at + observedAt] as number
    const row = rows.next(subject, place, visit[w] as number)
    awlo[row] = from[w] as number
    awhi[row] = to[w] as number
    nobs[row] = observed
    if (counts) nevt[row] = numerator
    const reason = reasonOf(state, never, measure, observed, minObserved[w] as number, denominator, w === 0)
    let value = Number.NaN
    let says = counts ? SAYS.window | SAYS.nobs | SAYS.nevt : SAYS.window | SAYS.nobs
    says |= reason === 'NOT_REACHED' ? SAYS.provisional : SAYS.analysed
    if (reason === null) {
      value = (scale * numerator) / denominator
      aval[row] = value
      says |= SAYS.aval
      if (counts && observed < scale) {
        dtype[row] = DTYPE.PRORATE
        says |= SAYS.dtype
      }
    } else {
      rows.why(reason)
    }
    if (w === 0) {
      says |= SAYS.baseline
      base = value
      if (reason === null) {
        rows.base[row] = value
        says |= SAYS.base
      }
    } else {
      says |= writeAgainstBase(rows, rule, base, value, reason, baseNumerator, baseDenominator, numerator, denominator)
    }
    rows.say(says)
    flag?.(w, value)
  }
  return base
}

/**
 * BASE, CHG, PCHG and responder columns of a post-baseline row; NaN stands for 'no value'. Returns what the row says by
 * them (SAYS).
 */
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
): number {
  if (Number.isNaN(base)) {
    if (reason === null) rows.why('NO_BASELINE')
    return 0
  }
  rows.base[rows.row] = base
  let says: number = SAYS.base
  if (reason === null) says |= writeChange(rows, base, value)
  if (rule === null || reason === 'NOT_REACHED') return says
  return says | writeResponse(rows, rule, baseNumerator, baseDenominator, reason === null, numerator, denominator)
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
