import { MONTH_MIN_DAYS, monthOf, type Score } from '@afferent/instruments'
import type { Areason } from '@afferent/records'
import type { QuestionnaireSettings } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import type { Span } from '../../windows/schedule.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { SubjectAtHand } from '../family.ts'
import { ownCriteriaOf, writeCriteria } from './own-criteria.ts'
import type { ScoredForm } from './subject-forms.ts'
import { stateReason, traceAnswers, writeValue } from './visit-rows.ts'

/**
 * Rows of one score of an instrument that is answered daily: per period of the diary the mean of its days, from 14 days with
 * a value on; the baseline likewise.
 */
export function writeMonths(
  at: SubjectAtHand,
  points: Points,
  plan: Plan,
  score: Score,
  place: number,
  given: QuestionnaireSettings,
  which: number,
  forms: readonly ScoredForm[],
): void {
  const criteria = ownCriteriaOf(score, given)
  let base = Number.NaN
  plan.periods.spans.forEach((span, w) => {
    const state = at.pass.periodStates[w] as number
    if ((state & WINDOW.scheduled) === 0) return
    const days = daysIn(forms, span, which)
    const month = monthOf(Float64Array.from(days, ({ scores }) => scores[which] as number))
    const tooFew: Areason | null = days.length >= MONTH_MIN_DAYS ? null : w === 0 ? 'NO_BASELINE' : 'INSUFFICIENT_DAYS'
    const why = stateReason(state) ?? (at.zero === null ? 'NOT_EVALUABLE' : tooFew)
    const value = why === null ? month : Number.NaN
    writeValue(points, score, place, span, value, why)
    points.counted(days.length)
    if (why === null && days.some(({ external }) => external[which])) points.flag('SCOREFL', 'E')
    for (const scored of days) traceAnswers(points, scored)
    if (w === 0) base = value
    else if (why !== 'NOT_REACHED') writeCriteria(points, score, criteria, base, value, plan.study)
  })
}

/** Forms of the window that have the score, one per day: of several the last. */
function daysIn(forms: readonly ScoredForm[], { from, to }: Span, which: number): ScoredForm[] {
  const byDay = new Map<number, ScoredForm>()
  for (const scored of forms) {
    const { day, scores } = scored
    if (day !== null && day >= from && day <= to && !Number.isNaN(scores[which])) byDay.set(day, scored)
  }
  return [...byDay.values()]
}
