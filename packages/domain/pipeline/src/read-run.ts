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
  const cohort = fromArrow(await vault.readFile(name, 'cohort.arrow'))
  return {
    ...manifest,
    study: toStudy(await text('study.effective.yaml')),
    cohort,
    files: manifest.files.map((file) => file.name),
  }
}

/** What a run was made of. It stays when a sweep takes the tables. */
export interface RunInputs {
  readonly study: Study
  /** In the order in force. */
  readonly uploads: readonly { readonly name: string; readonly object: ContentId; readonly size: number }[]
  readonly computationVersion: string
}

export async function readRunInputs(vault: Vault, study: string, run: ContentId): Promise<RunInputs> {
  const name = `runs/${study}/${run}` as const
  const text = async (file: string) => new TextDecoder().decode(await vault.readFile(name, file))
  const { uploads, computationVersion } = JSON.parse(await text('manifest.json')) as Omit<RunInputs, 'study'>
  return { study: toStudy(await text('study.effective.yaml')), uploads, computationVersion }
}

function toStudy(yaml: string): Study {
  const parsed = parseStudy(yaml, 'study.effective.yaml')
  if (parsed.kind === 'refused') throw new Error('the effective study file of a run does not parse')
  return parsed.study
}
