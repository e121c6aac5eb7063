import { type ColumnOf, type ColumnTable, isPresent, type ShardResult, type TextColumn } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import type { Arms } from '../arms.ts'
import { spearman } from '../ranks/spearman.ts'
import type { CohortRows, Estimate } from './cohort-rows.ts'
import { rowsOf, type WithRows } from './rows-by-parameter.ts'

const CODE = 'DUALRSP'
/** STAT of each cell, by what AVALCAT1 says. */
const CELLS = { 'pain and mood': 'BOTH', 'pain only': 'PAIN', 'mood only': 'MOOD', neither: 'NEITHER' } as const
const JOINT = 'Spearman, p by t approximation, Fisher z limits with SE sqrt((1 + r^2/2)/(n - 3))'

interface Member {
  readonly arm: number
  readonly cell: string | null
  /** Change of pain and of mood; NaN: not known. */
  readonly pain: number
  readonly mood: number
}

/**
 * Pain and mood together, per visit and arm (and all subjects).
 *
 * ANALYSIS DUAL    STAT BOTH PAIN MOOD NEITHER: the four cells of pain response by mood response; DENOM = subjects with an answer
 * ANALYSIS JOINT   STAT R: Spearman correlation of the changes of pain and mood, of the subjects who have both, whatever their
 *                  baseline of mood [P]; a description, no claim of mediation
 */
export function addDualRows(
  rows: CohortRows,
  study: AnalyticStudy,
  visits: ReadonlyMap<number, string>,
  withRows: WithRows,
  arms: Arms,
  armOfSubjects: readonly Int32Array[],
): void {
  if (study.mood === null) return
  const { pain, scale } = study.mood
  const members = new Map<number, Member[]>([...visits.keys()].map((visit) => [visit, []]))
  withRows([CODE, pain, scale]).forEach((shard, k) => {
    readShard(shard, armOfSubjects[k] as Int32Array, pain, scale, members)
  })
  for (const [visit, label] of visits) {
    const all = members.get(visit) as Member[]
    const where = { PARAMCD: CODE, AVISIT: label, ANLSET: 'ALL' }
    addGroup(rows, where, all)
    arms.names.forEach((ARM, a) => {
      addGroup(
        rows,
        { ...where, ARM },
        all.filter(({ arm }) => arm === a + 1),
      )
    })
  }
}

function addGroup(rows: CohortRows, where: Estimate, members: readonly Member[]): void {
  const answered = members.filter(({ cell }) => cell !== null)
  const counts = { NRAND: members.length, NSET: members.length, NDATA: answered.length }
  for (const [cell, STAT] of Object.entries(CELLS)) {
    const n = answered.filter((member) => member.cell === cell).length
    rows.add({
      ...where,
      ...counts,
      ANALYSIS: 'DUAL',
      STAT,
      METHOD: 'pain response by mood response',
      ESTIMATE: answered.length === 0 ? null : n / answered.length,
      N: answered.length,
      NUMER: n,
      DENOM: answered.length,
      REASON: answered.length === 0 ? 'NO_DENOMINATOR' : null,
    })
  }
  const both = members.filter((member) => !Number.isNaN(member.pain + member.mood))
  const found = spearman(
    Float64Array.from(both, (one) => one.pain),
    Float64Array.from(both, (one) => one.mood),
  )
  rows.add({
    ...where,
    ...counts,
    ANALYSIS: 'JOINT',
    STAT: 'R',
    METHOD: JOINT,
    ESTIMATE: found?.r ?? null,
    LOWER: found?.lower ?? null,
    UPPER: found?.upper ?? null,
    PVALUE: found?.p ?? null,
    DF: found === null || found.p === null ? null : both.length - 2,
    N: both.length,
    REASON: found === null ? 'NO_VARIATION' : null,
  })
}

function readShard(
  shard: ShardResult,
  armOfSubject: Int32Array,
  pain: string,
  scale: string,
  members: ReadonlyMap<number, Member[]>,
): void {
  const { effects } = shard
  const { SUBJECT, AVISITN } = numbersOf(effects)
  const changeOf = [pain, scale].map((code) => changesOver(effects, rowsOf(shard, code)))
  const cells = effects.columns.AVALCAT1 as TextColumn
  for (const row of rowsOf(shard, CODE)) {
    const subject = SUBJECT[row] as number
    const [painChange, moodChange] = changeOf.map((of) => of(subject, row)) as [number, number]
    members.get(AVISITN[row] as number)?.push({
      arm: armOfSubject[subject] as number,
      cell: isPresent(cells.valid, row) ? (cells.dictionary[cells.values[row] as number] ?? null) : null,
      pain: painChange,
      mood: moodChange,
    })
  }
}

function numbersOf({ columns }: ColumnTable) {
  const values = (name: string): ArrayLike<number> => (columns[name] as ColumnOf<'i32'>).values
  return { SUBJECT: values('SUBJECT'), AVISITN: values('AVISITN'), AWLO: values('AWLO'), AWHI: values('AWHI') }
}

/**
 * CHG of a parameter for the visit of another row of the same subject: of the window in which the visit ends, or of the same visit
 * number where the parameter has no windows. NaN: none.
 */
function changesOver(effects: ColumnTable, rows: Int32Array): (subject: number, visitRow: number) => number {
  const { SUBJECT, AVISITN, AWLO, AWHI } = numbersOf(effects)
  const change = effects.columns.CHG as ColumnOf<'f64'>
  const windows = (effects.columns.AWLO as ColumnOf<'i32'>).valid
  const bySubject = new Map<number, number[]>()
  for (const row of rows) {
    if (!isPresent(change.valid, row)) continue
    const own = bySubject.get(SUBJECT[row] as number)
    if (own === undefined) bySubject.set(SUBJECT[row] as number, [row])
    else own.push(row)
  }
  return (subject, visitRow) => {
    const end = AWHI[visitRow] as number
    const found = bySubject.get(subject)?.find((row) => {
      if (!isPresent(windows, row)) return AVISITN[row] === AVISITN[visitRow]
      return (AWLO[row] as number) <= end && end <= (AWHI[row] as number)
    })
    return found === undefined ? Number.NaN : (change.values[found] as number)
  }
}
