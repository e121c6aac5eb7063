import { join } from 'node:path'
import { headline, readRun } from '@afferent/pipeline'
import type { RowCounts } from '@afferent/records'
import type { ResponderBlock } from '@afferent/results'
import type { LocalVault } from '@afferent/vault'

/** What one study's latest run says first, and where its tables lie. */
export interface StudyHeadline {
  readonly study: string
  readonly run: string
  readonly responders: ResponderBlock | null
  readonly counts: RowCounts
  readonly folder: string
  readonly tables: readonly string[]
}

export async function readHeadline(vault: LocalVault, study: string, results: string): Promise<StudyHeadline> {
  const latest = await vault.latest(study)
  if (latest === null) throw new Error(`${study} has no run`)
  const run = await readRun(vault, study, latest.run)
  return {
    study,
    run: latest.run,
    responders: headline(run.cohort, run.study.analytic, run.facts),
    counts: run.counts,
    folder: join(results, study, 'latest'),
    tables: run.files.filter((file) => /\.(arrow|csv)$/.test(file)),
  }
}
