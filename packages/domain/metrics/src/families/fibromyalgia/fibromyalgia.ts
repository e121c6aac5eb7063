import type { Areason } from '@afferent/records'
import { type FibromyalgiaFamily, toStudyDay } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import { visitOver } from '../../courses/visit-over.ts'
import type { Points } from '../../points/points.ts'
import type { Span } from '../../windows/schedule.ts'
import { WINDOW } from '../../windows/window-state.ts'
import type { Family, SubjectAtHand } from '../family.ts'
import { FIBROMYALGIA_ENTRIES, listed } from './entries.ts'
import {
  COMPONENTS,
  type Component,
  type ComponentInput,
  fibromyalgiaResponse,
  notJudged,
  SHORT_COMPONENTS,
} from './fibromyalgia-response.ts'

/** Fibromyalgia response by its components (endpoints.md section 6). */
export const fibromyalgia: Family = {
  name: 'fibromyalgia',
  entries: FIBROMYALGIA_ENTRIES,
  open: (plan) => {
    const family = plan.study.fibromyalgia
    return family === null ? null : { read: (at, points) => readResponse(at, points, plan, family) }
  },
}

function readResponse(at: SubjectAtHand, points: Points, plan: Plan, family: FibromyalgiaFamily): void {
  const courses = COMPONENTS.flatMap((name) => {
    const code = family[name]
    return code === null ? [] : [{ name, code, course: at.courses.of(code) }]
  })
  const first = plan.visits.spans[0] as Span
  plan.visits.spans.forEach((span, w) => {
    const state = at.pass.visitStates[w] as number
    if (w === 0 || (state & WINDOW.scheduled) === 0) return
    const components = new Map<Component, ComponentInput>(
      courses.map(({ name, course }) => [
        name,
        {
          base: visitOver(course, first),
          value: visitOver(course, span),
          higherIsBetter: course?.higherIsBetter ?? false,
        },
      ]),
    )
    const { short, long } = fibromyalgiaResponse(components)
    for (const [code, met, asked] of [
      ['FM30S', short, SHORT_COMPONENTS],
      ['FM30L', long, COMPONENTS],
    ] as const) {
      const place = plan.effectCodes.indexOf(code)
      if (place < 0) continue
      const own = new Map([...components].filter(([name]) => asked.includes(name)))
      const why = whyNone(state, own, plan)
      if (why !== null) points.none(place, span.visit, why)
      else {
        points.answer(place, span.visit, met)
        const missing = notJudged(own)
        if (missing.length > 0) points.flag('CMPMISS', listed(missing))
        if (state & WINDOW.discontinued) points.derivedBy('NRI')
      }
      points.window(toStudyDay(span.from), toStudyDay(span.to))
      for (const { name, code: of } of courses) {
        for (const visit of [own.get(name)?.base, own.get(name)?.value]) if (visit) points.restsOn(of, visit.visit)
      }
    }
  })
}

/**
 * Why there is no answer. A component that is missing alone is no reason (it counts as not met); a visit after the last study day
 * is one under OC, and a subject without any baseline cannot be judged at all [P].
 */
function whyNone(state: number, components: ReadonlyMap<Component, ComponentInput>, plan: Plan): Areason | null {
  const all = [...components.values()]
  const open = all.some(({ value }) => value?.reason === 'NOT_REACHED')
  if (state & WINDOW.notReached || open) return 'NOT_REACHED'
  const bases = all.filter(({ base }) => base !== null && !Number.isNaN(base.value))
  if (state & WINDOW.discontinued && (plan.study.responders.missing === 'OC' || bases.length === 0))
    return 'DISCONTINUED'
  return bases.length === 0 ? 'NO_BASELINE' : null
}
