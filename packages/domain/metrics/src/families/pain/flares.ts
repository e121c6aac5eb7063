import { toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import { visitOf } from '../../courses/course.ts'
import type { Points } from '../../points/points.ts'
import { reasonOf } from '../../rows/measure-rows.ts'
import { QUANTITIES, QUANTITY } from '../../windows/quantities.ts'
import type { Span } from '../../windows/schedule.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { FamilyReader, SubjectAtHand } from '../family.ts'
import { findFlares } from './find-flares.ts'
import { nameForms, painOn, reachOf } from './rated-days.ts'

/** What a date is to the flares of a subject. */
const DATE = { outside: 0, onset: 1, inside: 2 } as const
const MONTH = 28

/** FLARE and FLAREDY: onsets and days of flares per 28 rated days. */
export class Flares implements FamilyReader {
  private readonly places: readonly [number, number]
  private readonly spans: readonly Span[]
  private readonly delta: number
  private readonly lastDay: number

  constructor(plan: Plan) {
    this.places = [plan.effectCodes.indexOf('FLARE'), plan.effectCodes.indexOf('FLAREDY')]
    this.spans = plan.periods.spans
    this.delta = plan.study.pain?.flareDelta ?? 0
    this.lastDay = reachOf([plan.periods, plan.weeks]).to
  }

  read({ pass, courses, zero }: SubjectAtHand, points: Points): void {
    if (this.places[0] < 0) return
    const base = visitOf(courses.of('PNAVGW'), 0)?.value ?? Number.NaN
    const pain = painOn(pass, 'avg', pass.days.start, this.lastDay)
    const dates = zero === null || Number.isNaN(base) ? new Uint8Array(pain.length) : this.mark(pain, base + this.delta)
    for (let w = 0; w < this.spans.length; w++) {
      if (((pass.periodStates[w] as number) & WINDOW.scheduled) === 0) continue
      for (const [k, place] of this.places.entries()) this.write(points, pass, place, w, k === 0, base, pain, dates)
    }
  }

  /** The rated dates of flares. */
  private mark(pain: Float64Array, threshold: number): Uint8Array {
    const dates = new Uint8Array(pain.length)
    for (const { onset, last } of findFlares(pain, threshold)) {
      for (let i = onset; i <= last; i++) if (!Number.isNaN(pain[i] as number)) dates[i] = DATE.inside
      dates[onset] = DATE.onset
    }
    return dates
  }

  private write(
    points: Points,
    pass: SubjectPass,
    place: number,
    w: number,
    onsets: boolean,
    base: number,
    pain: Float64Array,
    dates: Uint8Array,
  ): void {
    const span = this.spans[w] as Span
    const { visit, from, to, minObserved } = span
    const observed = pass.periodTotals[w * QUANTITIES + QUANTITY.painAvgDays] as number
    const never = pass.zero === null ? 'NOT_EVALUABLE' : null
    const state = pass.periodStates[w] as number
    const window = reasonOf(state, never, { needsDays: true }, observed, minObserved, 1, w === 0)
    const why = window ?? (Number.isNaN(base) ? 'NO_BASELINE' : null)
    const counts = (day: number): boolean => {
      const date = dates[day - pass.days.start] as number
      return onsets ? date === DATE.onset : date !== DATE.outside
    }
    let events = 0
    for (let day = from; day <= to; day++) if (counts(day)) events++
    if (why === null) {
      points.add(place, visit, (MONTH * events) / observed)
      points.quotient(events, observed).counted(observed, events)
      if (observed < MONTH) points.derivedBy('PRORATE')
    } else {
      points.none(place, visit, why)
      points.counted(observed)
    }
    points.window(toStudyDay(from), toStudyDay(to)).restsOn('PNAVGW', 0)
    nameForms(points, pass, span, (day) => noteOf(pain[day - pass.days.start] as number, counts(day)))
  }
}

const noteOf = (pain: number, counted: boolean): string | null =>
  Number.isNaN(pain) ? null : `${pain}${counted ? ', counted' : ''}`
