import { type ColumnOf, isPresent, type Parameter, type ShardResult, type Visit } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { type Arms, NO_ARM } from '../arms.ts'
import { wilsonInterval } from '../proportions/wilson.ts'
import type { CohortRows } from '../rows/cohort-rows.ts'
import { rowsOf, type WithRows } from '../rows/rows-by-parameter.ts'
import { type DosePoint, doseResponseSlope } from './dose-response.ts'

const ADHERENCE = 'STIMADH'
const CAUTION =
  'change ~ baseline + adherence, least squares, within the arm; caution: adherence is measured after randomisation, not causal'

/**
 * What adherence says about arms.
 *
 * ANALYSIS RESPONSE  PARAMCD STIMADH STAT ADHnn  subjects with at least nn % (adh.threshold) / subjects with a value, Wilson
 * ANALYSIS DOSERESP  PARAMCD and AVISIT the primary ones, STAT SLOPE  per arm but the reference: change of the primary parameter per
 *                    percentage point of adherence, adjusted for its baseline; a subject's adherence is the mean over his periods
 *                    that end with the primary visit or before [P]. METHOD carries the caution.
 */
export function addAdherenceRows(
  rows: CohortRows,
  study: AnalyticStudy,
  parameters: readonly Parameter[],
  visits: readonly Visit[],
  withRows: WithRows,
  arms: Arms,
): void {
  if (!parameters.some(({ code }) => code === ADHERENCE)) return
  const codes = study.primary === null ? [ADHERENCE] : [ADHERENCE, study.primary.parameter]
  const subjects = withRows(codes).flatMap((shard) => readSubjects(shard, study, arms))
  for (const { visit, label } of visits.filter(({ parameter }) => parameter === ADHERENCE)) {
    addThresholds(rows, study, subjects, arms, visit, label)
  }
  addSlopes(rows, study, visits, subjects, arms)
}

interface Subject {
  readonly arm: number
  readonly adherence: readonly { readonly visit: number; readonly value: number; readonly last: number }[]
  /** The primary outcome; null: no change, or one in each of several phases. */
  readonly outcome: { readonly change: number; readonly base: number; readonly last: number } | null
}

function readSubjects(shard: ShardResult, { primary }: AnalyticStudy, arms: Arms): Subject[] {
  const { effects } = shard
  const number = (name: string) => {
    const { values, valid } = effects.columns[name] as ColumnOf<'f64'>
    return (row: number): number => (isPresent(valid, row) ? (values[row] as number) : Number.NaN)
  }
  const [subject, visit, value, base, change, last] = ['SUBJECT', 'AVISITN', 'AVAL', 'BASE', 'CHG', 'AWHI'].map(number)
  const adherence = shard.subjects.map((): Subject['adherence'][number][] => [])
  for (const row of rowsOf(shard, ADHERENCE)) {
    const known = value?.(row) as number
    if (Number.isNaN(known)) continue
    adherence[subject?.(row) as number]?.push({
      visit: visit?.(row) as number,
      value: known,
      last: last?.(row) as number,
    })
  }
  const outcomes = shard.subjects.map((): NonNullable<Subject['outcome']>[] => [])
  for (const row of primary === null ? [] : rowsOf(shard, primary.parameter)) {
    const found = { change: change?.(row) as number, base: base?.(row) as number, last: last?.(row) as number }
    if (visit?.(row) !== primary?.visit || Number.isNaN(found.change)) continue
    outcomes[subject?.(row) as number]?.push(found)
  }
  return [...arms.ofSubjects(shard)].map((arm, s) => ({
    arm,
    adherence: adherence[s] ?? [],
    outcome: outcomes[s]?.length === 1 ? (outcomes[s]?.[0] ?? null) : null,
  }))
}

function addThresholds(
  rows: CohortRows,
  { adherence }: AnalyticStudy,
  subjects: readonly Subject[],
  arms: Arms,
  visit: number,
  label: string,
): void {
  for (const threshold of adherence?.thresholds ?? []) {
    for (const [arm, name] of [null, ...arms.names].map((word, k) => [k, word] as const)) {
      const members = subjects.filter((one) => arm === NO_ARM || one.arm === arm)
      const known = members.flatMap((one) => one.adherence.filter((point) => point.visit === visit))
      const count = known.filter(({ value }) => value >= threshold - TOLERANCE).length
      const found = wilsonInterval(count, known.length)
      rows.add({
        ANALYSIS: 'RESPONSE',
        ANLSET: 'ALL',
        PARAMCD: ADHERENCE,
        AVISIT: label,
        ARM: name,
        METHOD: 'Wilson score interval',
        STAT: `ADH${threshold}`,
        ESTIMATE: found?.estimate ?? null,
        LOWER: found?.lower ?? null,
        UPPER: found?.upper ?? null,
        N: known.length,
        NUMER: count,
        DENOM: known.length,
        NRAND: members.length,
        NSET: members.length,
        NDATA: known.length,
        REASON: found === null ? 'NO_DENOMINATOR' : null,
      })
    }
  }
}

/** R-NUM. */
const TOLERANCE = 1e-9

function addSlopes(
  rows: CohortRows,
  { primary, arms: named }: AnalyticStudy,
  visits: readonly Visit[],
  subjects: readonly Subject[],
  arms: Arms,
): void {
  if (primary === null || primary.parameter === ADHERENCE) return
  const label = visits.find(({ parameter, visit }) => parameter === primary.parameter && visit === primary.visit)?.label
  const active = named.length === 0 ? [null] : named.filter(({ reference }) => !reference).map(({ name }) => name)
  for (const name of active) {
    const members = subjects.filter(({ arm }) => name === null || arm === arms.names.indexOf(name) + 1)
    const points = members.flatMap(pointOf)
    const found = doseResponseSlope(points)
    rows.add({
      ANALYSIS: 'DOSERESP',
      ANLSET: 'ALL',
      PARAMCD: primary.parameter,
      AVISIT: label ?? null,
      ARM: name,
      METHOD: CAUTION,
      STAT: 'SLOPE',
      ESTIMATE: found?.estimate ?? null,
      SE: found?.se ?? null,
      DF: found?.df ?? null,
      LOWER: found?.lower ?? null,
      UPPER: found?.upper ?? null,
      PVALUE: found?.p ?? null,
      N: points.length,
      NRAND: members.length,
      NSET: members.length,
      NDATA: points.length,
      REASON: found === null ? 'TOO_FEW_SUBJECTS' : null,
    })
  }
}

function pointOf({ adherence, outcome }: Subject): DosePoint[] {
  if (outcome === null) return []
  const before = adherence.filter(({ last }) => Number.isNaN(outcome.last) || last <= outcome.last)
  if (before.length === 0) return []
  const mean = before.reduce((sum, { value }) => sum + value, 0) / before.length
  return [{ change: outcome.change, base: outcome.base, adherence: mean }]
}
