import type { RecordTable, Settled } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import type { Plan } from '../catalogue/entry.ts'
import { dayStudyOf } from '../days/any-headache.ts'
import { countAttacksByFreeDay, countAttacksByGap, judgeHeadaches } from '../days/attacks.ts'
import { DAY_BITS, mask } from '../days/day-bits.ts'
import { joinFormHeadaches } from '../days/form-headaches.ts'
import { headachePresetOf } from '../days/headache-presets.ts'
import { makeHeadacheTest } from '../days/headache-test.ts'
import { Headaches } from '../days/headaches.ts'
import { mergeEpisodes } from '../days/merge-episodes.ts'
import { dateOf } from '../days/midnights.ts'
import { readForms, readPain } from '../days/read-forms.ts'
import { readEpisodeMedication, readIntakes } from '../days/read-medication.ts'
import { markHeadaches, readMarks } from '../days/record-marks.ts'
import { spreadHeadaches } from '../days/spread-headaches.ts'
import { SubjectDays } from '../days/subject-days.ts'
import { countBits } from './count-bits.ts'
import { PAIN_KINDS, painSumOf, QUANTITIES, QUANTITY } from './quantities.ts'
import { RowRanges } from './row-ranges.ts'
import type { Schedule, Span } from './schedule.ts'
import { placeWindows } from './window-state.ts'

/** Attacks and episodes are followed back this many days before the first window [P]. */
const LOOK_BACK_DAYS = 366
/** Days after the last window that R-END may ask for. */
const LOOK_AHEAD_DAYS = 4

/**
 * One subject at a time: places the windows (`place`), reads the records onto days and adds up the windows (`read`).
 * Scratch arrays are kept from subject to subject.
 */
export class SubjectPass {
  readonly plan: Plan
  readonly settled: Settled
  readonly days: SubjectDays
  subject = -1
  /** First treatment day in table days; null: unknown, no window can be placed. */
  zero: number | null = null
  readonly periodStates: Uint8Array
  readonly weekStates: Uint8Array
  readonly visitStates: Uint8Array
  scheduledPeriods = 0
  scheduledWeeks = 0
  /** QUANTITIES numbers per window. */
  readonly periodTotals: Float64Array
  readonly weekTotals: Float64Array
  readonly diaryRows: RowRanges
  readonly episodeRows: RowRanges
  readonly intakeRows: RowRanges
  /** Treated attacks, where they count as attacks of cluster headache. */
  readonly attackRows: RowRanges
  private readonly markRows: RowRanges
  /** Merged episodes of the subject read last. */
  readonly headaches = new Headaches()
  private readonly chain = new Headaches()
  /** The study, with the headache family that days are judged by. */
  private readonly dayStudy: AnalyticStudy
  private readonly test: ReturnType<typeof makeHeadacheTest> | null
  /** Distance of the last study day from `zero`; null: unknown. */
  lastDay: number | null = null

  constructor(plan: Plan, settled: Settled) {
    this.plan = plan
    this.settled = settled
    // Not by `Math.min(...)`: one date in the year 9999 makes more weeks than a call takes arguments.
    let start = Number.POSITIVE_INFINITY
    let end = Number.NEGATIVE_INFINITY
    for (const span of [...plan.periods.spans, ...plan.weeks.spans, ...clusterSpans(plan)]) {
      start = Math.min(start, span.from - LOOK_BACK_DAYS)
      end = Math.max(end, span.to + LOOK_AHEAD_DAYS)
    }
    this.days = new SubjectDays(start, end - start + 1, {
      episodes: plan.inputs.episodes || settled.episodes !== null,
      pain: plan.inputs.pain.length > 0,
    })
    this.periodStates = new Uint8Array(plan.periods.spans.length)
    this.weekStates = new Uint8Array(plan.weeks.spans.length)
    this.visitStates = new Uint8Array(plan.visits.spans.length)
    this.periodTotals = new Float64Array(plan.periods.spans.length * QUANTITIES)
    this.weekTotals = new Float64Array(plan.weeks.spans.length * QUANTITIES)
    this.diaryRows = new RowRanges(settled.diary)
    this.episodeRows = new RowRanges(settled.episodes)
    this.intakeRows = new RowRanges(settled.intakes)
    this.attackRows = new RowRanges(plan.cluster === null ? null : settled.attacks)
    this.dayStudy = dayStudyOf(plan.study, plan.cluster)
    this.test = this.dayStudy.headache === null ? null : makeHeadacheTest(this.dayStudy.headache)
    this.markRows = new RowRanges(settled.marks)
  }

  /** Whose turn it is; subjects come in order. Sets the state of every window. */
  place(subject: number): void {
    const { facts } = this.settled
    const { study } = this.plan
    this.subject = subject
    const zero = isPresent(facts.dayZero.valid, subject) ? (facts.dayZero.values[subject] as number) : null
    const known = zero !== null && isPresent(facts.lastDay.valid, subject)
    this.zero = zero
    this.lastDay = known ? (facts.lastDay.values[subject] as number) - zero : null
    const { lateHours } = study.diary
    const place = (into: Uint8Array, schedule: Schedule): number =>
      placeWindows(into, schedule, this.plan.facts, zero, this.lastDay, lateHours)
    this.scheduledPeriods = place(this.periodStates, this.plan.periods)
    this.scheduledWeeks = place(this.weekStates, this.plan.weeks)
    place(this.visitStates, this.plan.visits)
  }

  /** Reads the records of the subject placed and adds up its windows. */
  read(): void {
    const { days } = this
    this.diaryRows.advance(this.subject)
    this.episodeRows.advance(this.subject)
    this.intakeRows.advance(this.subject)
    this.attackRows.advance(this.subject)
    this.markRows.advance(this.subject)
    if (this.zero === null) {
      this.periodTotals.fill(0)
      this.weekTotals.fill(0)
      return
    }
    const [logFrom] = this.completeLog(this.zero)
    const { marks } = this.settled
    days.clear(Math.min(this.firstPosition(this.zero), logFrom, this.firstMark(this.zero)))
    if (marks !== null) readMarks(days, marks, this.markRows.from, this.markRows.to, this.zero)
    if (this.dayStudy.headache !== null) this.readHeadache(this.zero, this.dayStudy.headache.maxMissing)
    if (this.plan.inputs.pain.length > 0) this.readPain(this.zero)
    this.addUp(this.plan.periods, this.periodTotals)
    if (this.plan.inputs.pain.length > 0) this.addUp(this.plan.weeks, this.weekTotals)
  }

  private readHeadache(zero: number, maxMissing: number): void {
    const { days, headaches, plan } = this
    const { diary, episodes, intakes } = this.settled
    const from = this.firstPosition(zero)
    if (diary !== null) {
      const hasAttacks = plan.inputs.episodes || (plan.cluster !== null && plan.inputs.attacks)
      const isLog = !plan.inputs.formsAnswer && hasAttacks
      readForms(days, diary, this.diaryRows.from, this.diaryRows.to, zero, isLog)
    }
    if (intakes !== null) readIntakes(days, intakes, this.intakeRows.from, this.intakeRows.to, zero)
    headaches.clear()
    if (episodes !== null) this.readEpisodes(episodes, zero)
    const [logFrom, logTo] = this.completeLog(zero)
    plan.judge(days, Math.min(from, logFrom), this.lastObservable(zero), logFrom, logTo)
    this.countAttacks(zero, from, maxMissing)
  }

  private readEpisodes(episodes: RecordTable<'episodes'>, zero: number): void {
    const { days, headaches, plan, episodeRows } = this
    const study = this.dayStudy
    if (study.headache === null || this.test === null) return
    readEpisodeMedication(days, episodes, episodeRows.from, episodeRows.to, zero)
    const rules = { zone: plan.zone, cluster: study.condition === 'cluster' || study.cluster !== null }
    mergeEpisodes(headaches, days, episodes, episodeRows.from, episodeRows.to, zero, rules)
    spreadHeadaches(days, headaches, study.headache, this.test, plan.zone, zero, plan.inputs.episodesPatient)
    judgeHeadaches(days, headaches, headachePresetOf(study.headache))
    if (study.flags.length > 0) markHeadaches(days, headaches)
  }

  /** Attacks need times; diaries of dates are counted by headache-free dates (R-ATT). */
  private countAttacks(zero: number, from: number, maxMissing: number): void {
    const { days, headaches, chain, plan } = this
    const family = plan.study.headache
    // Attacks of cluster headache are counted by their family.
    if (family === null) return
    if (family.attackRule === 'gapHours' && plan.inputs.episodes) {
      joinFormHeadaches(chain, headaches, days, from, plan.zone, zero)
      countAttacksByGap(days, chain, family)
    } else {
      countAttacksByFreeDay(days, from, maxMissing)
    }
  }

  private readPain(zero: number): void {
    const { diary } = this.settled
    const { days, diaryRows } = this
    const { study, inputs } = this.plan
    if (diary === null || study.pain === null) return
    readPain(days, diary, diaryRows.from, diaryRows.to, zero, inputs.pain)
    const last = Math.min(this.lastObservable(zero), days.length - 1)
    const averages = days.pain[0] as Float64Array
    const atThreshold = mask('painAtThreshold')
    const free = mask('painFree')
    const entry = mask('entry')
    for (let i = this.firstPosition(zero); i <= last; i++) {
      for (const kind of inputs.pain) {
        if ((days.ratings[PAIN_KINDS.indexOf(kind)] as Uint8Array)[i] !== 0) {
          days.words[i] = (days.words[i] as number) | entry
        }
      }
      const average = averages[i] as number
      if (average >= study.pain.threshold) days.words[i] = (days.words[i] as number) | atThreshold
      if (average === 0) days.words[i] = (days.words[i] as number) | free
    }
  }

  /** Position of the subject's first record; later positions hold everything there is. */
  private firstPosition(zero: number): number {
    const { diary, intakes, episodes } = this.settled
    let first = this.days.length
    const shift = zero + this.days.start
    if (diary !== null && this.diaryRows.from < this.diaryRows.to) {
      first = Math.min(first, (diary.columns.day?.values[this.diaryRows.from] as number) - shift)
    }
    if (intakes !== null && this.intakeRows.from < this.intakeRows.to) {
      first = Math.min(first, (intakes.columns.day?.values[this.intakeRows.from] as number) - shift)
    }
    if (episodes !== null && this.episodeRows.from < this.episodeRows.to) {
      const row = this.episodeRows.from
      const offset = episodes.columns.startOffset?.values[row] ?? 0
      first = Math.min(first, dateOf(episodes.columns.start?.values[row] as number, offset) - shift)
    }
    if (this.attackRows.from < this.attackRows.to) {
      first = Math.min(first, (this.settled.attacks?.columns.day?.values[this.attackRows.from] as number) - shift)
    }
    return Math.max(0, first)
  }

  /** Position of the subject's first mark: an entry left out may lie before every record. */
  private firstMark(zero: number): number {
    const day = this.settled.marks?.columns.day?.values
    if (day === undefined || this.markRows.from === this.markRows.to) return this.days.length
    return Math.max(0, (day[this.markRows.from] as number) - zero - this.days.start)
  }

  /** Nothing after the last study day or the cut is observed. */
  private lastObservable(zero: number): number {
    const last = this.lastDay ?? Number.POSITIVE_INFINITY
    const cut = this.plan.facts.cut === null ? Number.POSITIVE_INFINITY : this.plan.facts.cut - zero
    return Math.min(last, cut) - this.days.start
  }

  /** R-LOG: positions between which `diary.logComplete` declares every date observed; none: an empty stretch. */
  private completeLog(zero: number): [number, number] {
    const { study, inputs } = this.plan
    if (!study.diary.logComplete || inputs.forms) return [Number.POSITIVE_INFINITY, -1]
    const { enrolled } = this.settled.facts
    const from = isPresent(enrolled.valid, this.subject)
      ? (enrolled.values[this.subject] as number) - zero - this.days.start
      : this.firstPosition(zero)
    return [Math.max(0, from), this.lastObservable(zero)]
  }

  private addUp(schedule: Schedule, totals: Float64Array): void {
    totals.fill(0)
    for (let w = 0; w < schedule.spans.length; w++) {
      const span = schedule.spans[w] as Schedule['spans'][number]
      const from = span.from - this.days.start
      const to = span.to - this.days.start + 1
      const at = w * QUANTITIES
      countBits(this.days.words, from, to, totals, at, DAY_BITS)
      if (this.plan.study.headache !== null) this.addHeadaches(totals, at, from, to)
      for (const kind of this.plan.inputs.pain)
        this.addPain(totals, at + painSumOf(kind), PAIN_KINDS.indexOf(kind), from, to)
      const lastExpected = this.lastDay === null ? span.to : Math.min(span.to, this.lastDay)
      totals[at + QUANTITY.expected] = Math.max(0, lastExpected - span.from + 1)
      totals[at + QUANTITY.one] = 1
    }
  }

  private addHeadaches(totals: Float64Array, at: number, from: number, to: number): void {
    const { days } = this
    totals[at + QUANTITY.hours] = sumHours(days.hours, from, to)
    totals[at + QUANTITY.attacks] = sumCounts(days.attacks, from, to)
    if (this.plan.inputs.episodes) totals[at + QUANTITY.attackHours] = sumHours(days.attackHours, from, to)
    totals[at + QUANTITY.peaks] = peaksOf(totals, at)
  }

  private addPain(totals: Float64Array, at: number, kind: number, from: number, to: number): void {
    const pain = this.days.pain[kind] as Float64Array
    const ratings = this.days.ratings[kind] as Uint8Array
    let sum = 0
    let rated = 0
    for (let i = from; i < to; i++) {
      if (ratings[i] === 0) continue
      sum += pain[i] as number
      rated++
    }
    totals[at] = sum
    totals[at + 1] = rated
  }
}

/** Two functions, so that each is compiled for its own kind of array. */
function sumHours(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i] as number
  return sum
}

function sumCounts(values: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i] as number
  return sum
}

const PEAK_LOW = Math.log2(mask('peakLow'))
const PEAK_HIGH = Math.log2(mask('peakHigh'))

/** Sum of peak severities from the counts of their two binary digits. */
const peaksOf = (totals: Float64Array, at: number): number =>
  (totals[at + PEAK_LOW] as number) + 2 * (totals[at + PEAK_HIGH] as number)

const clusterSpans = ({ cluster }: Plan): readonly Span[] =>
  cluster === null ? [] : [...cluster.rates.spans, ...cluster.weeks]
