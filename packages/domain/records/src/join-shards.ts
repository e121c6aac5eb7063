import { allocate, type Column, type ColumnTable } from './column.ts'
import type { ShardResult, SubjectFacts } from './derived.ts'
import { laidEndToEnd } from './end-to-end.ts'

/** What estimates of a cohort read of a shard: neither findings nor counts of rows. */
export type CohortShard = Pick<ShardResult, 'subjects' | 'facts' | 'effects' | 'events' | 'safety'>

/** Neighbouring shards as one; several of them in memory of their own. */
export function joinShards(shards: readonly CohortShard[]): CohortShard {
  const firsts = firstSubjects(shards)
  const table = (of: (shard: CohortShard) => ColumnTable): ColumnTable =>
    laidEndToEnd(shards.map((shard, k) => shifted(of(shard), firsts[k] as number)))
  const safeties = shards.flatMap(({ safety }) => safety ?? [])
  const safety = {
    events: () => laidEndToEnd(safeties.map(({ events }, k) => shifted(events, firsts[k] as number))),
    exposure: () => laidEndToEnd(safeties.map(({ exposure }) => exposure)),
  }
  return {
    subjects: shards.flatMap(({ subjects }) => subjects),
    facts: joinFacts(shards),
    effects: table(({ effects }) => effects),
    events: table(({ events }) => events),
    ...(safeties.length === 0 ? {} : { safety: { events: safety.events(), exposure: safety.exposure() } }),
  }
}

function firstSubjects(shards: readonly CohortShard[]): number[] {
  let before = 0
  return shards.map(({ subjects }) => {
    const first = before
    before += subjects.length
    return first
  })
}

/** The same rows with SUBJECT counted from another subject. */
function shifted({ rows, columns }: ColumnTable, by: number): ColumnTable {
  const { SUBJECT } = columns
  if (SUBJECT === undefined || by === 0) return { rows, columns }
  const values = allocate.i32(rows)
  for (let row = 0; row < rows; row++) values[row] = (SUBJECT.values[row] as number) + by
  return { rows, columns: { ...columns, SUBJECT: { kind: 'i32', values, valid: null } } }
}

function joinFacts(shards: readonly CohortShard[]): SubjectFacts {
  const asTable = (of: (facts: SubjectFacts) => Readonly<Record<string, Column>>): Readonly<Record<string, Column>> =>
    laidEndToEnd(shards.map(({ subjects, facts }) => ({ rows: subjects.length, columns: of(facts) }))).columns
  const own = asTable(({ covariates: _, ...facts }) => facts)
  return { ...own, covariates: asTable(({ covariates }) => covariates) } as unknown as SubjectFacts
}
