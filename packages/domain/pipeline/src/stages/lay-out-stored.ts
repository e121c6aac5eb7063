import type { AnalyticStudy } from '@afferent/study'
import type { StudyMemory } from '../plan/study-memory.ts'
import type { Ports } from '../ports.ts'
import { type DatasetShelf, outlinesOf, type UploadInPlan } from './dataset-shelf.ts'
import { layOut, type StudyLayout } from './lay-out.ts'
import { STUDY_SIZES } from './study-sizes.ts'

/** Lays out a study of datasets in the vault; of a big one no more than a part is in memory. */
export async function layOutStored(
  uploads: readonly UploadInPlan[],
  study: AnalyticStudy,
  ports: Ports,
  shelf: DatasetShelf,
  memory: StudyMemory,
): Promise<StudyLayout> {
  const { rowsAtOnce } = { ...STUDY_SIZES, ...ports.sizes }
  return layOut(
    await outlinesOf(uploads, memory),
    (within) => shelf.take(ports, uploads, memory, within),
    rowsAtOnce,
    study,
    ports.compute,
  )
}
