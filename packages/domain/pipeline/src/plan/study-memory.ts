import type { ContentId, NumberedEntry } from '@afferent/ledger'
import { matchSource, parseStudy, printIssue, type Study } from '@afferent/study'
import { type DatasetManifest, readDatasetManifest } from '../files/codec.ts'
import type { Ports } from '../ports.ts'
import type { RunPlan } from '../stages/run-plan.ts'
import { chooseInForce, type InForceChoice, type Verdict } from './in-force.ts'
import { datasetNamer, nameOf, runName } from './names.ts'
import { foldJournal, type StudyState, type Upload } from './state.ts'

/** The newest valid study file and where it came from. */
export interface StudyInForce {
  readonly upload: Upload
  readonly study: Study
}

/** What is known of one study at one moment, read from the vault. */
export interface StudyNow {
  readonly key: string
  readonly state: StudyState
  readonly inForce: StudyInForce | null
  /** Study uploads that did not parse, with the first reason. */
  readonly refusedStudies: ReadonlyMap<number, readonly string[]>
  readonly datasetOf: (upload: Upload) => ContentId
  readonly verdictOf: (upload: Upload) => Verdict
  readonly choice: InForceChoice
  /** Name of the run of the uploads in force; null when there is none. */
  readonly run: ContentId | null
}

const nothing: InForceChoice = { uploads: [], undecided: [] }

/**
 * Reads a study's journal and the verdicts it needs, remembering between calls what can never change: journal entries,
 * parsed study files and datasets, each written once. So a look costs the new numbers only.
 */
export class StudyMemory {
  private readonly key: string
  private readonly ports: Ports
  private readonly entries: NumberedEntry[] = []
  private readonly studies = new Map<ContentId, { study: Study | null; issues: readonly string[] }>()
  private readonly manifests = new Map<ContentId, DatasetManifest>()

  constructor(key: string, ports: Ports) {
    this.key = key
    this.ports = ports
  }

  async read(): Promise<StudyNow> {
    const { vault, digest, zoneData } = this.ports
    this.entries.push(...(await vault.journal(this.key, this.entries.at(-1)?.number ?? 0)))
    const state = foldJournal(this.entries)
    const refusedStudies = new Map<number, readonly string[]>()
    const inForce = await this.studyInForce(state, refusedStudies)
    if (inForce === null) {
      const datasetOf = (upload: Upload) => nameOf(digest, upload.object)
      return {
        key: this.key,
        state,
        inForce,
        refusedStudies,
        datasetOf,
        verdictOf: () => null,
        choice: nothing,
        run: null,
      }
    }
    const { analytic } = inForce.study
    const namer = datasetNamer(digest, analytic, zoneData)
    const names = new Map(state.uploads.map((upload) => [upload.number, namer(upload)]))
    const datasetOf = (upload: Upload) => names.get(upload.number) as ContentId
    const verdicts = new Map<number, Verdict>()
    const data = state.uploads.filter((u) => u.role === 'data')
    for (const upload of data) verdicts.set(upload.number, await this.verdict(datasetOf(upload)))
    const verdictOf = (upload: Upload) => verdicts.get(upload.number) ?? null
    const groupOf = (name: string) => matchSource(analytic, name)?.name ?? name
    const choice = chooseInForce(data, analytic.uploads, verdictOf, groupOf)
    const run = choice.uploads.length === 0 ? null : runName(digest, analytic, zoneData, choice.uploads)
    return { key: this.key, state, inForce, refusedStudies, datasetOf, verdictOf, choice, run }
  }

  /** Manifest of a dataset, null while it does not exist. */
  async manifest(id: ContentId): Promise<DatasetManifest | null> {
    const known = this.manifests.get(id)
    if (known !== undefined) return known
    const { vault } = this.ports
    if (!(await vault.has(`datasets/${id}`))) return null
    const manifest = await readDatasetManifest((file) => vault.readFile(`datasets/${id}`, file))
    this.manifests.set(id, manifest)
    return manifest
  }

  /** Forgets what the sweep may have removed since. */
  forgetDatasets(): void {
    this.manifests.clear()
  }

  private async verdict(id: ContentId): Promise<Verdict> {
    const manifest = await this.manifest(id)
    if (manifest !== null) return manifest.kind
    return (await this.ports.vault.has(`failures/${id}`)) ? 'failed' : null
  }

  private async studyInForce(state: StudyState, refused: Map<number, readonly string[]>): Promise<StudyInForce | null> {
    let found: StudyInForce | null = null
    for (const upload of state.uploads.filter((u) => u.role === 'study').reverse()) {
      const parsed = await this.parsedStudy(upload)
      if (parsed.study === null) refused.set(upload.number, parsed.issues)
      else if (found === null) found = { upload, study: parsed.study }
    }
    return found
  }

  private async parsedStudy(upload: Upload): Promise<{ study: Study | null; issues: readonly string[] }> {
    const known = this.studies.get(upload.object)
    if (known !== undefined) return known
    const bytes = await this.ports.vault.readObject(upload.object)
    const result = parseStudy(new TextDecoder().decode(bytes), upload.name)
    const parsed =
      result.kind === 'study'
        ? { study: result.study, issues: [] }
        : { study: null, issues: result.findings.map(printIssue) }
    this.studies.set(upload.object, parsed)
    return parsed
  }
}

/** The plan of a run, null while it is not prepared. */
export async function readRunPlan({ vault }: Pick<Ports, 'vault'>, run: ContentId): Promise<RunPlan | null> {
  if (!(await vault.has(`plans/${run}`))) return null
  return JSON.parse(new TextDecoder().decode(await vault.readFile(`plans/${run}`, 'plan.json'))) as RunPlan
}
