import type { Column, ColumnKind, Compute, TableName, Task } from '@afferent/records'
import { columnsOf, type JoinedTable, joinParts, placeParts, toTable } from './join-parts.ts'
import { type Part, rowsOf } from './part.ts'
import { scatterColumn, scatterSubjects } from './scatter.ts'
import type { Placement } from './sort-order.ts'

/** Fewer rows are joined sooner than threads are told to. */
const THREADS_FROM_ROWS = 500_000

/** What `joinParts` gives, with a task for each column where there are many rows: parts and table lie in shared memory. */
export async function joinInThreads<T extends TableName>(
  name: T,
  given: readonly Part[],
  compute: Compute,
  release: (column: string) => void,
): Promise<JoinedTable<T>> {
  if (compute.threads === 1 || rowsOf(given) < THREADS_FROM_ROWS) return joinParts(name, given, release)
  const { parts, placement } = placeParts(name, given)
  const present = columnsOf(name).filter(([field]) => parts.some((part) => part.columns[field] !== undefined))
  const [subject, ...columns] = await compute.map(SCATTER, [
    { field: null, parts: parts.map((part) => only(part, null)), placement },
    ...present.map(([field, kind]) => ({ field, kind, parts: parts.map((part) => only(part, field)), placement })),
  ])
  const named = present.map(([field], i) => [field, columns[i]] as const)
  return toTable(parts, placement, subject as Int32Array, Object.fromEntries(named) as Record<string, Column>)
}

/** One column of the joined table, or its subjects. */
type ScatterInput = { readonly parts: readonly Part[]; readonly placement: Placement } & (
  | { readonly field: null }
  | { readonly field: string; readonly kind: ColumnKind }
)

/** Task: see `joinInThreads`. */
export function scatterOne(input: ScatterInput): Column | Int32Array | undefined {
  const { parts, placement } = input
  return input.field === null
    ? scatterSubjects(parts, placement)
    : scatterColumn(input.field, input.kind, parts, placement)
}

const SCATTER: Task<ScatterInput, Column | Int32Array | undefined> = {
  module: import.meta.url,
  name: 'scatterOne',
  types: scatterOne,
}

const NOBODY = new Int32Array(0)

/** A part with what one task reads of it. */
function only(part: Part, field: string | null): Part {
  if (field === null) return { ...part, columns: {}, lines: null, dropped: null }
  return {
    ...part,
    columns: { [field]: part.columns[field] },
    subject: NOBODY,
    recode: null,
    lines: null,
    dropped: null,
  }
}
