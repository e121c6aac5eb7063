import type { Areason } from '@afferent/records'
import { SPAN_VISIT, toStudyDay } from '@afferent/study'
import type { ResponseRule } from '../responses/response-columns.ts'
import type { Measure } from '../windows/measure.ts'
import { QUANTITIES } from '../windows/quantities.ts'
import type { Schedule, Span } from '../windows/schedule.ts'
import { WINDOW } from '../windows/window-state.ts'
import type { EffectRows } from './effect-rows.ts'
import { writeAgainstBase } from './measure-rows.ts'
import { SAYS } from './said.ts'

/**
 * The row of a pooled endpoint over all scheduled periods, after its baseline row.
 *
 * Definition  28 * sum(E) / sum(O) over all days of the span, invalid periods included; not the mean of the periods.
 * Valid       sum(O) >= `pooled.minObsFraction` (0.5) of the days of the span.
 * Undefined   as for a period; the span is over when its last period is, discontinued when its first one is.
 */
export function writePooled(
  rows: EffectRows,
  subject: number,
  place: number,
  measure: Measure,
  rule: ResponseRule | null,
  never: Areason | null,
  schedule: Schedule,
  states: Uint8Array,
  totals: Float64Array,
  minFraction: number,
  base: number,
): void {
  let events = 0
  let observed = 0
  let days = 0
  for (let w = 1; w < schedule.spans.length; w++) {
    const span = schedule.spans[w] as Span
    events += totals[w * QUANTITIES + measure.numerator] as number
    observed += totals[w * QUANTITIES + measure.observed] as number
    days += span.to - span.from + 1
  }
  const first = schedule.spans[1] as Span
  const last = schedule.spans.at(-1) as Span
  const reason = reasonOf(states, never, observed, minFraction * days)
  const value = reason === null ? (measure.scale * events) / observed : Number.NaN
  rows.next(subject, place, SPAN_VISIT)
  rows.window(toStudyDay(first.from), toStudyDay(last.to))
  rows.observed(observed)
  rows.counted(events)
  rows.say(reason === 'NOT_REACHED' ? SAYS.provisional : SAYS.analysed)
  if (reason === null) {
    rows.value(value)
    if (observed < measure.scale) rows.derivedBy('PRORATE')
  } else {
    rows.why(reason)
  }
  const baseEvents = totals[measure.numerator] as number
  const baseDays = totals[measure.denominator] as number
  rows.say(writeAgainstBase(rows, rule, base, value, reason, baseEvents, baseDays, events, observed))
}

function reasonOf(states: Uint8Array, never: Areason | null, observed: number, needed: number): Areason | null {
  if ((states.at(-1) as number) & WINDOW.notReached || !spanIsScheduled(states)) return 'NOT_REACHED'
  if ((states[1] as number) & WINDOW.discontinued) return 'DISCONTINUED'
  if (never !== null) return never
  return observed === 0 || observed < needed ? 'INSUFFICIENT_DAYS' : null
}

const spanIsScheduled = (states: Uint8Array): boolean => ((states.at(-1) as number) & WINDOW.scheduled) !== 0
