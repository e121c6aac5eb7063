import { parametersOf, visitsOf } from '@afferent/metrics'
import type { ColumnTable } from '@afferent/records'
import { summarizeCohort } from '@afferent/statistics'
import type { Study } from '@afferent/study'
import type { Analysis } from './analyze.ts'
import { blind } from './stages/blind.ts'

/** The table cohort of an analysis, before anything is written. */
export function cohortOf({ layout, shards }: Analysis, study: Study): ColumnTable {
  const shown = blind(study, layout.facts)
  const { analytic } = shown.study
  return summarizeCohort({
    study: analytic,
    parameters: parametersOf(analytic, shown.facts),
    visits: visitsOf(analytic, shown.facts),
    shards: shards.map(shown.shard),
  })
}
