import type { AnalyticStudy } from '@afferent/study'
import type { CatalogueEntry } from '../catalogue/entry.ts'
import type { ResponseRule } from './response-columns.ts'

/** How a catalogue entry is judged for response; null: it is not (compliance, yes/no endpoints). */
export function ruleOf(study: AnalyticStudy, entry: CatalogueEntry): ResponseRule | null {
  const { compute } = entry
  if (compute.kind === 'endpoint' || (compute.kind !== 'pooled' && !compute.responders)) return null
  return {
    responders: study.responders,
    cuts: (compute.kind === 'points' ? compute.cuts : undefined) ?? study.responders.cuts,
    higherIsBetter: entry.direction === 'higher-is-better',
    pain: compute.kind !== 'pooled' && compute.pain,
  }
}
