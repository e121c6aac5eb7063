import type { Areason } from '@afferent/records'
import { type HeadacheFamily, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { reasonOf } from '../../rows/measure-rows.ts'
import { countOf, QUANTITIES, type Quantity } from '../../windows/quantities.ts'
import type { Span } from '../../windows/schedule.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { Family, FamilyReader, SubjectAtHand } from '../family.ts'
import { MedicationUse } from './class-days.ts'
import { heldThroughout, type PeriodAnswer, startOfLongRun } from './long-run.ts'
import { OVERUSE_ENTRIES } from './overuse-entries.ts'
import { type OveruseStatus, overuseStatus } from './overuse-status.ts'

/** Days per 28 of the chronic pattern, and of criterion B (ICHD-3 1.3, 8.2). */
const CHRONIC = { headacheDays: 15, migraineDays: 8 } as const
const MONTH = 28
const OBSERVED = countOf('observed')
const MEDICATION_OBSERVED = countOf('medicationObserved')
const HEADACHE_DAYS = countOf('headacheDay')
const MIGRAINE_DAYS = countOf('migraineDay')
const NEEDS_DAYS = { needsDays: true } as const
/** What the answers are made of. */
const PATTERN_CODES = ['MHD', 'MMD']
const STATUS_CODES = ['CMPAT']
const CRITERION_CODES = ['MOSTAT', 'MHD']
const CLASS_CODES = ['ERGD', 'TRPD', 'OPID', 'CMBD', 'SMPD', 'MULTD', 'GEPD', 'DITD']

/** Medication overuse and the chronic pattern: per period, and over periods of more than three months. */
export const OVERUSE: Family = {
  name: 'overuse',
  entries: OVERUSE_ENTRIES,
  open: (plan) => {
    const family = plan.study.headache
    const planned = OVERUSE_ENTRIES.some(({ code }) => plan.effectCodes.includes(code))
    return family === null || !planned ? null : new OveruseReader(plan, family)
  },
}

type Period = OveruseStatus | Areason

const isReason = (period: Period): period is Areason => period !== 'Y' && period !== 'MULTI' && period !== 'N'

class OveruseReader implements FamilyReader {
  private readonly family: HeadacheFamily
  private readonly spans: readonly Span[]
  /** Position of the first period of the run that ends with each; -1: they do not last long enough. */
  private readonly runs: readonly number[]
  private readonly places: Readonly<Record<'MOSTAT' | 'MOHCRIT' | 'CMPAT' | 'CMSTAT', number>>
  private readonly classes: readonly string[]
  private readonly use: MedicationUse
  /** By period, of the subject at hand. */
  private readonly patterns: PeriodAnswer[]
  private readonly periods: Period[]
  private readonly both: PeriodAnswer[]

  constructor(plan: Plan, family: HeadacheFamily) {
    this.family = family
    this.spans = plan.periods.spans
    this.runs = this.spans.map((_, w) => startOfLongRun(this.spans, w))
    const place = (code: string): number => plan.effectCodes.indexOf(code)
    this.places = { MOSTAT: place('MOSTAT'), MOHCRIT: place('MOHCRIT'), CMPAT: place('CMPAT'), CMSTAT: place('CMSTAT') }
    this.classes = CLASS_CODES.filter((code) => place(code) >= 0)
    this.use = new MedicationUse(family)
    this.patterns = this.spans.map(() => 'no')
    this.periods = this.spans.map(() => 'N')
    this.both = this.spans.map(() => 'no')
  }

  read({ pass }: SubjectAtHand, points: Points): void {
    const { MOSTAT, MOHCRIT, CMPAT, CMSTAT } = this.places
    const { patterns, periods, both } = this
    for (let w = 0; w < this.spans.length; w++) {
      patterns[w] = this.patternOf(pass, w)
      if (!isScheduled(pass, w)) continue
      if (CMPAT >= 0) this.write(points, CMPAT, w, w, patterns[w] as PeriodAnswer, PATTERN_CODES)
      if (CMSTAT >= 0 && w > 0) this.writeRun(points, CMSTAT, pass, w, patterns, STATUS_CODES)
    }
    if (MOSTAT < 0) return
    for (let w = 0; w < this.spans.length; w++) {
      periods[w] = this.overuseOf(pass, w)
      both[w] = this.withHeadacheDays(pass, w, periods[w] as Period)
      if (!isScheduled(pass, w)) continue
      this.writeStatus(points, pass, w, periods[w] as Period)
      if (MOHCRIT >= 0 && w > 0) this.writeRun(points, MOHCRIT, pass, w, both, CRITERION_CODES)
    }
  }

  private overuseOf(pass: SubjectPass, w: number): Period {
    const why = this.reasonAt(pass, w, MEDICATION_OBSERVED)
    if (why !== null) return why
    const { use } = this
    use.read(pass, w, this.spans[w] as Span)
    return overuseStatus(use.classes, use.together, use.observed, this.family.overuseRegular)
  }

  private withHeadacheDays(pass: SubjectPass, w: number, period: Period): PeriodAnswer {
    const why = this.reasonAt(pass, w, OBSERVED)
    if (why !== null) return why
    if (isReason(period)) return period
    return period !== 'N' && reaches(pass, w, HEADACHE_DAYS, CHRONIC.headacheDays) ? 'yes' : 'no'
  }

  private patternOf(pass: SubjectPass, w: number): PeriodAnswer {
    const why = this.reasonAt(pass, w, OBSERVED)
    if (why !== null) return why
    const headache = reaches(pass, w, HEADACHE_DAYS, CHRONIC.headacheDays)
    return headache && reaches(pass, w, MIGRAINE_DAYS, CHRONIC.migraineDays) ? 'yes' : 'no'
  }

  private reasonAt({ zero, periodStates, periodTotals }: SubjectPass, w: number, quantity: Quantity): Areason | null {
    const observed = periodTotals[w * QUANTITIES + quantity] as number
    const never = zero === null ? 'NOT_EVALUABLE' : null
    const { minObserved } = this.spans[w] as Span
    return reasonOf(periodStates[w] as number, never, NEEDS_DAYS, observed, minObserved, 1, w === 0)
  }

  private writeStatus(points: Points, pass: SubjectPass, w: number, period: Period): void {
    const { MOSTAT } = this.places
    const { visit, from, to } = this.spans[w] as Span
    if (isReason(period)) points.none(MOSTAT, visit, period)
    else points.answer(MOSTAT, visit, period !== 'N')
    if (period === 'MULTI') points.word('MULTI')
    const observed = pass.periodTotals[w * QUANTITIES + MEDICATION_OBSERVED] as number
    points.window(toStudyDay(from), toStudyDay(to)).counted(observed)
    for (const code of this.classes) points.restsOn(code, visit)
  }

  private writeRun(
    points: Points,
    place: number,
    pass: SubjectPass,
    w: number,
    answers: readonly PeriodAnswer[],
    codes: readonly string[],
  ): void {
    const first = this.runs[w] as number
    const held = heldThroughout(answers, first < 0 ? w : first, w)
    const early = (pass.periodStates[w] as number) & (WINDOW.notReached | WINDOW.discontinued)
    this.write(points, place, w, first, first < 0 && early === 0 ? 'NOT_EVALUABLE' : held, codes)
  }

  private write(
    points: Points,
    place: number,
    w: number,
    first: number,
    answer: PeriodAnswer,
    codes: readonly string[],
  ): void {
    const { visit, to } = this.spans[w] as Span
    const begins = this.spans[first < 0 ? w : first] as Span
    if (answer === 'yes' || answer === 'no') points.answer(place, visit, answer === 'yes')
    else points.none(place, visit, answer)
    points.window(toStudyDay(begins.from), toStudyDay(to))
    if (points.trace === null) return
    for (let k = first < 0 ? w : first; k <= w; k++) {
      for (const code of codes) points.restsOn(code, (this.spans[k] as Span).visit)
    }
  }
}

const isScheduled = ({ periodStates }: SubjectPass, w: number): boolean =>
  ((periodStates[w] as number) & WINDOW.scheduled) !== 0

/** 28 * days / observed >= threshold, in whole numbers. */
function reaches({ periodTotals }: SubjectPass, w: number, days: Quantity, threshold: number): boolean {
  const at = w * QUANTITIES
  return MONTH * (periodTotals[at + days] as number) >= threshold * (periodTotals[at + OBSERVED] as number)
}
