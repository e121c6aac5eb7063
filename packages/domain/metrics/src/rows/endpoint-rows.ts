import type { Areason } from '@afferent/records'
import { SPAN_VISIT, toStudyDay } from '@afferent/study'
import type { Plan } from '../catalogue/entry.ts'
import {
  firstLoss,
  firstRun,
  isEarly,
  isSustained,
  lastKnown,
  RESPONSE,
  responsesOverTime,
} from '../responses/responses-over-time.ts'
import type { Measure } from '../windows/measure.ts'
import type { Schedule, Span } from '../windows/schedule.ts'
import { WINDOW } from '../windows/window-state.ts'
import type { EffectRows } from './effect-rows.ts'
import type { EventRows } from './event-rows.ts'
import { SAYS } from './said.ts'

/** Windows and sums of the measure an endpoint is about. */
export interface Course {
  readonly measure: Measure
  readonly schedule: Schedule
  readonly states: Uint8Array
  readonly totals: Float64Array
  readonly never: Areason | null
}

/** Reductions in percent of the two families (sections 3 and 6). */
const MIGRAINE_CUT = 50
const PAIN_CUT = 30
/** Early response: in one of these weeks, confirmed the next. */
const EARLY_WEEKS = 4

/** Which windows an endpoint looks at (positions in the schedule) and how it decides. */
export interface Endpoint {
  readonly first: (plan: Plan) => number
  readonly last: (plan: Plan) => number
  readonly cut: number
  /** Null: it cannot be decided, whatever the data. */
  readonly decide: (responses: Uint8Array, plan: Plan) => boolean | null
}

const lastPeriod = (plan: Plan): number => plan.periods.spans.length - 1
const lastWeek = (plan: Plan): number => plan.weeks.spans.length - 1

export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  SUSR50: {
    first: (plan) => Math.max(1, lastPeriod(plan) - (plan.study.headache?.sustainPeriods ?? 1) + 1),
    last: lastPeriod,
    cut: MIGRAINE_CUT,
    decide: (responses, plan) => isSustained(responses, plan.study.headache?.sustainPeriods ?? 0),
  },
  EARLYR50: {
    first: () => 1,
    last: () => 1,
    cut: MIGRAINE_CUT,
    decide: (responses, plan) => {
      if (responses[0] === RESPONSE.missing && plan.study.responders.missing === 'OC') return null
      return responses[0] === RESPONSE.yes
    },
  },
  SUSRSP: {
    first: (plan) => Math.max(1, lastWeek(plan) - (plan.study.pain?.sustainWeeks ?? 1) + 1),
    last: lastWeek,
    cut: PAIN_CUT,
    decide: (responses, plan) => isSustained(responses, plan.study.pain?.sustainWeeks ?? 0),
  },
  EARLYRSP: {
    first: () => 1,
    last: (plan) => Math.min(EARLY_WEEKS + 1, lastWeek(plan)),
    cut: PAIN_CUT,
    decide: (responses) => isEarly(responses, EARLY_WEEKS),
  },
}

/**
 * The yes/no row of an endpoint over several windows: AVALC Y or N, AVAL 1 or 0, no BASE.
 *
 * Undefined  NOT_REACHED until the last window it looks at is over; the reasons of the measure; NOT_EVALUABLE at a
 *            baseline of 0 (`resp.zeroBaseline` exclude) or with fewer windows than it needs; NO_BASELINE (R-NOPOST).
 * A missing window breaks sustained response and confirms nothing, also under `resp.missing = OC`; only EARLYR50, which
 * looks at one window, is null there under OC, and N with DTYPE NRI under NRI.
 */
export function writeEndpoint(
  rows: EffectRows,
  responses: Uint8Array,
  plan: Plan,
  subject: number,
  place: number,
  code: string,
  course: Course,
): void {
  const endpoint = ENDPOINTS[code] as Endpoint
  const { schedule, states } = course
  const first = schedule.spans[endpoint.first(plan)] as Span
  const last = endpoint.last(plan)
  rows.next(subject, place, SPAN_VISIT)
  rows.window(toStudyDay(first.from), toStudyDay((schedule.spans[last] as Span).to))
  const lastState = states[last] as number
  if (lastState & WINDOW.notReached || (lastState & WINDOW.scheduled) === 0) {
    rows.why('NOT_REACHED')
    rows.say(SAYS.provisional)
    return
  }
  rows.say(SAYS.analysed)
  if (course.never !== null) {
    rows.why(course.never)
    return
  }
  const found = responsesOverTime(responses, course.measure, schedule, states, course.totals, endpoint.cut)
  const decision = endpoint.decide(responses, plan)
  const isImputed = code === 'EARLYR50' && responses[0] === RESPONSE.missing
  if (found === 'zero-baseline' && plan.study.responders.zeroBaseline === 'exclude') rows.why('NOT_EVALUABLE')
  else if (decision === null) rows.why(isImputed ? 'INSUFFICIENT_DAYS' : 'NOT_EVALUABLE')
  else if (found === 'no-baseline') rows.why('NO_BASELINE')
  else {
    rows.answer(decision)
    if (isImputed) rows.derivedBy('NRI')
  }
}

/**
 * TTRESP: study day of the last day of the first week of the first `ttr.confirm` (2) consecutive weeks with a reduction
 * of at least 30 %. A missing week breaks a run. Censored at the last day of the last valid week (none: day 1).
 *
 * Undefined  NO_BASELINE; NOT_EVALUABLE at a baseline of 0 (unless such subjects count as non-responders).
 */
export function writeTimeToResponse(
  rows: EventRows,
  responses: Uint8Array,
  plan: Plan,
  subject: number,
  place: number,
  course: Course,
): void {
  rows.next(subject, place)
  const { schedule, states, totals, measure } = course
  const found = responsesOverTime(responses, measure, schedule, states, totals, PAIN_CUT)
  const run = firstRun(responses, plan.study.pain?.ttrConfirmWeeks ?? 1)
  const last = lastKnown(responses)
  if (found === 'no-baseline') rows.why('NO_BASELINE')
  else if (found === 'zero-baseline' && plan.study.responders.zeroBaseline === 'exclude') rows.why('NOT_EVALUABLE')
  else if (run >= 0) rows.time(endOf(schedule, run), false, 'Response confirmed')
  else if (last < 0) rows.time(1, true, 'No valid week')
  else rows.time(endOf(schedule, last), true, 'Last valid week without confirmed response')
}

/** Consecutive weeks without response that make its loss. */
const LOSS_WEEKS = 2

/**
 * TTLOSS: days from TTRESP to the last day of the first of two consecutive valid weeks with a reduction below 30 %. A
 * missing week breaks the run. Censored at the last day of the last valid week.
 *
 * Undefined  NO_BASELINE and NOT_EVALUABLE as TTRESP; NOT_EVALUABLE without a response: there is none to lose.
 */
export function writeTimeToLoss(
  rows: EventRows,
  responses: Uint8Array,
  plan: Plan,
  subject: number,
  place: number,
  course: Course,
): void {
  rows.next(subject, place)
  const { schedule, states, totals, measure } = course
  const found = responsesOverTime(responses, measure, schedule, states, totals, PAIN_CUT)
  const run = firstRun(responses, plan.study.pain?.ttrConfirmWeeks ?? 1)
  if (found === 'no-baseline') rows.why('NO_BASELINE')
  else if (run < 0) rows.why('NOT_EVALUABLE')
  else {
    const response = endOf(schedule, run)
    const loss = firstLoss(responses, LOSS_WEEKS, run)
    if (loss >= 0) rows.time(endOf(schedule, loss) - response, false, 'Loss of response confirmed')
    else {
      const last = endOf(schedule, lastKnown(responses))
      rows.time(last - response, true, 'Last valid week without loss of response')
    }
  }
}

const endOf = (schedule: Schedule, week: number): number => toStudyDay((schedule.spans[week + 1] as Span).to)
