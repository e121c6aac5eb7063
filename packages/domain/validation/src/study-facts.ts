import type { Findings, InForce, StudyFacts } from '@afferent/records'
import { FindingsBuilder } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { checkRestsOnOne } from './rules/check-rests-on-one.ts'
import { printDay } from './settle/judged-rows.ts'
import { declaredCut, NEVER, type SubjectDays, subjectDays, type TablesInForce, tablesOf } from './subject-days.ts'
import { subjectsOf } from './subjects-of.ts'

const HOURS_A_DAY = 24
const WEEK_DAYS = 7

export interface FactsOfStudy {
  readonly facts: StudyFacts
  readonly findings: Findings
}

/**
 * What only the study as a whole can tell (R-CUT).
 *
 * Cut       the declared date; else the latest day of a record in use (adverse events apart) plus `diary.lateHours`, in whole days rounded up, so
 *           that a window is over and closed exactly when its last day lies at least `lateHours` before the end of the cut.
 *           null in a study with relative days, which counts as closed, and in one without any dated record.
 * Periods   as declared; else as many whole ones as the longest-observed subject has up to his latest diary day in use (in a
 *           study without diaries, to his latest record).
 * In use    not of an unknown subject, not before enrolment or after the last study day, not after a declared cut.
 */
export function studyFacts(inForce: readonly InForce[], study: AnalyticStudy): FactsOfStudy {
  const subjects = subjectsOf(inForce)
  const tables = tablesOf(inForce)
  return factsOfDays(subjectDays(inForce, subjects, study, tables), subjects, study, tables)
}

/** The same from what is known of all subjects' days. */
export function factsOfDays(
  { latest, observed, attacks, phases, treatments }: SubjectDays,
  subjects: readonly string[],
  study: AnalyticStudy,
  { subjectsListed }: TablesInForce,
): FactsOfStudy {
  const findings = new FindingsBuilder()
  const facts = {
    cut: declaredCut(study) ?? derivedCut(study, subjects, latest, findings),
    periods: countWindows(study, subjects, observed, findings),
    weeks: countWeeks(study, subjects, observed, findings),
    ...(study.acute === null && study.cluster === null ? {} : { attacks }),
    phases,
    treatments,
    subjectsListed,
  }
  return { facts, findings: findings.build() }
}

function derivedCut(
  study: AnalyticStudy,
  subjects: readonly string[],
  latest: readonly number[],
  findings: FindingsBuilder,
): number | null {
  if (study.calendar === 'relative') return null
  const last = latest.reduce((max, day) => Math.max(max, day), NEVER)
  if (last === NEVER) return null
  checkRestsOnOne('cut-rests-on-one', subjects, latest, (day) => `latest day ${printDay(study, day)}`, findings)
  return last + Math.ceil(study.diary.lateHours / HOURS_A_DAY)
}

function countWindows(
  study: AnalyticStudy,
  subjects: readonly string[],
  observed: readonly number[],
  findings: FindingsBuilder,
): number {
  const { count, windows, lengthDays } = study.periods
  if (count !== null) return count
  if (windows !== null) return windows.length
  const { visits, laboratory, autonomic } = study
  const atVisits = visits.windows === null && (laboratory !== null || autonomic !== null)
  const matters =
    atVisits || [study.headache, study.pain, study.questionnaires, study.adherence].some((family) => family !== null)
  return countWhole(observed, lengthDays, subjects, matters, 'periods', findings)
}

function countWeeks(
  study: AnalyticStudy,
  subjects: readonly string[],
  observed: readonly number[],
  findings: FindingsBuilder,
): number {
  if (study.weeks.count !== null) return study.weeks.count
  const matters = study.pain !== null || study.cluster?.preset === 'gal-ech' || study.cluster?.preset === 'weekly'
  return countWhole(observed, WEEK_DAYS, subjects, matters, 'weeks', findings)
}

function countWhole(
  observed: readonly number[],
  lengthDays: number,
  subjects: readonly string[],
  matters: boolean,
  word: string,
  findings: FindingsBuilder,
): number {
  const whole = observed.map((days) => Math.floor(days / lengthDays))
  if (matters) checkRestsOnOne('periods-rest-on-one', subjects, whole, (n) => `${n} ${word}`, findings)
  return whole.reduce((max, n) => Math.max(max, n), 0)
}
