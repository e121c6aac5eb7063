import { parametersOf, visitsOf } from '@afferent/metrics'
import type { ColumnTable, Parameter, StudyFacts } from '@afferent/records'
import { type ResponderBlock, responderBlock } from '@afferent/results'
import type { AnalyticStudy } from '@afferent/study'

/** What a study is usually about, first: headache and migraine days, else the weekly mean of pain. */
const FIRST_LOOK = ['MHD', 'MMD', 'PNAVGW', 'PNWSTW', 'PNNOWW', 'PNLSTW']

/** Of treated attacks, the answers of the first one. */
const FIRST_ATTACK = ['PF2H', 'CHPR15']

/**
 * The responder table people look at first: of the study's primary parameter and visit; else, at its last visit, of the
 * first parameter with responder criteria that anybody has a change in; else of the first treated attack. Null where a study
 * has none of them.
 */
export function headline(cohort: ColumnTable, study: AnalyticStudy, facts: StudyFacts): ResponderBlock | null {
  const visits = visitsOf(study, facts)
  const parameters = parametersOf(study, facts)
  const codes = study.primary === null ? withCriteria(study, parameters) : [study.primary.parameter]
  let empty: ResponderBlock | null = null
  for (const parameter of codes) {
    const own = visits.filter((v) => v.parameter === parameter && v.visit > 0)
    const visit = FIRST_ATTACK.includes(parameter) ? 1 : own.at(-1)?.visit
    const wanted = own.find((v) => v.visit === (study.primary?.visit ?? visit))
    const cuts = parameters.find(({ code }) => code === parameter)?.cuts ?? study.responders.cuts
    const block = wanted === undefined ? null : responderBlock(cohort, cuts, parameter, wanted.label)
    if (block?.rows.some(({ change }) => change !== null)) return block
    empty ??= block
  }
  return empty
}

function withCriteria(study: AnalyticStudy, parameters: readonly Parameter[]): string[] {
  const order = study.headache?.migraineSource === 'criteria' ? ['MMD', ...FIRST_LOOK] : FIRST_LOOK
  const codes = parameters.filter((p) => p.table === 'adeff' && p.criteria[0] != null).map((p) => p.code)
  const attacks = FIRST_ATTACK.filter((code) => parameters.some((p) => p.code === code))
  return [...new Set([...order.filter((code) => codes.includes(code)), ...codes, ...attacks])]
}
