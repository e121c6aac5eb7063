import type { AnalyticStudy } from '@afferent/study'
import type { CatalogueEntry, FlagColumn } from '../windows/measure.ts'

/** Columns of adeff beside the fixed ones that an entry fills in a study. */
export const flagsOf = ({ flags }: CatalogueEntry, study: AnalyticStudy): readonly FlagColumn[] =>
  typeof flags === 'function' ? flags(study) : (flags ?? [])
