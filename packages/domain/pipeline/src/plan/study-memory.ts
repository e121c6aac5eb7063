import type { ContentId, NumberedEntry } from '@afferent/ledger'
import { parseStudy, printIssue, type Study, uploadGroup } from '@afferent/study'
import { type DatasetManifest, readDatasetManifest } from '../files/dataset-files.ts'
import { fromJson } from '../files/json-file.ts'
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

/** What the journal and the study file say, before anybody asks what became of uploads. */
export interface StudyGlance {
  readonly key: string
  readonly state: StudyState
  readonly inForce: StudyInForce | null
  /** Study uploads that did not parse, with the first reason. */
  readonly refusedStudies: ReadonlyMap<number, readonly string[]>
  readonly datasetOf: (upload: Upload) => ContentId
}

/** What is known of one study at one moment, read from the vault. */
export interface StudyNow extends StudyGlance {
  readonly verdictOf: (upload: Upload) => Verdict
  readonly choice: InForceChoice
  /** Name of the run of the uploads in force; null when there is none. Hashes them all: for those who need it. */
  readonly run: () => ContentId | null
}

const nothing: InForceChoice = { uploads: [], undecided: [] }

/** From so many undecided uploads on, one listing of the vault is cheaper than a question for each. */
const LIST_FROM = 16
/** Manifests read at the same time. */
const AT_ONCE = 8

/**
 * Reads a study's journal and the verdicts it needs, remembering between calls what can never change: journal entries,
 * parsed study files, names and datasets, each written once. So a look costs the new numbers only.
 */
export class StudyMemory {
  private readonly key: string
  private readonly ports: Ports
  private readonly entries: NumberedEntry[] = []
  private readonly studies = new Map<ContentId, { study: Study | null; issues: readonly string[] }>()
  private readonly manifests = new Map<ContentId, DatasetManifest>()
  private names = { of: -1, namer: (_: Upload): ContentId => 'sha256-', known: new Map<number, ContentId>() }
  private planned: { readonly run: ContentId; readonly plan: RunPlan } | null = null
  private folded: StudyState | null = null
  private reading: Promise<void> = Promise.resolve()
  private nextReading: Promise<void> | null = null

  constructor(key: string, ports: Ports) {
    this.key = key
    this.ports = ports
  }

  /** Without verdicts: costs the new journal entries and nothing per upload. */
  async glance(): Promise<StudyGlance> {
    await this.readJournal()
    this.folded ??= foldJournal(this.entries)
    const state = this.folded
    const refusedStudies = new Map<number, readonly string[]>()
    const inForce = await this.studyInForce(state, refusedStudies)
    return { key: this.key, state, inForce, refusedStudies, datasetOf: this.namesUnder(inForce) }
  }

  async read(): Promise<StudyNow> {
    const glance = await this.glance()
    const { state, inForce, datasetOf } = glance
    if (inForce === null) return { ...glance, verdictOf: () => null, choice: nothing, run: () => null }
    const { digest, zoneData } = this.ports
    const { analytic } = inForce.study
    const data = state.uploads.filter((u) => u.role === 'data')
    const verdicts = await this.verdicts(data, datasetOf)
    const verdictOf = (upload: Upload) => verdicts.get(upload.number) ?? null
    const choice = chooseInForce(data, analytic.uploads, verdictOf, (name) => uploadGroup(analytic, name))
    const run = () => (choice.uploads.length === 0 ? null : runName(digest, analytic, zoneData, choice.uploads))
    return { ...glance, verdictOf, choice, run }
  }

  /** One reader at a time, so that no entry is remembered twice; all who come meanwhile share the next reading. */
  private readJournal(): Promise<void> {
    this.nextReading ??= this.reading
      .catch(() => undefined)
      .then(() => {
        this.nextReading = null
        this.reading = this.readNewEntries()
        return this.reading
      })
    return this.nextReading
  }

  private async readNewEntries(): Promise<void> {
    const fresh = await this.ports.vault.journal(this.key, this.entries.at(-1)?.number ?? 0)
    if (fresh.length === 0) return
    this.entries.push(...fresh)
    this.folded = null
  }

  private namesUnder(inForce: StudyInForce | null): (upload: Upload) => ContentId {
    const { digest, zoneData } = this.ports
    if (inForce === null) return (upload) => nameOf(digest, upload.object)
    if (this.names.of !== inForce.upload.number) {
      const namer = datasetNamer(digest, inForce.study.analytic, zoneData)
      this.names = { of: inForce.upload.number, namer, known: new Map() }
    }
    const { namer, known } = this.names
    return (upload) => {
      const name = known.get(upload.number) ?? namer(upload)
      known.set(upload.number, name)
      return name
    }
  }

  private async verdicts(
    uploads: readonly Upload[],
    datasetOf: (upload: Upload) => ContentId,
  ): Promise<Map<number, Verdict>> {
    const verdicts = new Map<number, Verdict>()
    const undecided = uploads.filter((upload) => {
      const manifest = this.manifests.get(datasetOf(upload))
      if (manifest !== undefined) verdicts.set(upload.number, manifest.kind)
      return manifest === undefined
    })
    const present = undecided.length < LIST_FROM ? null : await this.listVerdicts()
    const asked = undecided.filter((upload) => present === null || present.has(datasetOf(upload)))
    for (let from = 0; from < asked.length; from += AT_ONCE) {
      const some = asked.slice(from, from + AT_ONCE)
      const found = await Promise.all(some.map((upload) => this.verdict(datasetOf(upload))))
      some.forEach((upload, i) => {
        verdicts.set(upload.number, found[i] as Verdict)
      })
    }
    return verdicts
  }

  /** Names for which there is a verdict of any kind. */
  private async listVerdicts(): Promise<Set<ContentId>> {
    const { vault } = this.ports
    return new Set([...(await vault.list('datasets')), ...(await vault.list('failures'))])
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

  /** The plan of a run, null while it is not prepared. The last one is kept: all derive steps of a run ask for it. */
  async plan(run: ContentId): Promise<RunPlan | null> {
    const { vault } = this.ports
    if (!(await vault.has(`plans/${run}`))) return null
    if (this.planned?.run === run) return this.planned.plan
    const plan = fromJson(await vault.readFile(`plans/${run}`, 'plan.json')) as RunPlan
    this.planned = { run, plan }
    return plan
  }

  /** Forgets datasets that the sweep has removed since they were seen; says whether there were any. */
  async forgetSwept(uploads: readonly Upload[], datasetOf: (upload: Upload) => ContentId): Promise<boolean> {
    const present = new Set(await this.ports.vault.list('datasets'))
    const swept = uploads.map(datasetOf).filter((id) => !present.has(id))
    for (const id of swept) this.manifests.delete(id)
    return swept.length > 0
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

/** One memory per study, for a process that does many steps. */
export class StudyMemories {
  private readonly held = new Map<string, StudyMemory>()

  of(study: string, ports: Ports): StudyMemory {
    const known = this.held.get(study) ?? new StudyMemory(study, ports)
    this.held.set(study, known)
    return known
  }
}
