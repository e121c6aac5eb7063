import { parametersOf, visitsOf } from '@afferent/metrics'
import type { ColumnTable, StudyFacts } from '@afferent/records'
import { type ResponderBlock, responderBlock } from '@afferent/results'
import type { AnalyticStudy } from '@afferent/study'

/**
 * The responder table people look at first: of the study's primary parameter and visit, else of the first parameter with
 * responder criteria at its last visit. Null where a study has neither.
 */
export function headline(cohort: ColumnTable, study: AnalyticStudy, facts: StudyFacts): ResponderBlock | null {
  const visits = visitsOf(study, facts)
  const parameters = study.primary === null ? withCriteria(study, facts) : [study.primary.parameter]
  for (const parameter of parameters) {
    const own = visits.filter((v) => v.parameter === parameter && v.visit > 0)
    const wanted = study.primary === null ? own.at(-1) : own.find((v) => v.visit === study.primary?.visit)
    const block = wanted === undefined ? null : responderBlock(cohort, study, parameter, wanted.label)
    if (block !== null) return block
  }
  return null
}

const withCriteria = (study: AnalyticStudy, facts: StudyFacts): string[] =>
  parametersOf(study, facts)
    .filter((p) => p.table === 'adeff' && p.criteria[0] != null)
    .map((p) => p.code)
