import type { SafetyEvent } from '@afferent/instruments'
import { safetyEventOf, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Points } from '../../points/points.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { SubjectAtHand } from '../family.ts'
import type { ScoredForm } from './subject-forms.ts'
import { stateReason, traceAnswers } from './visit-rows.ts'

/**
 * Rows of a safety event: Y if any form of the visit has it, whatever form the score is taken from; N if an answer says there is
 * none; a missing answer is neither.
 */
export function writeSafety(
  at: SubjectAtHand,
  points: Points,
  plan: Plan,
  item: { readonly event: SafetyEvent; readonly place: number },
  place: number,
  instrument: Parameters<typeof safetyEventOf>[0],
  visits: readonly (readonly ScoredForm[])[],
): void {
  plan.visits.spans.forEach(({ visit, from, to }, w) => {
    const state = at.pass.visitStates[w] as number
    if ((state & WINDOW.scheduled) === 0) return
    const answered = (visits[w] as readonly ScoredForm[]).filter(({ form }) => !Number.isNaN(form.answers[item.place]))
    const isEvent = ({ form }: ScoredForm): boolean =>
      safetyEventOf(instrument, item.place, form.answers[item.place] as number) !== null
    const why = stateReason(state) ?? (answered.length === 0 ? 'MISSING_ITEMS' : null)
    if (why === null) points.answer(place, visit, answered.some(isEvent))
    else points.none(place, visit, why)
    points.window(toStudyDay(from), toStudyDay(to))
    if (why !== null) return
    const deciding = answered.find(isEvent) ?? (answered.at(-1) as ScoredForm)
    if (deciding.day !== null) points.on(toStudyDay(deciding.day))
    traceAnswers(points, deciding, item.event.item)
  })
}
