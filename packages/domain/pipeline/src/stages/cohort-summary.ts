import {
  type ColumnTable,
  type Compute,
  laidEndToEnd,
  type Parameter,
  pickRows,
  putAside,
  rowRange,
  type ShardResult,
  type TableAside,
  type Task,
  type TaskHost,
  type TextColumn,
  takeBack,
  withOwnMemory,
} from '@afferent/records'
import {
  type CohortInput,
  cohortTable,
  type Estimate,
  parameterEstimates,
  studyEstimates,
  summarizeCohort,
  unreadColumns,
} from '@afferent/statistics'

type CohortOf = Omit<CohortInput, 'shards' | 'withRows'>

/** Fewer rows than this are summarized here: a message to a thread would take longer. */
const THREADS_FROM_ROWS = 200_000

/** Groups of shards per thread on their way aside at a time. */
const GROUPS_AT_ONCE = 2

/** Cohort rows of a run. Every shard passes before they are asked for. */
export interface CohortSummary {
  pass(shard: ShardResult): Promise<void>
  table(): Promise<ColumnTable>
}

/** Cohort rows of shards at hand: begun at once, so that tables are written meanwhile. */
export function cohortOfAll(cohort: CohortOf, shards: readonly ShardResult[], compute: Compute): CohortSummary {
  const table = summarize({ ...cohort, shards }, compute)
  table.catch(() => {}) // reported when it is asked for
  return { pass: async () => {}, table: () => table }
}

/** Where there are many rows, in a thread of their own. */
async function summarize(input: CohortInput, compute: Compute): Promise<ColumnTable> {
  const rows = input.shards.reduce((sum, { effects }) => sum + effects.rows, 0)
  if (compute.threads <= 1 || rows < THREADS_FROM_ROWS) return summarizeCohort(input)
  const [table] = await compute.map(SUMMARIZE, [input])
  return table as ColumnTable
}

/** Task: cohort rows of shards at hand. */
export const summarizeTask = (input: CohortInput): ColumnTable => summarizeCohort(input)

const SUMMARIZE: Task<CohortInput, ColumnTable> = {
  module: import.meta.url,
  name: 'summarizeTask',
  types: summarizeTask,
  long: true,
}

/**
 * Cohort rows of shards that pass one after the other. Rows of adeff are put aside by parameter, as estimates are made of one
 * parameter after the other; the rest of a shard stays in memory.
 */
export class PassingCohort implements CohortSummary {
  private readonly shards: ShardResult[] = []
  private readonly aside: Promise<GroupAside>[] = []
  private readonly cohort: CohortOf
  private readonly compute: Compute
  /** Rows of the last shards, not put aside yet. */
  private group: ColumnTable[] = []
  /** No rows of adeff, with the words of those that pass. */
  private none: ColumnTable | null = null
  private readonly rowsAside: number

  /** `rowsAside`: rows of adeff that are put aside together; shards of a vault have a few thousand each. */
  constructor(cohort: CohortOf, compute: Compute, rowsAside: number) {
    this.cohort = cohort
    this.compute = compute
    this.rowsAside = rowsAside
  }

  /** Waits while several groups are on their way. */
  async pass(shard: ShardResult): Promise<void> {
    const { effects: all, ...rest } = shard
    const effects = without(all, unreadColumns(this.cohort.study))
    if (this.none === null || !haveSameWords(this.none, effects)) {
      this.putAside()
      this.none = pickRows(effects, new Int32Array(0))
    }
    this.group.push(effects)
    if (rowsOf(this.group) >= this.rowsAside) this.putAside()
    // Arrays of a shard that was read share its memory, rows of adeff included.
    this.shards.push({ ...withOwnMemory(rest), effects: this.none })
    await this.aside.at(-this.compute.threads * GROUPS_AT_ONCE)
  }

  private putAside(): void {
    if (this.group.length === 0) return
    const sizes = Int32Array.from(this.group, ({ rows }) => rows)
    const input = { effects: laidEndToEnd(this.group), sizes }
    this.group = []
    const aside = this.compute.map(PUT_EFFECTS_ASIDE, [input]).then(([put]) => put as GroupAside)
    aside.catch(() => {}) // reported by `table`, or when its turn comes here
    this.aside.push(aside)
  }

  async table(): Promise<ColumnTable> {
    this.putAside()
    const { parameters } = this.cohort
    const input = { ...this.cohort, shards: this.shards, aside: await Promise.all(this.aside) }
    // Each task is sent all shards: no more tasks than threads, with every n-th parameter.
    const { threads } = this.compute
    const lanes = Array.from({ length: threads }, (_, lane) => parameters.filter((_, p) => p % threads === lane))
    const found = await this.compute.map(
      ESTIMATE_ASIDE,
      lanes.map((some, lane) => ({ ...input, some, isLast: lane === threads - 1 })),
    )
    const byParameter = parameters.map((_, p) => found[p % threads]?.byParameter[Math.floor(p / threads)] ?? [])
    return cohortTable([...byParameter.flat(), ...(found.at(-1)?.rest ?? [])])
  }
}

function without({ rows, columns }: ColumnTable, names: readonly string[]): ColumnTable {
  return { rows, columns: Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name))) }
}

const rowsOf = (tables: readonly ColumnTable[]): number => tables.reduce((sum, { rows }) => sum + rows, 0)

function haveSameWords(a: ColumnTable, b: ColumnTable): boolean {
  return Object.entries(a.columns).every(([name, column]) => {
    const other = b.columns[name]
    if (column.kind !== 'text' || other?.kind !== 'text') return column.kind === other?.kind
    const { dictionary } = other
    return (
      column.dictionary.length === dictionary.length && column.dictionary.every((word, i) => word === dictionary[i])
    )
  })
}

/** Rows of adeff of some neighbouring shards, one shard behind the other. */
interface EffectsOfGroup {
  readonly effects: ColumnTable
  /** Rows of each shard. */
  readonly sizes: Int32Array
}

/** The same by PARAMCD. */
interface GroupAside {
  readonly shards: number
  readonly byCode: Readonly<Record<string, { readonly table: TableAside; readonly sizes: Int32Array }>>
}

/** Task: rows of adeff are grouped by parameter and put aside. */
export function putEffectsAside({ effects, sizes }: EffectsOfGroup, host: TaskHost): GroupAside {
  const { values, dictionary } = effects.columns.PARAMCD as TextColumn
  const groups = groupsOf(values, effects.rows, dictionary.length)
  const aside = putAside(
    groups.map((rows) => pickRows(effects, rows)),
    host,
  )
  const byCode = dictionary.map((code, i) => {
    const table = aside[i] as TableAside
    return [code, { table, sizes: sizesOf(groups[i] as Int32Array, sizes) }] as const
  })
  return { shards: sizes.length, byCode: Object.fromEntries(byCode) }
}

/** How many of some ascending rows are of each shard. */
function sizesOf(rows: Int32Array, sizes: Int32Array): Int32Array {
  let end = 0
  let at = 0
  return sizes.map((size) => {
    end += size
    const from = at
    while (at < rows.length && (rows[at] as number) < end) at++
    return at - from
  })
}

/** Rows of each code, in their order. */
function groupsOf(codes: TextColumn['values'], rows: number, size: number): Int32Array[] {
  const counts = new Int32Array(size)
  for (let row = 0; row < rows; row++) counts[codes[row] as number]++
  const groups = Array.from(counts, (count) => new Int32Array(count))
  const filled = new Int32Array(size)
  for (let row = 0; row < rows; row++) {
    const code = codes[row] as number
    ;(groups[code] as Int32Array)[filled[code]++] = row
  }
  return groups
}

const PUT_EFFECTS_ASIDE: Task<EffectsOfGroup, GroupAside> = {
  module: import.meta.url,
  name: 'putEffectsAside',
  types: putEffectsAside,
}

interface CohortAside extends CohortOf {
  readonly shards: readonly ShardResult[]
  /** Of neighbouring shards, all together of all shards. */
  readonly aside: readonly GroupAside[]
  /** Parameters to estimate; of the last task also what follows them. */
  readonly some: readonly Parameter[]
  readonly isLast: boolean
}

interface Estimates {
  /** In the order of `some`. */
  readonly byParameter: readonly (readonly Estimate[])[]
  readonly rest: readonly Estimate[]
}

/** Task: estimates of shards whose rows of adeff were put aside. */
export function estimateAside({ aside, some, isLast, ...cohort }: CohortAside, host: TaskHost): Estimates {
  const withRows = (codes: readonly string[]): ShardResult[] => {
    const effects = aside.flatMap((group) => effectsOf(group, codes, host))
    return cohort.shards.map((shard, k) => ({ ...shard, effects: effects[k] ?? shard.effects }))
  }
  const input = { ...cohort, withRows }
  return {
    byParameter: some.map((parameter) => parameterEstimates(input, [parameter])),
    rest: isLast ? studyEstimates(input) : [],
  }
}

/** Rows of some parameters by shard, one parameter after the other; null: a shard has none. */
function effectsOf({ shards, byCode }: GroupAside, codes: readonly string[], host: TaskHost): (ColumnTable | null)[] {
  const found = codes.flatMap((code) => {
    const put = byCode[code]
    return put === undefined ? [] : [cutInto(put.sizes, takeBack(put.table, 0, put.table.rows, host))]
  })
  return Array.from({ length: shards }, (_, k) => {
    const own = found.map((tables) => tables[k] as ColumnTable)
    return own.length === 0 ? null : laidEndToEnd(own)
  })
}

/** A table as tables of so many rows each. */
function cutInto(sizes: Int32Array, table: ColumnTable): ColumnTable[] {
  let from = 0
  return Array.from(sizes, (size) => {
    const part = rowRange(table, from, from + size)
    from += size
    return part
  })
}

const ESTIMATE_ASIDE: Task<CohortAside, Estimates> = {
  module: import.meta.url,
  name: 'estimateAside',
  types: estimateAside,
}
