import { type Score, scoreBand } from '@afferent/instruments'
import type { Areason } from '@afferent/records'
import { type QuestionnaireSettings, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import type { Span } from '../../windows/schedule.ts'
import { visitPlaceOf } from '../../windows/visit-of.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { SubjectAtHand } from '../family.ts'
import { isImpression, ownCriteriaOf, writeCriteria } from './own-criteria.ts'
import type { ScoredForm } from './subject-forms.ts'

/** Forms of one instrument by place in the schedule of visits; those of no visit are left out. */
export function byVisit(plan: Plan, forms: readonly ScoredForm[]): readonly (readonly ScoredForm[])[] {
  const found: ScoredForm[][] = plan.visits.spans.map(() => [])
  for (const scored of forms) found[visitPlaceOf(plan.visits, scored.form.visit, scored.day)]?.push(scored)
  return found
}

/** Why a visit has no value, before anything is known of its forms; null: its window is over and the subject was there. */
export function stateReason(state: number): Areason | null {
  if (state & WINDOW.notReached) return 'NOT_REACHED'
  return state & WINDOW.discontinued ? 'DISCONTINUED' : null
}

/**
 * Rows of one score: the baseline and every scheduled visit. Of several forms of a visit the last (or first) that has the score
 * counts, for every score by itself [P].
 */
export function writeVisits(
  at: SubjectAtHand,
  points: Points,
  plan: Plan,
  score: Score,
  place: number,
  given: QuestionnaireSettings,
  which: number,
  visits: readonly (readonly ScoredForm[])[],
): void {
  const criteria = ownCriteriaOf(score, given)
  let base = Number.NaN
  plan.visits.spans.forEach((span, w) => {
    const state = at.pass.visitStates[w] as number
    if ((state & WINDOW.scheduled) === 0 || (w === 0 && isImpression(score))) return
    const forms = visits[w] as readonly ScoredForm[]
    const withScore = forms.filter(({ scores }) => !Number.isNaN(scores[which]))
    const chosen = plan.study.visits.choose === 'last' ? withScore.at(-1) : withScore[0]
    const why = stateReason(state) ?? (chosen === undefined ? missing(forms, w) : null)
    const value = why === null ? ((chosen as ScoredForm).scores[which] as number) : Number.NaN
    writeValue(points, score, place, span, value, why)
    traceForms(points, forms, why === null ? chosen : undefined)
    if (why === null && chosen !== undefined) {
      if (chosen.day !== null) points.on(toStudyDay(chosen.day))
      if (chosen.external[which]) points.flag('SCOREFL', 'E')
    }
    if (w === 0) base = value
    else if (why !== 'NOT_REACHED') writeCriteria(points, score, criteria, base, value, plan.study)
  })
}

const missing = (forms: readonly ScoredForm[], w: number): Areason =>
  forms.length === 0 && w === 0 ? 'NO_BASELINE' : 'MISSING_ITEMS'

/** A row of a score with its window and band. */
export function writeValue(
  points: Points,
  score: Score,
  place: number,
  { visit, from, to }: Span,
  value: number,
  why: Areason | null,
): void {
  if (why !== null) points.none(place, visit, why)
  else if (score.kind === 'flag') points.answer(place, visit, value === 1)
  else {
    points.add(place, visit, value)
    points.category(scoreBand(score, value))
  }
  points.window(toStudyDay(from), toStudyDay(to))
}

/** Names the answers that were used, and the forms that were looked at and left. */
export function traceForms(points: Points, forms: readonly ScoredForm[], chosen: ScoredForm | undefined): void {
  if (points.trace === null) return
  for (const scored of forms) {
    if (scored === chosen) traceAnswers(points, scored)
    else points.leaves('assessments', scored.form.from, whyLeft(scored, chosen))
  }
}

/** The answers of a form that a value was made of, each with its item; `only`: it was made of this item alone. */
export function traceAnswers(points: Points, { form, items }: ScoredForm, only: string | null = null): void {
  if (points.trace === null) return
  for (let row = form.from; row < form.to; row++) {
    const { item, says } = items(row)
    if (only === null || item === only) points.uses('assessments', row, says)
  }
}

const whyLeft = ({ scores }: ScoredForm, chosen: ScoredForm | undefined): string => {
  if (chosen === undefined) return 'the form does not give the score, or its window is not over'
  return scores.every(Number.isNaN) ? 'the form has no score' : 'another form of the visit counts'
}
