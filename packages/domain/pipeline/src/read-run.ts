import type { ContentId, Vault } from '@afferent/ledger'
import type { ColumnTable, RowCounts, StudyFacts } from '@afferent/records'
import { fromArrow } from '@afferent/records/arrow'
import { parseStudy, type Study } from '@afferent/study'

/** A published run as its own files tell it. */
export interface PublishedRunFiles {
  readonly study: Study
  readonly facts: StudyFacts
  readonly counts: RowCounts
  readonly cohort: ColumnTable
  readonly files: readonly string[]
}

export async function readRun(vault: Vault, study: string, run: ContentId): Promise<PublishedRunFiles> {
  const name = `runs/${study}/${run}` as const
  const text = async (file: string) => new TextDecoder().decode(await vault.readFile(name, file))
  const manifest = JSON.parse(await text('manifest.json')) as {
    facts: StudyFacts
    counts: RowCounts
    files: readonly { name: string }[]
  }
  const parsed = parseStudy(await text('study.effective.yaml'), 'study.effective.yaml')
  if (parsed.kind === 'refused') throw new Error('the effective study file of a run does not parse')
  const cohort = fromArrow(await vault.readFile(name, 'cohort.arrow'))
  return { ...manifest, study: parsed.study, cohort, files: manifest.files.map((file) => file.name) }
}
