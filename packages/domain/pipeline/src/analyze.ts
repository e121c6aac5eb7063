import type { ContentId, FolderWriter } from '@afferent/ledger'
import type { BytesRef, Compute, Dataset, Findings, InForce, RuleId, ShardResult } from '@afferent/records'
import { type Study, uploadGroup } from '@afferent/study'
import { validateFile } from '@afferent/validation'
import { chooseInForce } from './plan/in-force.ts'
import { runName } from './plan/names.ts'
import type { Upload } from './plan/state.ts'
import { deriveSlices } from './stages/derive-slices.ts'
import type { PublishedRun } from './stages/publish-run.ts'
import { layOutStudy, type StudyLayout } from './stages/run-plan.ts'

/**
 * The same stages over some files in this process: no vault, no queue, no server. Columns go from stage to stage unwritten;
 * the tables that come out have the same bytes as those of an installation.
 */
export interface AnalyzedFile {
  /** Name as it would be below drop/<study>/; sources are chosen by it. */
  readonly name: string
  readonly ref: BytesRef
  readonly size: number
}

export interface AnalyzePorts {
  readonly compute: Compute
  readonly digest: (input: Uint8Array | string) => string
  readonly hash: (ref: BytesRef) => Promise<ContentId>
  readonly zoneData: string
  readonly progress: (event: Progress) => void
}

export type Progress =
  | {
      readonly stage: 'validate'
      readonly file: string
      readonly rows: number | null
      readonly done: number
      readonly of: number
    }
  | { readonly stage: 'derive'; readonly subjects: number }
  | { readonly stage: 'publish' }

/** One file that could not be used at all. */
export interface RefusedFile {
  readonly name: string
  readonly code: RuleId
  readonly state: 'refused' | 'empty' | 'unreadable'
  readonly findings: Findings
}

export interface ValidatedFiles {
  readonly inForce: readonly InForce[]
  readonly refused: readonly RefusedFile[]
}

/** Metrics of all subjects, before any table is written. */
export interface Analysis extends ValidatedFiles {
  readonly layout: StudyLayout
  readonly shards: readonly ShardResult[]
}

/** Judges each file alone; files refused are reported and left out, the others go on. */
export async function validateFiles(
  files: readonly AnalyzedFile[],
  study: Study,
  ports: Pick<AnalyzePorts, 'compute' | 'progress'>,
): Promise<ValidatedFiles> {
  const judged = new Map<number, readonly Dataset[]>()
  const refused = new Map<number, RefusedFile>()
  const uploads = files.map((file, i) => asUpload(file, i + 1))
  let done = 0
  const judge = async (upload: Upload): Promise<void> => {
    const { name, ref } = files[upload.number - 1] as AnalyzedFile
    ports.progress({ stage: 'validate', file: name, rows: null, done, of: files.length })
    const result = await validateFile({ ref, name, study: study.analytic, compute: ports.compute })
    if (result.kind === 'dataset') judged.set(upload.number, result.pieces)
    else refused.set(upload.number, { name, code: result.code, state: result.state, findings: result.findings })
    const rows = result.kind === 'dataset' ? rowsRead(result.pieces) : 0
    done++
    ports.progress({ stage: 'validate', file: name, rows, done, of: files.length })
  }
  await Promise.all(lanesOf(uploads, ports.compute.threads).map((lane) => inTurn(lane, judge)))
  const choice = chooseInForce(
    uploads,
    study.analytic.uploads,
    (upload) => (judged.has(upload.number) ? 'usable' : 'refused'),
    (name) => uploadGroup(study.analytic, name),
  )
  const inForce = choice.uploads.flatMap(({ number, name }) =>
    (judged.get(number) as readonly Dataset[]).map((dataset) => ({ number, file: name, dataset })),
  )
  const inOrder = uploads.map(({ number }) => refused.get(number)).filter((file) => file !== undefined)
  return { inForce, refused: inOrder }
}

const rowsRead = (pieces: readonly Dataset[]): number => pieces.reduce((sum, { counts }) => sum + counts.read, 0)

/** A file below this size is read beside a bigger one, whose reading leaves threads idle at its end. */
const SMALL_FILE = 16_000_000

/** Files that are read one after the other: one big file at a time, and one small file beside it. */
function lanesOf(uploads: readonly Upload[], threads: number): Upload[][] {
  if (threads === 1) return [[...uploads]]
  return [uploads.filter(({ size }) => size >= SMALL_FILE), uploads.filter(({ size }) => size < SMALL_FILE)]
}

async function inTurn<T>(list: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (const item of list) await act(item)
}

/** Validates and derives: everything but the writing. */
export async function analyze(
  files: readonly AnalyzedFile[],
  study: Study,
  ports: Pick<AnalyzePorts, 'compute' | 'progress'>,
): Promise<Analysis> {
  const validated = await validateFiles(files, study, ports)
  const layout = layOutStudy(validated.inForce, study.analytic)
  ports.progress({ stage: 'derive', subjects: layout.subjects.length })
  const slices = slicesOf(layout.subjects, lastSubjects(validated.inForce))
  const rows = validated.inForce.reduce((sum, { dataset }) => sum + dataset.counts.used, 0)
  const { inForce } = validated
  const { facts } = layout
  const shards = await deriveSlices({ inForce, slices, study: study.analytic, facts }, rows, ports.compute)
  return { ...validated, layout, shards }
}

/** Writes the result tables of an analysis; the manifest comes last. */
export async function writeAnalysis(
  analysis: Analysis,
  files: readonly AnalyzedFile[],
  study: Study,
  ports: AnalyzePorts,
  folder: FolderWriter,
): Promise<PublishedRun & { readonly run: ContentId }> {
  ports.progress({ stage: 'publish' })
  // Statistics and writers are two hundred files: loaded once there is something to write.
  const { publishRun } = await import('./stages/publish-run.ts')
  const uploads = []
  for (const number of new Set(analysis.inForce.map((one) => one.number))) {
    const file = files[number - 1] as AnalyzedFile
    uploads.push({ name: file.name, object: await ports.hash(file.ref), size: file.size })
  }
  const run = runName(ports.digest, study.analytic, ports.zoneData, uploads)
  const published = await publishRun(
    {
      run,
      study,
      zoneData: ports.zoneData,
      digest: ports.digest,
      compute: ports.compute,
      layout: analysis.layout,
      uploads,
      datasets: analysis.inForce,
      shards: () => analysis.shards,
    },
    folder,
  )
  return { run, ...published }
}

const asUpload = (file: AnalyzedFile, number: number): Upload => ({
  number,
  at: '',
  name: file.name,
  object: 'sha256-',
  size: file.size,
  role: 'data',
})

/** Subjects derived together: enough to outweigh the call, few enough to spread over threads. */
const SLICE = 512

/** Neighbouring subjects, none of them from two pieces of a file: rows of one piece in order are settled as they stand. */
function slicesOf(subjects: readonly string[], last: ReadonlySet<string>): (readonly string[])[] {
  const slices: (readonly string[])[] = []
  let from = 0
  subjects.forEach((subject, i) => {
    if (i + 1 - from < SLICE && i + 1 < subjects.length && !last.has(subject)) return
    slices.push(subjects.slice(from, i + 1))
    from = i + 1
  })
  return slices
}

const lastSubjects = (pieces: readonly InForce[]): Set<string> =>
  new Set(pieces.flatMap(({ dataset }) => dataset.subjects.slice(-1)))
