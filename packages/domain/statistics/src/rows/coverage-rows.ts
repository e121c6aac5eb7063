import { type ColumnOf, isPresent, type ShardResult } from '@afferent/records'
import type { AnalyticStudy, FibromyalgiaDomain } from '@afferent/study'
import type { CohortRows } from './cohort-rows.ts'
import { rowsOf, type WithRows } from './rows-by-parameter.ts'

/** OMERACT core domains of fibromyalgia trials, then those of some trials [C25]. */
const DOMAINS: readonly FibromyalgiaDomain[] = [
  'pain',
  'tenderness',
  'fatigue',
  'global',
  'function',
  'sleep',
  'depression',
  'cognition',
]

/**
 * Which core domains of fibromyalgia a study measures: ANALYSIS COVERAGE, STAT the domain, PARAMCD what measures it,
 * ESTIMATE 1 or 0; NUMER of DENOM subjects have a value of it at any visit.
 */
export function addCoverageRows(
  rows: CohortRows,
  { fibromyalgia }: AnalyticStudy,
  shards: readonly ShardResult[],
  withRows: WithRows,
): void {
  if (fibromyalgia === null) return
  const subjects = shards.reduce((sum, shard) => sum + shard.subjects.length, 0)
  for (const domain of DOMAINS) {
    const code = fibromyalgia[domain]
    rows.add({
      ANALYSIS: 'COVERAGE',
      ANLSET: 'ALL',
      PARAMCD: code,
      METHOD: 'OMERACT core domains of fibromyalgia trials',
      STAT: domain.toUpperCase(),
      ESTIMATE: code === null ? 0 : 1,
      NUMER: code === null ? 0 : withRows([code]).reduce((sum, shard) => sum + countSubjects(shard, code), 0),
      DENOM: subjects,
      REASON: code === null ? 'NOT_MEASURED' : null,
    })
  }
}

function countSubjects(shard: ShardResult, code: string): number {
  const { AVAL, SUBJECT } = shard.effects.columns as {
    readonly AVAL: ColumnOf<'f64'>
    readonly SUBJECT: ColumnOf<'i32'>
  }
  const found = new Set<number>()
  for (const row of rowsOf(shard, code)) {
    if (isPresent(AVAL.valid, row)) found.add(SUBJECT.values[row] as number)
  }
  return found.size
}
