import type { StudyFacts, Visit } from '@afferent/records'
import { type AnalyticStudy, SPAN_VISIT, toStudyDay, windowLabel } from '@afferent/study'
import { ENDPOINTS } from '../rows/endpoint-rows.ts'
import type { Schedule, Span } from '../windows/schedule.ts'
import type { CatalogueEntry, Plan, Planned } from './entry.ts'
import { planOf } from './plan.ts'

/** Every AVISITN that adeff can hold, with its AVISIT, by parameter and visit. */
export function visitsOf(study: AnalyticStudy, facts: StudyFacts): readonly Visit[] {
  const plan = planOf(study, facts)
  return plan.planned
    .filter((planned) => planned.table === 'adeff')
    .flatMap((planned) => labelsOf(plan, planned).map(([visit, label]) => ({ parameter: planned.code, visit, label })))
}

function labelsOf(plan: Plan, planned: Planned): [number, string][] {
  if (planned.value !== null) {
    const { parameter, pooled } = planned.value
    if (!pooled) return parameter.visits.map(({ visit, label }) => [visit, label])
    return [
      [0, parameter.visits.find(({ visit }) => visit === 0)?.label ?? 'Baseline'],
      [SPAN_VISIT, 'All visits'],
    ]
  }
  const { compute } = planned.entry as CatalogueEntry
  if (compute.kind === 'measure') {
    const schedule = compute.measure.windows === 'weeks' ? plan.weeks : plan.periods
    return schedule.spans.map(({ visit, label }) => [visit, label])
  }
  if (compute.kind === 'endpoint') return endpointLabels(plan, planned.code)
  if (compute.kind === 'points') return compute.visits(plan).map(([visit, label]) => [visit, label])
  const baseline: [number, string] = [0, (plan.periods.spans[0] as Span).label]
  return [baseline, ...spanLabel(plan.periods, 1, plan.periods.spans.length - 1)]
}

function endpointLabels(plan: Plan, code: string): [number, string][] {
  const endpoint = ENDPOINTS[code]
  if (endpoint === undefined) return []
  const schedule = code === 'SUSR50' || code === 'EARLYR50' ? plan.periods : plan.weeks
  return spanLabel(schedule, endpoint.first(plan), endpoint.last(plan))
}

function spanLabel(schedule: Schedule, first: number, last: number): [number, string][] {
  const from = schedule.spans[first]
  const to = schedule.spans[last]
  if (from === undefined || to === undefined || last < first) return []
  return [[SPAN_VISIT, windowLabel(toStudyDay(from.from), toStudyDay(to.to))]]
}
