import type { FolderWriter } from '@afferent/ledger'
import { type Compute, type Dataset, type InForce, refsOf } from '@afferent/records'
import { validateFile } from '@afferent/validation'
import { writeDataset, writeRefusal } from '../files/dataset-files.ts'
import type { StudyMemory } from '../plan/study-memory.ts'
import type { Ports } from '../ports.ts'
import type { StepOf } from '../steps.ts'
import { ALREADY, DONE, OBSOLETE, type StepResult } from './step-result.ts'
import { STUDY_SIZES } from './study-sizes.ts'
import { inMemory } from './subject-slices.ts'
import { SMALL_FILE_BYTES, VALIDATE_FILE } from './validate-file-in-thread.ts'

/** One upload, judged alone, becomes a dataset or a refusal. */
export async function validateUpload(step: StepOf<'validate'>, ports: Ports, memory: StudyMemory): Promise<StepResult> {
  const { vault, compute, digest } = ports
  if (await vault.has(`datasets/${step.makes}`)) return ALREADY
  const now = await memory.glance()
  const upload = now.state.uploads.find((u) => u.number === step.upload)
  if (upload === undefined || now.inForce === null || now.datasetOf(upload) !== step.makes) return OBSOLETE
  const path = await vault.objectPath(upload.object)
  const file = { ref: { kind: 'file', path } as const, name: upload.name, study: now.inForce.study.analytic }
  const { asideFromBytes, pieceRows, minRangeBytes } = { ...STUDY_SIZES, ...ports.sizes }
  const aside = upload.size >= asideFromBytes
  const isSmall = upload.size <= SMALL_FILE_BYTES && !aside
  const [judged] = isSmall
    ? await compute.map(VALIDATE_FILE, [file])
    : [await validateFile({ ...file, compute, aside, pieceRows, minRangeBytes })]
  const write = (folder: FolderWriter) =>
    judged.kind === 'dataset'
      ? writeDataset(folder, judged.pieces, digest, (piece) => takeBack(piece, compute))
      : writeRefusal(folder, judged)
  try {
    return (await vault.writeFolder(`datasets/${step.makes}`, write)) ? DONE : ALREADY
  } finally {
    // A worker lives on: what was not written, since it failed or somebody else had, is given up as well.
    if (judged.kind === 'dataset') compute.discard(judged.pieces.flatMap(refsOf))
  }
}

/** A piece in memory; what was put aside of it is given up. */
async function takeBack(piece: Dataset, compute: Compute): Promise<Dataset> {
  const [whole] = await inMemory([{ number: 0, file: '', dataset: piece }], compute)
  compute.discard(refsOf(piece))
  return (whole as InForce).dataset
}
