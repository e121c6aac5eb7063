import type { Areason } from '@afferent/records'
import { type PainKind, SPAN_VISIT, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import { lagOneAutocorrelation } from '../../individual/lag-one.ts'
import { nonoverlapOfAllPairs } from '../../individual/nonoverlap.ts'
import { randomisationTest } from '../../individual/randomisation-test.ts'
import { tauOf, tauU } from '../../individual/tau.ts'
import { trendOf } from '../../individual/trend.ts'
import type { Points } from '../../points/points.ts'
import { PAIN_KINDS } from '../../windows/quantities.ts'
import type { Span } from '../../windows/schedule.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { FamilyReader, SubjectAtHand } from '../family.ts'
import { nameForms, reachOf } from '../pain/rated-days.ts'
import { codeIn } from './individual-entries.ts'
import { dailyKindOf, dailySeries, observedOf, type Phase, type Series, visitSeries } from './series.ts'
import { sourceOf } from './source.ts'

/** Figures whose row of all visits is about phase B alone. */
const OF_TREATMENT = new Set(['TSSLOPE', 'TSP'])

/** NAP, TAU, TAUU, TSSLOPE, LAG1 and RTP: the values of one parameter before day 1 and from it on. */
class ComparedPhases implements FamilyReader {
  private readonly plan: Plan
  private readonly code: string
  private readonly kind: PainKind | null
  private readonly lowerIsBetter: boolean
  private readonly lastDay: number
  private readonly slot: number

  constructor(plan: Plan, code: string, slot: number) {
    this.plan = plan
    this.code = code
    this.kind = dailyKindOf(code)
    this.lowerIsBetter = sourceOf(plan, code)?.higherIsBetter !== true
    this.lastDay = reachOf([plan.periods, plan.weeks]).to
    this.slot = slot
  }

  read(at: SubjectAtHand, points: Points): void {
    const last = this.lastOf(at.pass)
    const series = this.seriesOf(at, last)
    if (this.isOpen(at)) this.writeNothing(points, at.pass, 'NOT_REACHED', last)
    else if (series === null) this.writeNothing(points, at.pass, 'NOT_EVALUABLE', last)
    else this.writeSeries(points, at.pass, series, last)
  }

  private writeSeries(points: Points, pass: SubjectPass, series: Series, last: number): void {
    const a = observedOf(series.before).values
    const b = observedOf(series.after).values
    const why: Areason | null = a.length === 0 ? 'NO_BASELINE' : b.length === 0 ? 'INSUFFICIENT_DAYS' : null
    const n = a.length + b.length
    const put = (code: string, value: number | null, otherwise: Areason): void =>
      this.put(points, pass, code, SPAN_VISIT, value, why ?? otherwise, n, last)
    const nap = nonoverlapOfAllPairs(a, b, this.lowerIsBetter)
    put('NAP', nap?.estimate ?? null, 'NOT_EVALUABLE')
    put('NAPSE', nap?.se ?? null, 'NOT_EVALUABLE')
    put('NAPLCL', nap?.lower ?? null, 'NOT_EVALUABLE')
    put('NAPUCL', nap?.upper ?? null, 'NOT_EVALUABLE')
    put('TAU', nap === null ? null : tauOf(nap.estimate), 'NOT_EVALUABLE')
    put('TAUU', tauU(a, b, this.lowerIsBetter), 'NOT_EVALUABLE')
    put('RTP', this.randomised(series), 'NOT_EVALUABLE')
    const lag = lagOneAutocorrelation(series.before.values)
    this.put(points, pass, 'LAG1', SPAN_VISIT, lag, a.length === 0 ? 'NO_BASELINE' : 'NOT_EVALUABLE', a.length, last)
    this.writeTrend(points, pass, 0, series.before, last)
    this.writeTrend(points, pass, SPAN_VISIT, series.after, last)
  }

  /** Daily ratings count up to the last day of the subject, the cut, and the last scheduled window. */
  private lastOf({ lastDay, zero }: SubjectPass): number {
    const { cut } = this.plan.facts
    return Math.min(this.lastDay, lastDay ?? this.lastDay, cut === null || zero === null ? this.lastDay : cut - zero)
  }

  private seriesOf({ pass, courses, zero }: SubjectAtHand, last: number): Series | null {
    const baseline = this.plan.periods.spans[0] as Span
    if (zero === null) return null
    if (this.kind !== null) return dailySeries(pass, this.kind, baseline, last)
    const course = courses.of(this.code)
    return course === null ? null : visitSeries(this.plan, pass, course)
  }

  /** The last scheduled window is not over: more values are to come (R-NOPOST). */
  private isOpen({ pass, courses }: SubjectAtHand): boolean {
    if (this.kind === null) {
      const visits = courses.of(this.code)?.visits ?? []
      return visits.some(({ reason }) => reason === 'NOT_REACHED')
    }
    const states = pass.periodStates.length > 1 ? pass.periodStates : pass.weekStates
    const state = states[states.length - 1] as number
    return (state & WINDOW.notReached) !== 0 || (state & WINDOW.scheduled) === 0
  }

  private randomised({ before, after }: Series): number | null {
    const lot = this.plan.study.individual?.randomisation ?? null
    if (lot === null) return null
    const start = before.values.length
    const all = new Float64Array(start + after.values.length)
    all.set(before.values)
    all.set(after.values, start)
    return randomisationTest(all, start, lot.minBaseline, lot.minTreatment, this.lowerIsBetter)?.p ?? null
  }

  private writeTrend(points: Points, pass: SubjectPass, visit: number, phase: Phase, last: number): void {
    const { values, days } = observedOf(phase)
    const isDated = !days.some(Number.isNaN)
    const trend = isDated ? trendOf(days, values) : null
    const none = visit === 0 && values.length === 0 ? 'NO_BASELINE' : isDated ? 'INSUFFICIENT_DAYS' : 'NOT_EVALUABLE'
    this.put(points, pass, 'TSSLOPE', visit, trend?.slope ?? null, none, values.length, last)
    this.put(points, pass, 'TSP', visit, trend?.p ?? null, trend === null ? none : 'NOT_EVALUABLE', values.length, last)
  }

  private writeNothing(points: Points, pass: SubjectPass, why: Areason, last: number): void {
    for (const code of ['NAP', 'NAPSE', 'NAPLCL', 'NAPUCL', 'TAU', 'TAUU', 'RTP', 'LAG1']) {
      this.put(points, pass, code, SPAN_VISIT, null, why, Number.NaN, last)
    }
    for (const code of ['TSSLOPE', 'TSP']) {
      for (const visit of [0, SPAN_VISIT]) this.put(points, pass, code, visit, null, why, Number.NaN, last)
    }
  }

  private put(
    points: Points,
    pass: SubjectPass,
    code: string,
    visit: number,
    value: number | null,
    otherwise: Areason,
    observed: number,
    last: number,
  ): void {
    const place = this.plan.effectCodes.indexOf(codeIn(code, this.slot))
    if (place < 0) return
    if (value === null) points.none(place, visit, otherwise)
    else points.add(place, visit, value)
    const baseline = this.plan.periods.spans[0] as Span
    const first = OF_TREATMENT.has(code) ? 0 : baseline.from
    const span = visit === 0 ? baseline : { from: first, to: last }
    points.flag('SRCPARM', this.code).counted(observed)
    points.window(toStudyDay(span.from), toStudyDay(span.to))
    if (this.kind === null) points.restsOn(this.code, 0)
    else {
      const pain = pass.days
      nameForms(points, pass, span, (day) => noteOf(pain, this.kind as PainKind, day))
    }
  }
}

function noteOf({ pain, start }: SubjectPass['days'], kind: PainKind, day: number): string | null {
  const value = pain[PAIN_KINDS.indexOf(kind)]?.[day - start] ?? Number.NaN
  return Number.isNaN(value) ? null : String(value)
}

export const comparedPhasesOf = (plan: Plan): FamilyReader[] =>
  (plan.study.individual?.series ?? []).map((code, slot) => new ComparedPhases(plan, code, slot))
