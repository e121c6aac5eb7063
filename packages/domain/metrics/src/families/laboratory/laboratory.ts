import type { Areason, Settled } from '@afferent/records'
import { type LaboratoryFamily, logRatioCode, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { RowRanges } from '../../windows/row-ranges.ts'
import type { Span } from '../../windows/schedule.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { Family, FamilyReader, SubjectAtHand } from '../family.ts'
import { stateReason } from '../questionnaires/visit-rows.ts'
import { ACUTE_ANALYTE, isAcutePhase } from './acute-phase.ts'
import { describedAnalytes, LABORATORY_ENTRIES } from './laboratory-entries.ts'
import { logRatio } from './log-ratio.ts'
import { resultsByVisit, type VisitResult } from './results-of-visit.ts'

/** Laboratory results per visit and their log ratios to baseline (endpoints.md section 8). */
export const laboratory: Family = {
  name: 'laboratory',
  entries: LABORATORY_ENTRIES,
  described: describedAnalytes,
  open: (plan, settled) =>
    plan.study.laboratory === null ? null : new LaboratoryReader(plan, settled, plan.study.laboratory),
}

/** The result that counts at a visit, or why there is none. */
interface Chosen {
  readonly result: VisitResult | null
  readonly why: Areason | null
  readonly others: readonly VisitResult[]
}

class LaboratoryReader implements FamilyReader {
  private readonly plan: Plan
  private readonly family: LaboratoryFamily
  private readonly table: Settled['measurements']
  private readonly rows: RowRanges

  constructor(plan: Plan, settled: Settled, family: LaboratoryFamily) {
    this.plan = plan
    this.family = family
    this.table = settled.measurements
    this.rows = new RowRanges(settled.measurements)
  }

  read(at: SubjectAtHand, points: Points): void {
    const { plan, family } = this
    this.rows.advance(at.subject)
    const found = resultsByVisit(this.table, this.rows, at.zero, plan.visits, family.blq)
    const chosenOf = (code: string): Chosen[] =>
      plan.visits.spans.map((_, w) => this.choose(at, found.get(code)?.[w] ?? [], w))
    const crp = family.analytes.some(({ code }) => code === ACUTE_ANALYTE) ? chosenOf(ACUTE_ANALYTE) : null
    const acute = plan.visits.spans.map((_, w) => {
      const result = crp?.[w]?.result ?? null
      return result === null ? null : isAcutePhase(result.value)
    })
    for (const { code } of family.analytes) {
      const visits = chosenOf(code)
      this.writeResults(at, points, code, visits, acute)
      this.writeRatios(at, points, code, visits, acute)
    }
  }

  private choose(at: SubjectAtHand, results: readonly VisitResult[], w: number): Chosen {
    const result = (this.plan.study.visits.choose === 'last' ? results.at(-1) : results[0]) ?? null
    const others = results.filter((other) => other !== result)
    const missing: Areason = at.zero === null ? 'NOT_EVALUABLE' : w === 0 ? 'NO_BASELINE' : 'MISSING_ITEMS'
    return { result, others, why: stateReason(at.pass.visitStates[w] as number) ?? (result === null ? missing : null) }
  }

  private writeResults(
    at: SubjectAtHand,
    points: Points,
    code: string,
    visits: readonly Chosen[],
    acute: readonly (boolean | null)[],
  ): void {
    const place = this.plan.effectCodes.indexOf(code)
    if (place < 0) return
    this.eachVisit(at, 0, (span, w) => {
      const { result, why } = visits[w] as Chosen
      if (why === null && result !== null) {
        points.add(place, span.visit, result.value)
        if (result.below) points.flag('BLQFL', 'Y')
        if (result.above) points.flag('UQFL', 'Y')
        flagAcute(points, acute[w] ?? null)
        if (result.day !== null) points.on(toStudyDay(result.day))
      } else points.none(place, span.visit, why as Areason)
      points.window(toStudyDay(span.from), toStudyDay(span.to))
      trace(points, visits[w] as Chosen)
    })
  }

  private writeRatios(
    at: SubjectAtHand,
    points: Points,
    code: string,
    visits: readonly Chosen[],
    acute: readonly (boolean | null)[],
  ): void {
    const place = this.plan.effectCodes.indexOf(logRatioCode(code))
    if (place < 0) return
    const base = visits[0] as Chosen
    this.eachVisit(at, 1, (span, w) => {
      const own = visits[w] as Chosen
      const why = own.why ?? (base.why === null ? null : 'NO_BASELINE')
      if (why === null && own.result !== null && base.result !== null) {
        points.add(place, span.visit, logRatio(own.result, base.result))
        if (own.result.below || base.result.below)
          points.flag('BLQFL', own.result.below && base.result.below ? 'B' : 'Y')
        if (own.result.above || base.result.above) points.flag('UQFL', 'Y')
        flagAcute(points, eitherOf(acute[0] ?? null, acute[w] ?? null))
        if (own.result.day !== null) points.on(toStudyDay(own.result.day))
      } else points.none(place, span.visit, why as Areason)
      points.window(toStudyDay(span.from), toStudyDay(span.to))
      points.restsOn(code, 0).restsOn(code, span.visit)
      trace(points, base, 'baseline')
      trace(points, own)
    })
  }

  private eachVisit(at: SubjectAtHand, from: 0 | 1, write: (span: Span, w: number) => void): void {
    this.plan.visits.spans.forEach((span, w) => {
      if (w >= from && ((at.pass.visitStates[w] as number) & WINDOW.scheduled) !== 0) write(span, w)
    })
  }
}

const flagAcute = (points: Points, acute: boolean | null): void => {
  if (acute !== null) points.flag('CRPFL', acute ? 'Y' : 'N')
}

/** Of two answers: yes if either is, no if both are known to be no. */
const eitherOf = (a: boolean | null, b: boolean | null): boolean | null => {
  if (a === true || b === true) return true
  return a === null || b === null ? null : false
}

function trace(points: Points, { result, others, why }: Chosen, note = ''): void {
  if (points.trace === null) return
  if (result !== null) {
    if (why === null) points.uses('measurements', result.row, noteOf(result, note))
    else
      points.leaves(
        'measurements',
        result.row,
        why === 'NOT_REACHED' ? 'the window is not over' : 'the subject had left',
      )
  }
  for (const { row } of others) points.leaves('measurements', row, 'another result of the visit counts')
}

const noteOf = ({ below, above }: VisitResult, note: string): string =>
  [note, below ? 'below the LLOQ' : '', above ? 'above the ULOQ' : ''].filter((part) => part !== '').join(', ')
