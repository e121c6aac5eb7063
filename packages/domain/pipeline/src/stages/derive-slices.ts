import { type Derived, makeDeriver } from '@afferent/metrics'
import {
  type Compute,
  compareBytes,
  type InForce,
  NO_FINDINGS,
  refsOf,
  type Settled,
  type ShardResult,
  type StudyFacts,
  type Task,
  type TaskHost,
} from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { settle } from '@afferent/validation'
import { byFileName, toLines, toSubjectPlaces, withPlaces } from '../files/position.ts'
import { relevantTo, type Slice, type SlicesInput, takeAll, tasksOf } from './subject-slices.ts'

export interface DeriveInput extends SlicesInput {
  readonly study: AnalyticStudy
  readonly facts: StudyFacts
  /**
   * What the lines of findings are: those of the files as they are now, or places that survive a change elsewhere in a file
   * (files/position.ts), as stored results need them.
   */
  readonly lines: 'lines' | 'places'
}

/** Fewer rows than this are derived by one thread: more messages would take longer. */
const THREADS_FROM_ROWS = 200_000

/** Tasks per thread: some more than one, so that a slow one does not hold up the rest. */
const TASKS_PER_THREAD = 4

/** Slices of a task that is derived here: what is done per task and subject of a whole dataset stays small beside the work. */
const SLICES_AT_ONCE = 16

/** Slices per thread that are derived before they are asked for: what comes after them takes its turns in the same threads. */
const SLICES_AHEAD = 2

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
  const inputs = deriveTasks(input, size)
  const results: Nameless[][] = []
  if (here) for (const one of inputs) results.push(...(await compute.map(DERIVE_TASK, [one])))
  else results.push(...(await compute.map(DERIVE_TASK, [...inputs])))
  return results.flat().map((shard, i) => named(shard, slices[i] as Slice))
}

/**
 * The same one slice at a time, a few ahead of who takes them, so that no more than these are in memory. Records that were put
 * aside are given up behind the last of their subjects.
 */
export async function* deriveInTurn(input: DeriveInput, compute: Compute): AsyncGenerator<ShardResult> {
  const begun: Promise<ShardResult>[] = []
  let held = input.inForce.filter(({ dataset }) => dataset.aside !== undefined)
  const next = async (): Promise<ShardResult> => {
    const shard = await (begun.shift() as Promise<ShardResult>)
    const last = shard.subjects.at(-1) as string
    const isOver = ({ dataset }: InForce) => compareBytes(dataset.subjects.at(-1) ?? '', last) <= 0
    compute.discard(held.filter(isOver).flatMap(({ dataset }) => refsOf(dataset)))
    held = held.filter((piece) => !isOver(piece))
    return shard
  }
  for (const task of deriveTasks(input, 1)) {
    const shard = compute.map(DERIVE_TASK, [task]).then(([[one]]) => named(one as Nameless, task.slices[0] as Slice))
    shard.catch(() => {}) // reported when its turn comes
    begun.push(shard)
    if (begun.length > compute.threads * SLICES_AHEAD) yield await next()
  }
  while (begun.length > 0) yield await next()
}

const named = (shard: Nameless, subjects: Slice): ShardResult => ({ subjects, ...shard })

function* deriveTasks(input: DeriveInput, size: number): Generator<DeriveInput> {
  for (const task of tasksOf(input, size)) yield { ...input, slices: task.slices, inForce: task.inForce.map(slim) }
}

/** A file without what derive does not read. */
const slim = ({ number, file, dataset }: InForce): InForce => ({
  number,
  file,
  dataset: { ...dataset, findings: NO_FINDINGS },
})

/** The task that compute threads load. */
export function deriveTask({ inForce, slices, study, facts, lines }: DeriveInput, host: TaskHost): Nameless[] {
  const records = takeAll(inForce, host)
  const byFile = byFileName(records)
  const placed = records.map((file) => ({ ...file, dataset: withPlaces(file.dataset) }))
  const derive = makeDeriver(study, facts)
  return slices.map((subjects) => {
    const settled = settle(relevantTo(placed, [subjects]), subjects, study, facts)
    const places = toSubjectPlaces(settled.findings, byFile)
    return toShard({ ...settled, findings: lines === 'lines' ? toLines(places, byFile) : places }, derive(settled))
  })
}

const DERIVE_TASK: Task<DeriveInput, Nameless[]> = { module: import.meta.url, name: 'deriveTask', types: deriveTask }

/** Records of some subjects in all files, settled, and what was derived from them -> their part of the results. */
function toShard({ facts, findings, quarantined, excluded }: Settled, derived: Derived): Nameless {
  return { facts, ...derived, findings, quarantined, excluded }
}
