import {
  type ColumnTable,
  type Compute,
  joinShards,
  laidEndToEnd,
  NO_FINDINGS,
  type Parameter,
  pickRows,
  putAside,
  type ShardResult,
  type TableAside,
  type Task,
  type TaskHost,
  type TextColumn,
  takeBack,
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
  /** Gives up what was put aside, whether a table was made or not. */
  end(): Promise<void>
}

/** Cohort rows of shards at hand: begun at once, so that tables are written meanwhile. */
export function cohortOfAll(cohort: CohortOf, shards: readonly ShardResult[], compute: Compute): CohortSummary {
  const table = summarize({ ...cohort, shards }, compute)
  table.catch(() => {}) // reported when it is asked for
  return { pass: async () => {}, table: () => table, end: async () => {} }
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
 * parameter after the other; the rest stays in memory. Both in groups of shards: those of a vault have a few thousand rows each.
 */
export class PassingCohort implements CohortSummary {
  private readonly groups: ShardResult[] = []
  private readonly aside: Promise<EffectsAside>[] = []
  private readonly cohort: CohortOf
  private readonly compute: Compute
  private readonly rowsAside: number
  /** The last shards, not put aside yet. */
  private waiting: ShardResult[] = []

  /** `rowsAside`: rows of adeff that are put aside together. */
  constructor(cohort: CohortOf, compute: Compute, rowsAside: number) {
    this.cohort = cohort
    this.compute = compute
    this.rowsAside = rowsAside
  }

  /** Waits while several groups are on their way. */
  async pass(shard: ShardResult): Promise<void> {
    this.waiting.push({ ...shard, effects: without(shard.effects, unreadColumns(this.cohort.study)) })
    const rows = this.waiting.reduce((sum, { effects }) => sum + effects.rows, 0)
    if (rows >= this.rowsAside) this.putAside()
    await this.aside.at(-this.compute.threads * GROUPS_AT_ONCE)
  }

  private putAside(): void {
    if (this.waiting.length === 0) return
    const group = { ...joinShards(this.waiting), findings: NO_FINDINGS, quarantined: 0, excluded: {} }
    this.waiting = []
    this.groups.push({ ...group, effects: pickRows(group.effects, new Int32Array(0)) })
    const aside = this.compute.map(PUT_EFFECTS_ASIDE, [group.effects]).then(([put]) => put as EffectsAside)
    aside.catch(() => {}) // reported by `table`, or when its turn comes here
    this.aside.push(aside)
  }

  async table(): Promise<ColumnTable> {
    this.putAside()
    const { parameters } = this.cohort
    const input = { ...this.cohort, shards: this.groups, aside: await Promise.all(this.aside) }
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

  async end(): Promise<void> {
    const put = await Promise.allSettled(this.aside)
    const refs = put.flatMap((one) =>
      one.status === 'fulfilled' ? Object.values(one.value).map(({ ref }) => ref) : [],
    )
    this.compute.discard([...new Set(refs)])
  }
}

function without({ rows, columns }: ColumnTable, names: readonly string[]): ColumnTable {
  return { rows, columns: Object.fromEntries(Object.entries(columns).filter(([name]) => !names.includes(name))) }
}

/** Rows of adeff of a group, by PARAMCD. */
type EffectsAside = Readonly<Record<string, TableAside>>

/** Task: rows of adeff are grouped by parameter and put aside. */
export function putEffectsAside(effects: ColumnTable, host: TaskHost): EffectsAside {
  const { values, dictionary } = effects.columns.PARAMCD as TextColumn
  const tables = groupsOf(values, effects.rows, dictionary.length).map((rows) => pickRows(effects, rows))
  const aside = putAside(tables, host)
  return Object.fromEntries(dictionary.map((code, i) => [code, aside[i] as TableAside]))
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

const PUT_EFFECTS_ASIDE: Task<ColumnTable, EffectsAside> = {
  module: import.meta.url,
  name: 'putEffectsAside',
  types: putEffectsAside,
}

interface CohortAside extends CohortOf {
  readonly shards: readonly ShardResult[]
  /** By shard. */
  readonly aside: readonly EffectsAside[]
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
  const effectsOf = (shard: ShardResult, k: number, codes: readonly string[]): ColumnTable => {
    const found = codes.map((code) => aside[k]?.[code]).filter((table) => table !== undefined)
    return found.length === 0 ? shard.effects : laidEndToEnd(found.map((table) => takeBack(table, 0, table.rows, host)))
  }
  const withRows = (codes: readonly string[]) =>
    cohort.shards.map((shard, k) => ({ ...shard, effects: effectsOf(shard, k, codes) }))
  const input = { ...cohort, withRows }
  return {
    byParameter: some.map((parameter) => parameterEstimates(input, [parameter])),
    rest: isLast ? studyEstimates(input) : [],
  }
}

const ESTIMATE_ASIDE: Task<CohortAside, Estimates> = {
  module: import.meta.url,
  name: 'estimateAside',
  types: estimateAside,
}
