import type { ContentId, FolderWriter } from '@afferent/ledger'
import type { BytesRef, Compute, Dataset, Findings, InForce, RuleId, ShardResult } from '@afferent/records'
import { type Study, uploadGroup } from '@afferent/study'
import { validateFile } from '@afferent/validation'
import { chooseInForce } from './plan/in-force.ts'
import { runName } from './plan/names.ts'
import type { Upload } from './plan/state.ts'
import { type DeriveInput, deriveInTurn, deriveSlices } from './stages/derive-slices.ts'
import { layOutStudy, type StudyLayout } from './stages/lay-out.ts'
import type { PublishedRun, RunSource } from './stages/publish-run.ts'
import { STUDY_SIZES, type StudySizes } from './stages/study-sizes.ts'
import { rowsUsed, slicesOf } from './stages/subject-slices.ts'

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
  /** Names of contents. */
  readonly hash: (refs: readonly BytesRef[]) => Promise<readonly ContentId[]>
  readonly zoneData: string
  readonly progress: (event: Progress) => void
  /** Absent: what suits files on disk. */
  readonly sizes?: Partial<StudySizes> | undefined
}

type ReadingPorts = Pick<AnalyzePorts, 'compute' | 'progress' | 'sizes'>

export type Progress =
  | {
      readonly stage: 'validate'
      readonly file: string
      readonly rows: number | null
      readonly done: number
      readonly of: number
    }
  | { readonly stage: 'derive'; readonly subjects: number; readonly done: number }
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

/** Files validated, and what only all of them together can tell. */
export interface LaidOut extends ValidatedFiles {
  readonly layout: StudyLayout
}

/** Metrics of all subjects, before any table is written. */
export interface Analysis extends LaidOut {
  readonly shards: readonly ShardResult[]
}

/** Judges each file alone; files refused are reported and left out, the others go on. */
export async function validateFiles(
  files: readonly AnalyzedFile[],
  study: Study,
  ports: ReadingPorts,
): Promise<ValidatedFiles> {
  const judged = new Map<number, readonly Dataset[]>()
  const refused = new Map<number, RefusedFile>()
  const uploads = files.map((file, i) => asUpload(file, i + 1))
  const { compute } = ports
  const { asideFromBytes, pieceRows, minRangeBytes } = { ...STUDY_SIZES, ...ports.sizes }
  const aside = files.reduce((sum, { size }) => sum + size, 0) >= asideFromBytes
  let done = 0
  const judge = async (upload: Upload): Promise<void> => {
    const { name, ref } = files[upload.number - 1] as AnalyzedFile
    ports.progress({ stage: 'validate', file: name, rows: null, done, of: files.length })
    const result = await validateFile({ ref, name, study: study.analytic, compute, aside, pieceRows, minRangeBytes })
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

/** Validates the files and lays the study out: all that has to be known before the first subject is derived. */
export async function layOut(files: readonly AnalyzedFile[], study: Study, ports: ReadingPorts): Promise<LaidOut> {
  const validated = await validateFiles(files, study, ports)
  return { ...validated, layout: await layOutStudy(validated.inForce, study.analytic, ports.compute) }
}

/** Validates and derives: everything but the writing. */
export async function analyze(files: readonly AnalyzedFile[], study: Study, ports: ReadingPorts): Promise<Analysis> {
  const laidOut = await layOut(files, study, ports)
  return { ...laidOut, shards: await deriveAll(laidOut, study, ports) }
}

async function deriveAll(laidOut: LaidOut, study: Study, ports: ReadingPorts): Promise<ShardResult[]> {
  ports.progress({ stage: 'derive', subjects: laidOut.layout.subjects.length, done: 0 })
  return deriveSlices(toDerive(laidOut, study, SLICE), rowsUsed(laidOut.inForce), ports.compute)
}

const toDerive = ({ inForce, layout }: LaidOut, study: Study, size: number): DeriveInput => ({
  inForce,
  slices: slicesOf(layout.subjects, inForce, size),
  study: study.analytic,
  facts: layout.facts,
  lines: 'lines',
})

/** Subjects as their rows are asked for, where all of them are more than memory should hold. */
async function* deriveAsWritten(laidOut: LaidOut, study: Study, ports: ReadingPorts): AsyncGenerator<ShardResult> {
  const subjects = laidOut.layout.subjects.length
  let done = 0
  ports.progress({ stage: 'derive', subjects, done })
  for await (const shard of deriveInTurn(toDerive(laidOut, study, SLICE_IN_TURN), ports.compute)) {
    yield shard
    done += shard.subjects.length
    ports.progress({ stage: 'derive', subjects, done })
  }
  ports.progress({ stage: 'publish' })
}

/**
 * Derives and writes the result tables; the manifest comes last. Where records were put aside, subjects are derived as their rows
 * are written, so that no more than some of them are in memory.
 */
export async function writeAnalysis(
  laidOut: LaidOut,
  files: readonly AnalyzedFile[],
  study: Study,
  ports: AnalyzePorts,
  folder: FolderWriter,
): Promise<PublishedRun> {
  const { inForce, layout } = laidOut
  const isAside = inForce.some(({ dataset }) => dataset.aside !== undefined)
  const shards = isAside ? deriveAsWritten(laidOut, study, ports) : await deriveAll(laidOut, study, ports)
  if (!isAside) ports.progress({ stage: 'publish' })
  const source = sourceOf(laidOut, files, study, ports) // while rows are written
  source.catch(() => {}) // reported when it is asked for
  // Statistics and writers are two hundred files: loaded once there is something to write.
  const { publishRun } = await import('./stages/publish-run.ts')
  const { digest, compute, zoneData } = ports
  const sizes = { ...STUDY_SIZES, ...ports.sizes }
  return publishRun({ source, study, zoneData, digest, compute, sizes, layout, datasets: inForce, shards }, folder)
}

async function sourceOf(
  { inForce }: LaidOut,
  files: readonly AnalyzedFile[],
  { analytic }: Study,
  { hash, digest, zoneData }: AnalyzePorts,
): Promise<RunSource> {
  const used = [...new Set(inForce.map(({ number }) => number))].map((number) => files[number - 1] as AnalyzedFile)
  const objects = await hash(used.map(({ ref }) => ref))
  const uploads = used.map(({ name, size }, i) => ({ name, object: objects[i] as ContentId, size }))
  return { run: runName(digest, analytic, zoneData, uploads), uploads }
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

/** The same where each slice is a task of its own. */
const SLICE_IN_TURN = 4_096
