import { type Areason, isPresent, type Settled } from '@afferent/records'
import { toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { RowRanges } from '../../windows/row-ranges.ts'
import type { Span } from '../../windows/schedule.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { Family, FamilyReader, SubjectAtHand } from '../family.ts'
import { ADHERENCE_ENTRIES, gives, thresholdFlag } from './adherence-entries.ts'
import { addUpAdherence, type ExpectedDay, reaches } from './adherence-percent.ts'
import { type Logging, StimulationDays } from './stimulation-days.ts'

const PERIOD_DAYS = 28
const CODES = ['STIMADH', 'STIMMIN', 'STIMCHG'] as const

/** Adherence to stimulation and its dose, period by period (endpoints.md section 11). */
export const ADHERENCE: Family = {
  name: 'adherence',
  entries: ADHERENCE_ENTRIES,
  open(plan, settled) {
    const { adherence } = plan.study
    if (adherence === null || CODES.every((code) => !plan.effectCodes.includes(code))) return null
    const diaryAlone = plan.study.sources
      .filter(({ layout }) => layout === 'stimulation')
      .every(({ fields }) => fields.some(({ field, constant }) => field === 'reportedBy' && constant === 'diary'))
    const dailyDiary = diaryAlone && gives(plan.study, 'delivered')
    return new AdherenceReader(plan, settled, { family: adherence, deviceLog: !diaryAlone, dailyDiary })
  },
}

/** Expected days of a period, as positions in StimulationDays; `to` is not included. */
interface Stretch {
  readonly span: Span
  readonly from: number
  readonly to: number
}

class AdherenceReader implements FamilyReader {
  private readonly plan: Plan
  private readonly settled: Settled
  private readonly rows: RowRanges
  private readonly days: StimulationDays
  private readonly thresholds: readonly number[]
  private readonly places: readonly number[]

  constructor(plan: Plan, settled: Settled, logging: Logging) {
    this.plan = plan
    this.settled = settled
    this.rows = new RowRanges(settled.stimulation)
    const length = plan.periods.spans.reduce((most, { to }) => Math.max(most, to + 1), 0)
    this.days = new StimulationDays(length, logging)
    this.thresholds = logging.family.thresholds
    this.places = CODES.map((code) => plan.effectCodes.indexOf(code))
  }

  read(at: SubjectAtHand, points: Points): void {
    this.rows.advance(at.subject)
    if (at.zero !== null) this.days.read(this.settled.stimulation, this.rows.from, this.rows.to, at.zero)
    const last = this.lastExpected(at)
    this.plan.periods.spans.forEach((span, w) => {
      const state = at.pass.periodStates[w] as number
      if (w === 0 || (state & WINDOW.scheduled) === 0) return
      const stretch = { span, from: Math.max(0, span.from), to: Math.min(span.to, last, this.days.length - 1) + 1 }
      const why = this.whyNot(at, state, stretch)
      this.addAdherence(at, points, stretch, why)
      this.addDose(at, points, stretch, why, 1)
      this.addDose(at, points, stretch, why, 2)
    })
  }

  /** Distance from day 1 of the last day on which stimulation is expected. */
  private lastExpected({ subject, zero, pass }: SubjectAtHand): number {
    const { treatmentEnd } = this.settled.facts
    const { cut } = this.plan.facts
    if (zero === null) return -1
    const ended = isPresent(treatmentEnd.valid, subject) ? (treatmentEnd.values[subject] as number) - zero : null
    return [pass.lastDay, ended, cut === null ? null : cut - zero].reduce<number>(
      (last, day) => (day === null ? last : Math.min(last, day)),
      Number.POSITIVE_INFINITY,
    )
  }

  /** What stands against any value of the period; stimulation that ended before it counts as discontinued. */
  private whyNot({ zero }: SubjectAtHand, state: number, { from, to }: Stretch): Areason | null {
    if (state & WINDOW.notReached) return 'NOT_REACHED'
    if (state & WINDOW.discontinued || (zero !== null && to <= from)) return 'DISCONTINUED'
    return zero === null || !this.days.known ? 'NOT_EVALUABLE' : null
  }

  private addAdherence(at: SubjectAtHand, points: Points, stretch: Stretch, why: Areason | null): void {
    const place = this.places[0] as number
    if (place < 0) return
    const { days } = this
    const expected: ExpectedDay[] = []
    for (let day = stretch.from; day < stretch.to; day++) {
      expected.push({ prescribed: days.prescribed[day] as number, delivered: days.deliveredOn(day) })
    }
    const found = addUpAdherence(expected)
    const { counted, prescribed, known } = found
    const reason = why ?? (known < expected.length || prescribed <= 0 ? 'NOT_EVALUABLE' : null)
    if (reason === null) {
      points.add(place, stretch.span.visit, (100 * counted) / prescribed)
      points.quotient(counted, prescribed)
      for (const cut of this.thresholds) points.flag(thresholdFlag(cut), reaches(found, cut) ? 'Y' : 'N')
    } else points.none(place, stretch.span.visit, reason)
    placeIn(points, stretch.span)
    if (why === null) points.counted(known, counted)
    this.trace(at, points, stretch)
  }

  /** Minutes (1) or charge (2): 28 days' worth of the days that are known. */
  private addDose(at: SubjectAtHand, points: Points, stretch: Stretch, why: Areason | null, which: 1 | 2): void {
    const place = this.places[which] as number
    if (place < 0) return
    const { days } = this
    let sum = 0
    let known = 0
    for (let day = stretch.from; day < stretch.to; day++) {
      const amount = which === 1 ? days.minutesOn(day) : days.chargeOn(day)
      if (Number.isNaN(amount)) continue
      sum += amount
      known++
    }
    const reason = why ?? (known === 0 || known < stretch.span.minObserved ? 'INSUFFICIENT_DAYS' : null)
    if (reason === null) {
      points.add(place, stretch.span.visit, (PERIOD_DAYS * sum) / known)
      if (known < PERIOD_DAYS) points.derivedBy('PRORATE')
    } else points.none(place, stretch.span.visit, reason)
    placeIn(points, stretch.span)
    if (why === null) points.counted(known, sum)
    this.trace(at, points, stretch)
  }

  private trace({ zero }: SubjectAtHand, points: Points, { span, from, to }: Stretch): void {
    const table = this.settled.stimulation
    if (points.trace === null || table === null || zero === null) return
    for (let row = this.rows.from; row < this.rows.to; row++) {
      const day = (table.columns.day?.values[row] as number) - zero
      if (day < span.from || day > span.to) continue
      const why = day < from || day >= to ? 'after the end of stimulation' : this.days.whyLeft(table, row, day)
      if (why === null) points.uses('stimulation', row, `up to ${this.days.prescribed[day]} of its day count`)
      else points.leaves('stimulation', row, why)
    }
  }
}

const placeIn = (points: Points, span: Span): void => {
  points.window(toStudyDay(span.from), toStudyDay(span.to))
}
