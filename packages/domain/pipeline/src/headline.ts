import { parametersOf, visitsOf } from '@afferent/metrics'
import type { ColumnTable, StudyFacts } from '@afferent/records'
import { type ResponderBlock, responderBlock } from '@afferent/results'
import type { AnalyticStudy } from '@afferent/study'

/** What a study is usually about, first: headache and migraine days, else the weekly mean of pain. */
const FIRST_LOOK = ['MHD', 'MMD', 'PNAVGW', 'PNWSTW', 'PNNOWW', 'PNLSTW']

/**
 * The responder table people look at first: of the study's primary parameter and visit; else, at its last visit, of the
 * first parameter with responder criteria that anybody has a change in. Null where a study has neither.
 */
export function headline(cohort: ColumnTable, study: AnalyticStudy, facts: StudyFacts): ResponderBlock | null {
  const visits = visitsOf(study, facts)
  const parameters = study.primary === null ? withCriteria(study, facts) : [study.primary.parameter]
  let empty: ResponderBlock | null = null
  for (const parameter of parameters) {
    const own = visits.filter((v) => v.parameter === parameter && v.visit > 0)
    const wanted = study.primary === null ? own.at(-1) : own.find((v) => v.visit === study.primary?.visit)
    const block = wanted === undefined ? null : responderBlock(cohort, study, parameter, wanted.label)
    if (block?.rows.some(({ change }) => change !== null)) return block
    empty ??= block
  }
  return empty
}

function withCriteria(study: AnalyticStudy, facts: StudyFacts): string[] {
  const order = study.headache?.migraineSource === 'criteria' ? ['MMD', ...FIRST_LOOK] : FIRST_LOOK
  const codes = parametersOf(study, facts)
    .filter((p) => p.table === 'adeff' && p.criteria[0] != null)
    .map((p) => p.code)
  return [...new Set([...order.filter((code) => codes.includes(code)), ...codes])]
}
