import type { Dataset, InForce, Outline } from '@afferent/records'
import { NO_ROWS } from '@afferent/validation'
import { type DatasetManifest, readPiece } from '../files/dataset-files.ts'
import { readFindings } from '../files/findings-file.ts'
import { rangesWithin } from '../files/shards.ts'
import type { StudyMemory } from '../plan/study-memory.ts'
import type { Ports } from '../ports.ts'
import type { RunPlan } from './run-plan.ts'
import type { Within } from './subject-slices.ts'

/** An upload of which a dataset is in the vault. */
export type UploadInPlan = Pick<RunPlan['uploads'][number], 'number' | 'name' | 'dataset'>

/** What became of an upload's rows, and what was found in them. */
interface Judged {
  readonly file: string
  readonly dataset: Pick<Dataset, 'counts' | 'findings'>
}

/** All pieces of uploads without their values. */
export async function outlinesOf(uploads: readonly UploadInPlan[], memory: StudyMemory): Promise<Outline[]> {
  const outlines: Outline[] = []
  for (const { dataset: id } of uploads) {
    const { subjects, counts, pieces } = await manifestOf(id, memory)
    pieces.forEach(({ from, to, tables }, i) => {
      outlines.push({ dataset: { subjects: subjects.slice(from, to), tables, counts: i === 0 ? counts : NO_ROWS } })
    })
  }
  return outlines
}

export async function judgedOf(
  { vault }: Ports,
  uploads: readonly UploadInPlan[],
  memory: StudyMemory,
): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const { name, dataset: id } of uploads) {
    const { counts } = await manifestOf(id, memory)
    const findings = await readFindings((file) => vault.readFile(`datasets/${id}`, file))
    judged.push({ file: name, dataset: { counts, findings } })
  }
  return judged
}

async function manifestOf(id: UploadInPlan['dataset'], memory: StudyMemory): Promise<DatasetManifest> {
  const manifest = await memory.manifest(id)
  if (manifest === null) throw new Error(`the dataset ${id} of a run in force is gone`)
  return manifest
}

/** Rows held before the shelf is cleared: about 600 MB of diary rows. */
const SHELF_ROWS = 20_000_000

/** Pieces of datasets read lately: neighbouring derive jobs of a run read the same ones. */
export class DatasetShelf {
  private readonly held = new Map<string, Dataset>()
  private rows = 0

  /** The pieces of uploads that may hold subjects between two (both included); null: all of them. */
  async take(
    ports: Ports,
    uploads: readonly UploadInPlan[],
    memory: StudyMemory,
    within: Within | null,
  ): Promise<InForce[]> {
    const inForce: InForce[] = []
    for (const { number, name, dataset: id } of uploads) {
      const manifest = await manifestOf(id, memory)
      const { pieces, subjects } = manifest
      const needed = within === null ? pieces : rangesWithin(pieces, subjects, within.first, within.last)
      for (const piece of needed) {
        const dataset = await this.piece(ports, id, manifest, pieces.indexOf(piece))
        inForce.push({ number, file: name, dataset })
      }
    }
    return inForce
  }

  clear(): void {
    this.held.clear()
    this.rows = 0
  }

  private async piece(
    ports: Ports,
    id: UploadInPlan['dataset'],
    manifest: DatasetManifest,
    piece: number,
  ): Promise<Dataset> {
    const key = `${id}/${piece}`
    const known = this.held.get(key)
    if (known !== undefined) return known
    const dataset = await readPiece((file) => ports.vault.readFile(`datasets/${id}`, file), manifest, piece)
    this.hold(key, dataset)
    return dataset
  }

  private hold(key: string, dataset: Dataset): void {
    if (this.rows > SHELF_ROWS) this.clear()
    this.held.set(key, dataset)
    for (const table of Object.values(dataset.tables)) this.rows += table.rows
  }
}
