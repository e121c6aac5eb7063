import {
  type Column,
  compareBytes,
  type Dataset,
  firstNotBelow,
  isPresent,
  RECORD_TABLES,
  type RecordTable,
  SETTLED_TABLES,
  type TableName,
} from '@afferent/records'
import { cutSubjects, type SubjectRange } from '@afferent/validation'
import { countWhile } from './count-while.ts'

/** A stretch of a dataset's subjects with the hash of all their records (not of the lines these stood in). */
export interface Block extends SubjectRange {
  readonly hash: string
  /** Rows of all tables: the work a block means. */
  readonly rows: number
  readonly extent: Extent
}

/** Latest day that records speak about and latest first treatment, in table days; null where there is none. */
export interface Extent {
  readonly lastDay: number | null
  readonly dayZero: number | null
}

/**
 * A dataset cut where shards may be cut, each piece with its hash. A shard that overlaps a block depends on all of it:
 * other datasets can only add cuts, so a block may be a little more than the shard needs, never less.
 */
export function blocksOf(dataset: Dataset, digest: (input: Uint8Array | string) => string): Block[] {
  return cutSubjects(dataset.subjects).map((range) => hashBlock(dataset, range, digest))
}

function hashBlock(dataset: Dataset, range: SubjectRange, digest: (input: Uint8Array | string) => string): Block {
  const parts: unknown[] = [dataset.calendar, dataset.subjects.slice(range.from, range.to)]
  let rows = 0
  for (const name of Object.keys(dataset.tables).sort() as TableName[]) {
    const table = dataset.tables[name] as RecordTable<TableName>
    const from = firstNotBelow(table.subject, range.from)
    const to = firstNotBelow(table.subject, range.to)
    rows += to - from
    const relative = table.subject.slice(from, to).map((code) => code - range.from)
    parts.push(name, to - from, digest(bytesOf(relative)))
    const columns: [string, Column | undefined][] = Object.entries(table.columns)
    if (name === 'subjects') columns.push(...Object.entries(dataset.covariates))
    for (const [column, values] of columns.sort((a, b) => compareBytes(a[0], b[0]))) {
      if (values !== undefined) parts.push(column, hashColumn(values, from, to, digest))
    }
  }
  return { ...range, rows, hash: digest(JSON.stringify(parts)), extent: extentOf(dataset, range) }
}

/** No row missing: a column without a mask and one whose mask is full here hash alike. */
const ALL_PRESENT = 'all'

const DAY_MS = 86_400_000

const DATED = SETTLED_TABLES.filter((name) => 'day' in RECORD_TABLES[name].columns)

function extentOf({ tables }: Dataset, { from, to }: SubjectRange): Extent {
  const latest = (table: RecordTable<TableName> | undefined, column: string, unit = 1): number | null => {
    const values = (table?.columns as Readonly<Record<string, Column | undefined>> | undefined)?.[column]
    if (table === undefined || values === undefined) return null
    let last: number | null = null
    const end = firstNotBelow(table.subject, to)
    for (let row = firstNotBelow(table.subject, from); row < end; row++) {
      if (!isPresent(values.valid, row)) continue
      // A day more than the instant's own: it may be tomorrow where the patient lives.
      const day = unit === 1 ? (values.values[row] as number) : Math.ceil((values.values[row] as number) / unit) + 1
      if (last === null || day > last) last = day
    }
    return last
  }
  return {
    lastDay: [
      ...DATED.map((name) => latest(tables[name], 'day')),
      latest(tables.episodes, 'start', DAY_MS),
      latest(tables.episodes, 'end', DAY_MS),
      latest(tables.adverseEvents, 'start'),
    ].reduce(greater, null),
    dayZero: greater(latest(tables.subjects, 'treatmentStart'), latest(tables.subjects, 'randomised')),
  }
}

/** The greater of two days, either of which may be unknown. */
export const greater = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b)

/** Hash of some rows of a column: equal rows give equal hashes whatever stands around them in the dataset. */
function hashColumn(column: Column, from: number, to: number, digest: (input: Uint8Array | string) => string): string {
  const missing = column.valid === null ? null : maskOf(column.valid, from, to)
  const mask = missing === null ? ALL_PRESENT : digest(missing)
  if (column.kind !== 'text') return `${digest(bytesOf(column.values.slice(from, to)))}/${mask}`
  const codes = column.values.subarray(from, to)
  const used = [...new Set(codes)].sort((a, b) => a - b)
  const local = new Map(used.map((code, i) => [code, i]))
  const words = used.map((code) => column.dictionary[code] ?? null)
  return digest(JSON.stringify([words, Array.from(codes, (code) => local.get(code)), mask]))
}

const bytesOf = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** Rows `from` to `to` of a validity mask, shifted to start at bit 0; null when all are present. */
function maskOf(valid: Uint8Array, from: number, to: number): Uint8Array | null {
  const out = new Uint8Array((to - from + 7) >> 3)
  let missing = 0
  for (let row = from; row < to; row++) {
    const bit = row - from
    if (isPresent(valid, row)) out[bit >> 3] = (out[bit >> 3] as number) | (1 << (bit & 7))
    else missing++
  }
  return missing === 0 ? null : out
}

/**
 * Those of a dataset's ranges (in order) that may hold a subject from `first` to `last` of the union list; none where it has
 * no subjects. Asked for each of a thousand shards, so it looks at few of a thousand ranges.
 */
export function rangesWithin<R extends SubjectRange>(
  ranges: readonly R[],
  datasetSubjects: readonly string[],
  first: string,
  last: string,
): R[] {
  if (datasetSubjects.length === 0) return []
  const start = countWhile(ranges, ({ to }) => compareBytes(datasetSubjects[to - 1] as string, first) < 0)
  const end = countWhile(ranges, ({ from }) => compareBytes(datasetSubjects[from] as string, last) <= 0)
  return ranges.slice(start, end)
}
