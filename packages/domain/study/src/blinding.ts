import type { FieldName } from './source.ts'
import type { AnalyticStudy } from './study.ts'

/** Fields whose words are codes of arms; a guess may be unknown. */
export const ARM_FIELDS: readonly FieldName[] = ['arm', 'treatment', 'treated', 'guess']

/** Columns of the exports that tell who is in which arm. */
export function armColumns({ sources }: Pick<AnalyticStudy, 'sources'>): ReadonlySet<string> {
  const mapped = sources.flatMap(({ fields }) => fields.filter(({ field }) => ARM_FIELDS.includes(field)))
  return new Set(mapped.flatMap(({ column }) => column ?? []))
}

/** The study as readers of a blinded run may know it: without its arms, what tells them, and analyses that compare
 * them. */
export function withoutArms(study: AnalyticStudy): AnalyticStudy {
  const sources = study.sources.map((source) => ({
    ...source,
    fields: source.fields.filter(({ field }) => !ARM_FIELDS.includes(field)),
  }))
  return { ...study, arms: [], cohort: null, sources }
}
