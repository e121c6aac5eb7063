import {
  type Compute,
  type Dataset,
  type InForce,
  type Outline,
  type Task,
  type TaskHost,
  takeDataset,
} from '@afferent/records'
import { narrowTo } from '../files/narrow.ts'
import { rangesWithin } from '../files/shards.ts'

/** Neighbouring subjects in byte order. */
export type Slice = readonly string[]

/** Records of some neighbouring slices: what a task is sent. */
export interface SlicesInput {
  readonly inForce: readonly InForce[]
  readonly slices: readonly Slice[]
}

/**
 * Slices of at most so many subjects, none of them from two pieces of a file: rows of one piece in order are settled as they
 * stand.
 */
export function slicesOf(subjects: readonly string[], inForce: readonly Outline[], size: number): Slice[] {
  const last = new Set(inForce.flatMap(({ dataset }) => dataset.subjects.slice(-1)))
  const slices: Slice[] = []
  let from = 0
  subjects.forEach((subject, i) => {
    if (i + 1 - from < size && i + 1 < subjects.length && !last.has(subject)) return
    slices.push(subjects.slice(from, i + 1))
    from = i + 1
  })
  return slices
}

/** Some neighbouring slices at a time, with the records of their subjects alone. */
export function* tasksOf({ inForce, slices }: SlicesInput, size: number): Generator<SlicesInput> {
  for (let from = 0; from < slices.length; from += size) {
    const some = slices.slice(from, from + size)
    yield { slices: some, inForce: narrowAll(inForce, some) }
  }
}

/** Datasets cut down to the subjects between the first and the last of some slices: a thread is sent no others. */
function narrowAll(inForce: readonly InForce[], slices: readonly Slice[]): InForce[] {
  const { first, last } = endsOf(slices)
  return relevantTo(inForce, slices).map((file) =>
    file.dataset.aside === undefined ? { ...file, dataset: narrowTo(file.dataset, first, last) } : file,
  )
}

/** Those datasets that hold records of any subject between the first and the last of some slices. */
export function relevantTo(inForce: readonly InForce[], slices: readonly Slice[]): InForce[] {
  const { first, last } = endsOf(slices)
  return inForce.filter(({ dataset }) => overlaps(dataset, first, last))
}

/** Subjects between two in byte order, both included. */
export interface Within {
  readonly first: string
  readonly last: string
}

export const endsOf = (slices: readonly Slice[]): Within => ({
  first: slices[0]?.[0] as string,
  last: slices.at(-1)?.at(-1) as string,
})

const overlaps = ({ subjects }: Dataset, first: string, last: string): boolean =>
  rangesWithin([{ from: 0, to: subjects.length }], subjects, first, last).length > 0

/** The same with all records in memory. */
export const takeAll = (inForce: readonly InForce[], host: TaskHost): InForce[] =>
  inForce.map((file) => ({ ...file, dataset: takeDataset(file.dataset, host) }))

export const rowsUsed = (inForce: readonly Outline[]): number =>
  inForce.reduce((sum, { dataset }) => sum + dataset.counts.used, 0)

/** The same for who is no task. */
export async function inMemory(inForce: readonly InForce[], compute: Compute): Promise<readonly InForce[]> {
  if (inForce.every(({ dataset }) => dataset.aside === undefined)) return inForce
  const [records] = await compute.map(TAKE_ALL, [inForce])
  return records as readonly InForce[]
}

const TAKE_ALL: Task<readonly InForce[], InForce[]> = { module: import.meta.url, name: 'takeAll', types: takeAll }
