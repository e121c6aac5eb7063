import type { Parameter, StudyFacts } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { type Definition, definitionsOf } from './definition.ts'

/** What result tables write about the parameters of a study, in byte order of the code: plain data, for worker threads. */
export const parametersOf = (study: AnalyticStudy, facts: StudyFacts): readonly Parameter[] =>
  definitionsOf(study, facts).map(toParameter)

export function toParameter(definition: Definition): Parameter {
  const { conventions: _, ...written } = definition
  return written
}
