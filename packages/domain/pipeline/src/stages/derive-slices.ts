import { type Derived, makeDeriver } from '@afferent/metrics'
import {
  type Compute,
  type Dataset,
  type InForce,
  NO_FINDINGS,
  type Settled,
  type ShardResult,
  type StudyFacts,
  type Task,
} from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { settle } from '@afferent/validation'
import { narrowTo } from '../files/narrow.ts'
import { byFileName, type DatasetsByFile, toSubjectPlaces, withPlaces } from '../files/position.ts'
import { rangesWithin } from '../files/shards.ts'

export interface DeriveInput {
  readonly inForce: readonly InForce[]
  /** Neighbouring slices of subjects, each in byte order: one result each. */
  readonly slices: readonly (readonly string[])[]
  readonly study: AnalyticStudy
  readonly facts: StudyFacts
}

/** Fewer rows than this are derived by one thread: more messages would take longer. */
const THREADS_FROM_ROWS = 200_000

/** Tasks per thread: some more than one, so that a slow one does not hold up the rest. */
const TASKS_PER_THREAD = 4

/** Slices of a task that is derived here: what is done per task and subject of a whole dataset stays small beside the work. */
const SLICES_AT_ONCE = 16

/** A shard whose subjects the caller knows: names are not sent back from a thread. */
type Nameless = Omit<ShardResult, 'subjects'>

/**
 * Results of slices of subjects, in order, in threads where there is enough to do. How subjects are sliced changes no
 * byte of what is published.
 */
export async function deriveSlices(input: DeriveInput, rows: number, compute: Compute): Promise<ShardResult[]> {
  const { slices } = input
  const here = compute.threads <= 1
  // A thread of a worker that runs for days is warm, which the worker's own thread never gets: also few rows go there.
  const tasks = rows < THREADS_FROM_ROWS ? 1 : compute.threads * TASKS_PER_THREAD
  const size = here ? SLICES_AT_ONCE : Math.ceil(slices.length / tasks)
  const inputs = tasksOf(input, size)
  const results = here ? Array.from(inputs, deriveTask) : await compute.map(DERIVE_TASK, [...inputs])
  return results.flat().map((shard, i) => ({ subjects: slices[i] as readonly string[], ...shard }))
}

/** Some neighbouring slices at a time, with the records of their subjects alone. */
function* tasksOf(input: DeriveInput, size: number): Generator<DeriveInput> {
  for (let from = 0; from < input.slices.length; from += size) {
    const slices = input.slices.slice(from, from + size)
    yield { ...input, slices, inForce: slim(narrowAll(input.inForce, slices)) }
  }
}

/** The task that compute threads load. */
export function deriveTask({ inForce, slices, study, facts }: DeriveInput): Nameless[] {
  const byFile = byFileName(inForce)
  const derive = makeDeriver(study, facts)
  return slices.map((subjects) => {
    const settled = settle(relevantTo(inForce, [subjects]), subjects, study, facts)
    return toShard(settled, derive(settled), byFile)
  })
}

const DERIVE_TASK: Task<DeriveInput, Nameless[]> = { module: import.meta.url, name: 'deriveTask' }

/** Records of some subjects in all files, settled, and what was derived from them -> their part of the results. */
function toShard(settled: Settled, derived: Derived, byFile: DatasetsByFile): Nameless {
  const { facts, findings, quarantined, excluded } = settled
  return { facts, ...derived, findings: toSubjectPlaces(findings, byFile), quarantined, excluded }
}

/** Datasets without what derive does not read, with places for lines. */
function slim(inForce: readonly InForce[]): InForce[] {
  return inForce.map(({ number, file, dataset }) => ({
    number,
    file,
    dataset: withPlaces({ ...dataset, findings: NO_FINDINGS }),
  }))
}

/** Datasets cut down to the subjects between the first and the last of some slices: a thread is sent no others. */
function narrowAll(inForce: readonly InForce[], slices: readonly (readonly string[])[]): InForce[] {
  const { first, last } = endsOf(slices)
  return relevantTo(inForce, slices).map((file) => ({ ...file, dataset: narrowTo(file.dataset, first, last) }))
}

/** Those datasets that hold records of any subject between the first and the last of some slices. */
function relevantTo(inForce: readonly InForce[], slices: readonly (readonly string[])[]): InForce[] {
  const { first, last } = endsOf(slices)
  return inForce.filter(({ dataset }) => overlaps(dataset, first, last))
}

const endsOf = (slices: readonly (readonly string[])[]): { readonly first: string; readonly last: string } => ({
  first: slices[0]?.[0] as string,
  last: slices.at(-1)?.at(-1) as string,
})

const overlaps = ({ subjects }: Dataset, first: string, last: string): boolean =>
  rangesWithin([{ from: 0, to: subjects.length }], subjects, first, last).length > 0
