import { type MoodFamily, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import { visitOver } from '../../courses/visit-over.ts'
import type { Points } from '../../points/points.ts'
import type { Span } from '../../windows/schedule.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { Family, SubjectAtHand } from '../family.ts'
import { cellOf, type DualInput, dualResponse } from './dual-response.ts'
import { MOOD_ENTRIES } from './entries.ts'

/** Dual response of pain and mood (endpoints.md section 8). */
export const mood: Family = {
  name: 'mood',
  entries: MOOD_ENTRIES,
  open: (plan) => {
    const family = plan.study.mood
    const place = plan.effectCodes.indexOf('DUALRSP')
    if (family === null || place < 0) return null
    return { read: (at, points) => readMood(at, points, plan, family, place) }
  },
}

function readMood(at: SubjectAtHand, points: Points, plan: Plan, family: MoodFamily, place: number): void {
  const pain = at.courses.of(family.pain)
  const scale = at.courses.of(family.scale)
  const rules = {
    scale: family.scale,
    painCut: family.painCut,
    painHigherIsBetter: pain?.higherIsBetter ?? false,
    responders: plan.study.responders,
  }
  const first = plan.visits.spans[0] as Span
  const bases = { painBase: visitOver(pain, first), moodBase: visitOver(scale, first) }
  plan.visits.spans.forEach((span, w) => {
    const state = at.pass.visitStates[w] as number
    if (w === 0 || (state & WINDOW.scheduled) === 0) return
    const input = { ...bases, pain: visitOver(pain, span), mood: visitOver(scale, span) }
    const answer = state & WINDOW.notReached ? NOT_YET : dualResponse(input, rules)
    if (answer.kind === 'none') points.none(place, span.visit, answer.why)
    else {
      points.answer(place, span.visit, answer.pain && answer.mood)
      points.category(cellOf(answer.pain, answer.mood))
      if (answer.imputed) points.derivedBy('NRI')
    }
    points.window(toStudyDay(span.from), toStudyDay(span.to))
    traceDual(points, family, input)
  })
}

const NOT_YET = { kind: 'none', why: 'NOT_REACHED' } as const

function traceDual(points: Points, { pain, scale }: MoodFamily, input: DualInput): void {
  for (const [code, visits] of [
    [pain, [input.painBase, input.pain]],
    [scale, [input.moodBase, input.mood]],
  ] as const) {
    for (const visit of visits) if (visit !== null) points.restsOn(code, visit.visit)
  }
}
