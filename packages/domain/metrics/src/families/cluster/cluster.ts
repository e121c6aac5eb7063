import type { Settled } from '@afferent/records'
import { SPAN_VISIT, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { GAL_ECH_WEEKS } from '../../windows/cluster-schedule.ts'
import type { Span } from '../../windows/schedule.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
import { placeWindows, WINDOW } from '../../windows/window-state.ts'
import { type Answer, addAnswer, noAnswer } from '../attacks/answer.ts'
import { type Attack, minutes } from '../attacks/attack.ts'
import { AttackReader } from '../attacks/attack-reader.ts'
import { whyClosed } from '../attacks/window-of-attack.ts'
import type { Family, FamilyReader, SubjectAtHand } from '../family.ts'
import { CLUSTER_ENTRIES } from './cluster-entries.ts'
import { FIFTEEN, painFreeAt15, respondsAt15, SIXTY, sustainedTo60 } from './treated-attacks.ts'
import { attacksOf, countWindow, type DatedEvent, ObservedDays, usesOf, type WindowCount } from './weekly-rates.ts'

const WEEK_DAYS = 7
/** Valid weeks of weeks 1 to 3 that their mean needs (preset `gal-ech`). */
const MEAN_WEEKS = 2

const ENDPOINTS = [
  { code: 'CHPR15', to: minutes(SIXTY.at), decide: respondsAt15 },
  { code: 'CHPF15', to: minutes(FIFTEEN.at + FIFTEEN.tolerance), decide: painFreeAt15 },
  { code: 'CHSUS60', to: minutes(SIXTY.at + SIXTY.tolerance), decide: sustainedTo60 },
] as const satisfies readonly {
  readonly code: string
  readonly to: number
  readonly decide: (attack: Attack, rules: Plan['study']) => Answer
}[]

/** Cluster headache: weekly attacks and uses of medication in the windows of the preset, and treated attacks one by one. */
export const CLUSTER: Family = {
  name: 'cluster',
  entries: CLUSTER_ENTRIES,
  open: (plan, settled) => {
    const planned = CLUSTER_ENTRIES.some(({ code }) => plan.effectCodes.includes(code))
    return planned ? new ClusterReader(plan, settled) : null
  },
}

class ClusterReader implements FamilyReader {
  private readonly plan: Plan
  private readonly settled: Settled
  private readonly attacks: AttackReader
  private readonly rateStates: Uint8Array
  private readonly weekStates: Uint8Array
  private readonly places: ReadonlyMap<string, number>

  constructor(plan: Plan, settled: Settled) {
    this.plan = plan
    this.settled = settled
    this.attacks = new AttackReader(plan, settled)
    this.rateStates = new Uint8Array(plan.cluster?.rates.spans.length ?? 0)
    this.weekStates = new Uint8Array((plan.cluster?.weeks.length ?? 0) + 1)
    this.places = new Map(CLUSTER_ENTRIES.map(({ code }) => [code, plan.effectCodes.indexOf(code)]))
  }

  read({ pass }: SubjectAtHand, points: Points): void {
    this.addTreatedAttacks(pass, points)
    if (this.plan.cluster === null) return
    const { facts, study } = this.plan
    const { rates, weeks } = this.plan.cluster
    const days = new ObservedDays(pass, this.settled.attacks)
    const attacks = attacksOf(pass, this.settled)
    placeWindows(this.rateStates, rates, facts, pass.zero, pass.lastDay, study.diary.lateHours)
    const counts = this.addRates('CHATT', attacks, days, pass, points)
    if (study.cluster?.preset === 'gal-ech') this.addMean(counts, rates.spans, points)
    this.addRates('CHO2', usesOf(pass, this.settled, 'oxygen'), days, pass, points)
    this.addRates('CHTRP', usesOf(pass, this.settled, 'triptan'), days, pass, points)
    // The baseline of the rates stands in front, so that week w has state w.
    const all = { spans: [rates.spans[0] as Span, ...weeks] }
    placeWindows(this.weekStates, all, facts, pass.zero, pass.lastDay, study.diary.lateHours)
    this.addFreeWeeks(attacks, days, weeks, pass, points)
  }

  private placeOf(code: string): number {
    return this.places.get(code) ?? -1
  }

  private addTreatedAttacks(pass: SubjectPass, points: Points): void {
    const { plan } = this
    if (ENDPOINTS.every(({ code }) => this.placeOf(code) < 0)) return
    this.attacks.read(pass).forEach((attack, k) => {
      const day = toStudyDay(attack.day - (pass.zero ?? 0))
      for (const { code, to, decide } of ENDPOINTS) {
        const closed = whyClosed(plan, pass, attack, 0, to)
        const found = closed === null ? decide(attack, plan.study) : noAnswer(closed)
        addAnswer(points, this.placeOf(code), k + 1, day, attack, found)
      }
    })
  }

  /** One row per window: 7 * events on observed days / observed days. Null where a window is not scheduled. */
  private addRates(
    code: string,
    events: readonly DatedEvent[],
    days: ObservedDays,
    pass: SubjectPass,
    points: Points,
  ): (WindowCount | null)[] {
    const place = this.placeOf(code)
    const spans = place < 0 ? [] : (this.plan.cluster?.rates.spans ?? [])
    return spans.map((span, w) => {
      const state = this.rateStates[w] as number
      if ((state & WINDOW.scheduled) === 0) return null
      const found = countWindow(events, days, span, state, pass.zero)
      const { observed, counted, reason } = found
      if (reason !== null) points.none(place, span.visit, reason)
      else points.add(place, span.visit, (WEEK_DAYS * counted.length) / observed)
      points.window(toStudyDay(span.from), toStudyDay(span.to)).counted(observed, counted.length)
      if (reason === null) points.quotient(counted.length, observed)
      if (reason === null && observed < WEEK_DAYS) points.derivedBy('PRORATE')
      this.traceWindow(found, span, days, pass, points)
      return found
    })
  }

  private traceWindow(
    { counted, left }: WindowCount,
    span: Span,
    days: ObservedDays,
    { zero, diaryRows }: SubjectPass,
    points: Points,
  ): void {
    if (points.trace === null || zero === null) return
    const say = (day: number, note: string): string => `day ${toStudyDay(day)}: ${note}`
    for (const { day, parts } of counted) {
      for (const { table, row, note } of parts) points.uses(table, row, say(day, note))
    }
    for (const { day, parts } of left) {
      for (const { table, row, note } of parts)
        points.leaves(table, row, say(day, `${note}, but the date is not observed`))
    }
    const dates = this.settled.diary?.columns.day?.values
    for (let row = diaryRows.from; dates !== undefined && row < diaryRows.to; row++) {
      const day = (dates[row] as number) - zero
      if (day < span.from || day > span.to) continue
      if (days.has(day)) points.uses('diary', row, say(day, 'observed'))
      else points.leaves('diary', row, say(day, 'the form does not answer the question'))
    }
  }

  /** Preset `gal-ech`: the mean of the valid weekly values of weeks 1 to 3, at least two of them [C15]. */
  private addMean(counts: readonly (WindowCount | null)[], spans: readonly Span[], points: Points): void {
    const place = this.placeOf('CHATT')
    const weeks = counts.slice(1, GAL_ECH_WEEKS + 1)
    const last = weeks.at(-1) ?? null
    if (place < 0 || (weeks[0] ?? null) === null) return
    const valid = weeks.flatMap((week) => (week !== null && week.reason === null ? [week] : []))
    const mean = valid.reduce((sum, { counted, observed }) => sum + counted.length / observed, 0) / valid.length
    const reason = meanReason(weeks[0] ?? null, last, valid.length)
    if (reason !== null) points.none(place, SPAN_VISIT, reason)
    else points.add(place, SPAN_VISIT, WEEK_DAYS * mean)
    if (reason === null) points.quotient(mean, 1)
    const [first, third] = [spans[1] as Span, spans[GAL_ECH_WEEKS] as Span]
    points.window(toStudyDay(first.from), toStudyDay(third.to))
    points.counted(sumOf(valid.map(({ observed }) => observed)), sumOf(valid.map(({ counted }) => counted.length)))
    for (let week = 1; week <= GAL_ECH_WEEKS; week++) points.restsOn('CHATT', week)
  }

  /** CHFREE: valid weeks without an attack, over all scheduled weeks. */
  private addFreeWeeks(
    attacks: readonly DatedEvent[],
    days: ObservedDays,
    weeks: readonly Span[],
    { zero }: SubjectPass,
    points: Points,
  ): void {
    const place = this.placeOf('CHFREE')
    const first = weeks[0]
    const last = weeks.at(-1)
    if (place < 0 || first === undefined || last === undefined) return
    if (((this.weekStates[1] as number) & WINDOW.scheduled) === 0) return
    const counts = weeks.map((span, w) => countWindow(attacks, days, span, this.weekStates[w + 1] as number, zero))
    const valid = counts.filter(({ reason }) => reason === null)
    const free = valid.filter(({ counted }) => counted.length === 0).length
    const state = this.weekStates.at(-1) as number
    const isOpen = (state & WINDOW.notReached) !== 0 || (state & WINDOW.scheduled) === 0
    if (isOpen) points.none(place, SPAN_VISIT, 'NOT_REACHED')
    else if (valid.length === 0) points.none(place, SPAN_VISIT, counts[0]?.reason ?? 'INSUFFICIENT_DAYS')
    else points.add(place, SPAN_VISIT, free)
    points.window(toStudyDay(first.from), toStudyDay(last.to))
    points.counted(sumOf(valid.map(({ observed }) => observed)), sumOf(valid.map(({ counted }) => counted.length)))
  }
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0)

/** Over when week 3 is, discontinued when week 1 is. */
function meanReason(first: WindowCount | null, last: WindowCount | null, valid: number): WindowCount['reason'] {
  if (last === null || last.reason === 'NOT_REACHED') return 'NOT_REACHED'
  if (first?.reason === 'DISCONTINUED' || first?.reason === 'NOT_EVALUABLE') return first.reason
  return valid >= MEAN_WEEKS ? null : 'INSUFFICIENT_DAYS'
}
