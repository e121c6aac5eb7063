import { type ColumnOf, isPresent, type TextColumn } from '@afferent/records'
import { attackProportions } from '../description/attack-proportions.ts'
import { exchangeableProportion } from '../description/exchangeable-proportion.ts'
import type { CohortRows, Estimate } from './cohort-rows.ts'
import type { ShardRows } from './parameter-sample.ts'

/** AVISIT of estimates over all attacks of all subjects. */
const ALL_ATTACKS = 'All attacks'

/** Answers of one parameter by subject, in subject order: how many attacks have one, how many are yes. */
interface SubjectCounts {
  readonly arm: number
  readonly attacks: number
  readonly successes: number
}

/** Which subjects an estimate is about: those of one arm (position of Arms), or all (null). */
export interface AttackGroup {
  readonly names: Estimate
  readonly arm: number | null
  readonly randomised: number | null
}

/**
 * Rows of the table `cohort` that take attacks together, for a yes/no parameter with a row per attack: ANALYSIS ATTACKS,
 * AVISIT All attacks, per arm and for all subjects.
 *
 * STAT POOLED    ESTIMATE = NUMER / DENOM, attacks as units, without limits: attacks of one subject are alike
 * STAT GEE       the same proportion under an exchangeable correlation of a subject's attacks, with its limits
 * STAT SUBJMEAN  mean of the subjects' proportions, SE = sd / sqrt(subjects); N the subjects with an answer
 */
export function addAttackRows(
  rows: CohortRows,
  parameter: string,
  parts: readonly ShardRows[],
  groups: readonly AttackGroup[],
): void {
  const counts = parts.flatMap(countSubjects)
  for (const { names, arm, randomised } of groups) {
    const members = arm === null ? counts : counts.filter((one) => one.arm === arm)
    const subjects = randomised ?? members.length
    const successes = Int32Array.from(members, (one) => one.successes)
    const attacks = Int32Array.from(members, (one) => one.attacks)
    const found = attackProportions(successes, attacks)
    const where = {
      ...names,
      ANALYSIS: 'ATTACKS',
      PARAMCD: parameter,
      AVISIT: ALL_ATTACKS,
      NRAND: subjects,
      NSET: subjects,
      NDATA: found?.subjects ?? 0,
    }
    const none = found === null ? 'NO_DENOMINATOR' : null
    const numbers = { NUMER: found?.successes ?? 0, DENOM: found?.attacks ?? 0 }
    rows.add({
      ...where,
      ...numbers,
      STAT: 'POOLED',
      METHOD: 'attacks as units',
      ESTIMATE: found?.pooled ?? null,
      N: numbers.DENOM,
      REASON: none,
    })
    const gee = exchangeableProportion(successes, attacks)
    rows.add({
      ...where,
      ...numbers,
      STAT: 'GEE',
      METHOD: 'GEE, logit link, exchangeable correlation, robust',
      ESTIMATE: gee?.estimate ?? null,
      SE: gee?.se ?? null,
      LOWER: gee?.lower ?? null,
      UPPER: gee?.upper ?? null,
      N: numbers.DENOM,
      REASON: none ?? (gee === null ? 'NO_ESTIMATE' : null),
    })
    rows.add({
      ...where,
      STAT: 'SUBJMEAN',
      METHOD: 'mean of subject proportions',
      ESTIMATE: found?.mean ?? null,
      SE: found?.meanSe ?? null,
      N: found?.subjects ?? 0,
      REASON: none,
    })
  }
}

function countSubjects({ shard, rows, armOfSubject }: ShardRows): SubjectCounts[] {
  const subject = (shard.effects.columns.SUBJECT as ColumnOf<'i32'>).values
  const answer = shard.effects.columns.AVALC as TextColumn
  const yes = answer.dictionary.indexOf('Y')
  const attacks = new Int32Array(shard.subjects.length)
  const successes = new Int32Array(shard.subjects.length)
  for (const row of rows) {
    if (!isPresent(answer.valid, row)) continue
    const of = subject[row] as number
    attacks[of] = (attacks[of] as number) + 1
    if (answer.values[row] === yes) successes[of] = (successes[of] as number) + 1
  }
  return shard.subjects.map((_, of) => ({
    arm: armOfSubject[of] as number,
    attacks: attacks[of] as number,
    successes: successes[of] as number,
  }))
}
