import type { ColumnTable, Compute, ShardResult, Task } from '@afferent/records'
import { type CohortInput, summarizeCohort } from '@afferent/statistics'

/** Fewer rows than this are summarized here: a message to a thread would take longer. */
const THREADS_FROM_ROWS = 200_000

/** Cohort rows, where there are many rows in a thread of their own, so that tables are written meanwhile. */
export async function cohortAside(
  input: CohortInput & { readonly shards: readonly ShardResult[] },
  compute: Compute,
): Promise<ColumnTable> {
  const rows = input.shards.reduce((sum, { effects }) => sum + effects.rows, 0)
  if (compute.threads <= 1 || rows < THREADS_FROM_ROWS) return cohortTask(input)
  const [cohort] = await compute.map(COHORT_TASK, [input])
  return cohort as ColumnTable
}

/** The task that compute threads load. */
export const cohortTask = (input: CohortInput): ColumnTable => summarizeCohort(input)

const COHORT_TASK: Task<CohortInput, ColumnTable> = { module: import.meta.url, name: 'cohortTask' }
