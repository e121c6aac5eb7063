import { SPAN_VISIT, type ValueParameter } from '@afferent/study'
import { type ResponseRule, writeChange, writeResponse } from '../responses/response-columns.ts'
import type { ValuePass } from '../windows/value-pass.ts'
import type { EffectRows } from './effect-rows.ts'
import { SAYS } from './said.ts'

/**
 * Rows of a value the export summarised itself: one per phase and visit, with the phase's own baseline (visit 0).
 *
 * Definition  AVAL = value * perDays / days of the visit's period for a count; else the value as exported.
 * Input       NEVT the exported count, NOBS the days it was counted over (none for a value that is no count).
 * Undefined   a value that is not there: MISSING_ITEMS, at the baseline NO_BASELINE. There is no window, so neither
 *             NOT_REACHED nor DISCONTINUED can be told.
 */
export function writeValues(
  rows: EffectRows,
  pass: ValuePass,
  subject: number,
  place: number,
  parameter: ValueParameter,
  index: number,
  rule: ResponseRule,
): void {
  for (let slot = 0; slot < pass.slots; slot++) {
    if (!pass.hasSlot(slot)) continue
    const basePlace = parameter.visits.findIndex(({ visit }) => visit === 0)
    const baseNumerator = basePlace < 0 ? Number.NaN : pass.valueAt(slot, index, basePlace)
    const baseDenominator = basePlace < 0 ? 1 : denominatorOf(parameter, basePlace)
    parameter.visits.forEach(({ visit, days }, at) => {
      const numerator = pass.valueAt(slot, index, at)
      open(rows, pass, subject, place, visit, slot)
      if (days !== null) rows.observed(days)
      if (days !== null && !Number.isNaN(numerator)) rows.counted(numerator)
      finish(
        rows,
        rule,
        visit === 0,
        parameter,
        baseNumerator,
        baseDenominator,
        numerator,
        denominatorOf(parameter, at),
      )
    })
  }
}

/**
 * The pooled value over all visits after the baseline (suffix P), after its baseline row, per phase.
 *
 * Definition  counts: perDays * sum of counts / sum of the days they were counted over; other values: their mean.
 * Valid       visits with a value cover at least `pooled.minObsFraction` (0.5) of the days (of the visits).
 */
export function writePooledValues(
  rows: EffectRows,
  pass: ValuePass,
  subject: number,
  place: number,
  parameter: ValueParameter,
  index: number,
  rule: ResponseRule,
  minFraction: number,
): void {
  const basePlace = parameter.visits.findIndex(({ visit }) => visit === 0)
  for (let slot = 0; slot < pass.slots; slot++) {
    if (!pass.hasSlot(slot)) continue
    const baseNumerator = basePlace < 0 ? Number.NaN : pass.valueAt(slot, index, basePlace)
    const baseDenominator = basePlace < 0 ? 1 : denominatorOf(parameter, basePlace)
    open(rows, pass, subject, place, 0, slot)
    finish(rows, rule, true, parameter, baseNumerator, baseDenominator, baseNumerator, baseDenominator)
    const sum = poolOf(pass, slot, parameter, index)
    open(rows, pass, subject, place, SPAN_VISIT, slot)
    if (isCount(parameter)) {
      rows.observed(sum.denominator)
      rows.counted(sum.numerator)
    }
    const valid = sum.denominator > 0 && sum.denominator >= minFraction * sum.scheduled
    const numerator = valid ? sum.numerator : Number.NaN
    finish(rows, rule, false, parameter, baseNumerator, baseDenominator, numerator, sum.denominator)
  }
}

export const isCount = (parameter: ValueParameter): boolean =>
  parameter.perDays !== null && parameter.visits.every(({ days }) => days !== null)

/** Days a count is divided by; 1 for a value that stands as exported. */
export function denominatorOf(parameter: ValueParameter, at: number): number {
  return isCount(parameter) ? (parameter.visits[at]?.days as number) : 1
}

function poolOf(
  pass: ValuePass,
  slot: number,
  parameter: ValueParameter,
  index: number,
): { numerator: number; denominator: number; scheduled: number } {
  let numerator = 0
  let denominator = 0
  let scheduled = 0
  parameter.visits.forEach(({ visit }, at) => {
    if (visit === 0) return
    scheduled += denominatorOf(parameter, at)
    const value = pass.valueAt(slot, index, at)
    if (Number.isNaN(value)) return
    numerator += value
    denominator += denominatorOf(parameter, at)
  })
  return { numerator, denominator, scheduled }
}

function open(rows: EffectRows, pass: ValuePass, subject: number, place: number, visit: number, slot: number): void {
  rows.next(subject, place, visit)
  rows.say(SAYS.analysed)
  if (slot > 0) rows.phase(slot - 1)
  const treatment = pass.treatmentOf(slot)
  if (treatment >= 0) rows.treatmentOf(treatment)
}

/** AVAL, BASE, CHG and responder columns; NaN stands for 'no value'. */
function finish(
  rows: EffectRows,
  rule: ResponseRule,
  isBaseline: boolean,
  parameter: ValueParameter,
  baseNumerator: number,
  baseDenominator: number,
  numerator: number,
  denominator: number,
): void {
  const scale = isCount(parameter) ? (parameter.perDays as number) : 1
  const known = !Number.isNaN(numerator)
  const value = (scale * numerator) / denominator
  if (known) rows.value(value)
  if (isBaseline) {
    rows.say(SAYS.baseline)
    if (known) rows.baseIs(value)
    else rows.why('NO_BASELINE')
    return
  }
  if (!known) rows.why('MISSING_ITEMS')
  if (Number.isNaN(baseNumerator)) {
    if (known) rows.why('NO_BASELINE')
    return
  }
  const base = (scale * baseNumerator) / baseDenominator
  rows.baseIs(base)
  if (known) rows.say(writeChange(rows, base, value))
  rows.say(writeResponse(rows, rule, baseNumerator, baseDenominator, known, numerator, denominator))
}
