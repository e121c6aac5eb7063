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
import { medicationUse } from './class-days.ts'
import { heldThroughout, type PeriodAnswer, startOfLongRun } from './long-run.ts'
import { OVERUSE_ENTRIES } from './overuse-entries.ts'
import { type OveruseStatus, overuseStatus } from './overuse-status.ts'

/** Days per 28 of the chronic pattern, and of criterion B (ICHD-3 1.3, 8.2). */
const CHRONIC = { headacheDays: 15, migraineDays: 8 } as const
const MONTH = 28
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

type Period = { readonly status: OveruseStatus } | { readonly why: Areason }

class OveruseReader implements FamilyReader {
  private readonly family: HeadacheFamily
  private readonly spans: readonly Span[]
  private readonly places: Readonly<Record<'MOSTAT' | 'MOHCRIT' | 'CMPAT' | 'CMSTAT', number>>
  private readonly classes: readonly string[]

  constructor(plan: Plan, family: HeadacheFamily) {
    this.family = family
    this.spans = plan.periods.spans
    const place = (code: string): number => plan.effectCodes.indexOf(code)
    this.places = { MOSTAT: place('MOSTAT'), MOHCRIT: place('MOHCRIT'), CMPAT: place('CMPAT'), CMSTAT: place('CMSTAT') }
    this.classes = CLASS_CODES.filter((code) => place(code) >= 0)
  }

  read({ pass }: SubjectAtHand, points: Points): void {
    const { MOSTAT, MOHCRIT, CMPAT, CMSTAT } = this.places
    const isScheduled = (w: number): boolean => ((pass.periodStates[w] as number) & WINDOW.scheduled) !== 0
    const scheduled = this.spans.map((_, w) => w).filter(isScheduled)
    const patterns = this.spans.map((_, w) => this.patternOf(pass, w))
    for (const w of scheduled) {
      if (CMPAT >= 0) this.write(points, CMPAT, w, w, patterns[w] as PeriodAnswer, ['MHD', 'MMD'])
      if (CMSTAT >= 0 && w > 0) this.writeRun(points, CMSTAT, pass, w, patterns, ['CMPAT'])
    }
    if (MOSTAT < 0) return
    const periods = this.spans.map((_, w) => this.overuseOf(pass, w))
    const both = periods.map((period, w) => this.withHeadacheDays(pass, w, period))
    for (const w of scheduled) {
      this.writeStatus(points, pass, w, periods[w] as Period)
      if (MOHCRIT >= 0 && w > 0) this.writeRun(points, MOHCRIT, pass, w, both, ['MOSTAT', 'MHD'])
    }
  }

  private overuseOf(pass: SubjectPass, w: number): Period {
    const why = this.reasonAt(pass, w, countOf('medicationObserved'))
    if (why !== null) return { why }
    const { classes, together, observed } = medicationUse(pass.days, this.spans[w] as Span, this.family)
    return { status: overuseStatus(classes, together, observed, this.family.overuseRegular) }
  }

  private withHeadacheDays(pass: SubjectPass, w: number, period: Period): PeriodAnswer {
    const why = this.reasonAt(pass, w, countOf('observed'))
    if (why !== null) return { why }
    if ('why' in period) return period
    return { holds: period.status !== 'N' && this.reaches(pass, w, countOf('headacheDay'), CHRONIC.headacheDays) }
  }

  private patternOf(pass: SubjectPass, w: number): PeriodAnswer {
    const why = this.reasonAt(pass, w, countOf('observed'))
    if (why !== null) return { why }
    const headache = this.reaches(pass, w, countOf('headacheDay'), CHRONIC.headacheDays)
    return { holds: headache && this.reaches(pass, w, countOf('migraineDay'), CHRONIC.migraineDays) }
  }

  /** 28 * days / observed >= threshold, in whole numbers. */
  private reaches({ periodTotals }: SubjectPass, w: number, days: Quantity, threshold: number): boolean {
    const at = w * QUANTITIES
    const observed = periodTotals[at + countOf('observed')] as number
    return MONTH * (periodTotals[at + days] as number) >= threshold * observed
  }

  private reasonAt({ zero, periodStates, periodTotals }: SubjectPass, w: number, quantity: Quantity): Areason | null {
    const observed = periodTotals[w * QUANTITIES + quantity] as number
    const never = zero === null ? 'NOT_EVALUABLE' : null
    const { minObserved } = this.spans[w] as Span
    return reasonOf(periodStates[w] as number, never, { needsDays: true }, observed, minObserved, 1, w === 0)
  }

  private writeStatus(points: Points, pass: SubjectPass, w: number, period: Period): void {
    const { MOSTAT } = this.places
    const { visit, from, to } = this.spans[w] as Span
    if ('why' in period) points.none(MOSTAT, visit, period.why)
    else if (period.status === 'MULTI') points.answer(MOSTAT, visit, true)
    else points.answer(MOSTAT, visit, period.status === 'Y')
    if ('status' in period && period.status === 'MULTI') points.word('MULTI')
    const observed = pass.periodTotals[w * QUANTITIES + countOf('medicationObserved')] as number
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
    const first = startOfLongRun(this.spans, w)
    const run = answers.slice(first < 0 ? w : first, w + 1)
    const held = heldThroughout(run)
    const early = (pass.periodStates[w] as number) & (WINDOW.notReached | WINDOW.discontinued)
    this.write(points, place, w, first, first < 0 && early === 0 ? { why: 'NOT_EVALUABLE' } : held, codes)
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
    if ('why' in answer) points.none(place, visit, answer.why)
    else points.answer(place, visit, answer.holds)
    points.window(toStudyDay(begins.from), toStudyDay(to))
    for (let k = first < 0 ? w : first; k <= w; k++) {
      for (const code of codes) points.restsOn(code, (this.spans[k] as Span).visit)
    }
  }
}
