import type {
  Findings,
  InForce,
  RecordTable,
  SettledName,
  StudyFacts,
  SubjectFacts,
  TableName,
} from '@afferent/records'
import { FindingsBuilder, isPresent, RECORD_TABLES, SETTLED_TABLES } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { parseIsoDay } from '@afferent/study'
import { unionInByteOrder } from './join/dictionaries.ts'
import { checkRestsOnOne } from './rules/check-rests-on-one.ts'
import { type FileSlice, sliceFiles } from './settle/file-slice.ts'
import { printDay, valueAt } from './settle/judged-rows.ts'
import { isSubjectList, listSubjects } from './settle/list-subjects.ts'
import { localDays } from './settle/local-days.ts'
import { settleSubjectDays } from './settle/subject-facts.ts'
import { subjectsOf } from './subjects-of.ts'

const HOURS_A_DAY = 24
const WEEK_DAYS = 7
/** Records that move the cut. Adverse events may begin long after the last visit: they do not. */
const DATED: readonly SettledName[] = SETTLED_TABLES.filter((name) => name !== 'values' && name !== 'adverseEvents')

/** Records that say how long a subject was observed; where a study has none of them, all that are dated. */
const DIARIES: readonly SettledName[] = ['diary', 'episodes', 'intakes']
/** In cluster headache a treated attack is an entry of the diary. */
const CLUSTER_DIARIES: readonly SettledName[] = [...DIARIES, 'attacks']
/** A subject without any record in use. */
const NEVER = Number.MIN_SAFE_INTEGER

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
export function studyFacts(
  inForce: readonly InForce[],
  study: AnalyticStudy,
): { readonly facts: StudyFacts; readonly findings: Findings } {
  const findings = new FindingsBuilder()
  const subjects = subjectsOf(inForce)
  const slices = sliceFiles(inForce, subjects, study)
  const subjectFacts = settleSubjectDays(slices, subjects, study)
  const declared = study.dataCut === null || study.calendar === 'relative' ? null : parseIsoDay(study.dataCut)
  const latest = latestDays(DATED, slices, subjects, subjectFacts, declared)
  const diaries = study.cluster === null ? DIARIES : CLUSTER_DIARIES
  const hasDiaries = diaries.some((name) => slices.some(({ dataset }) => dataset.tables[name] !== undefined))
  const isOther = (name: SettledName) => !diaries.includes(name) && slices.some(({ dataset }) => name in dataset.tables)
  const lastEntry =
    hasDiaries && DATED.some(isOther) ? latestDays(diaries, slices, subjects, subjectFacts, declared) : latest
  const observed = lastEntry.map((day, s) =>
    day === NEVER ? 0 : Math.max(0, day - subjectFacts.dayZero.values[s] + 1),
  )
  const facts = {
    cut: declared ?? derivedCut(study, subjects, latest, findings),
    periods: countWindows(study, subjects, observed, findings),
    weeks: countWeeks(study, subjects, observed, findings),
    ...countAttacks(study, slices, subjects, subjectFacts, declared),
    phases: wordsOf(inForce, 'phase'),
    treatments: wordsOf(inForce, 'treatment'),
    subjectsListed: inForce.some(({ dataset }) => isSubjectList(dataset)),
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

/** Latest day of a record in use of some tables, by subject; NEVER where there is none. */
function latestDays(
  names: readonly SettledName[],
  slices: readonly FileSlice[],
  subjects: readonly string[],
  facts: DayFacts,
  declaredCut: number | null,
): number[] {
  const { first, last } = daysInUse(slices, subjects, facts, declaredCut)
  const latest = subjects.map(() => NEVER)
  for (const { dataset, recode } of slices) {
    for (const name of names) {
      const table: RecordTable<TableName> | undefined = dataset.tables[name]
      if (table === undefined) continue
      const { day: days, dated } = localDays(name, table)
      if (days === null) continue
      const ascending = dated === null && RECORD_TABLES[name].sortedBy[0] === 'day'
      const { subject } = table
      for (let from = 0; from < table.rows; ) {
        const s = recode[subject[from]]
        const end = endOfSubject(subject, from)
        // Days mostly ascend, so the last of a subject is looked at first and is mostly the latest.
        for (let row = end - 1; row >= from; row--) {
          const day = days[row]
          if (day <= latest[s] || day < first[s] || day > last[s] || !isPresent(dated, row)) continue
          latest[s] = day
          if (ascending) break
        }
        from = end
      }
    }
  }
  return latest
}

/** End of the rows of the subject of a row, in a column of ascending codes. */
function endOfSubject(subject: Int32Array, from: number): number {
  const code = subject[from]
  let step = 1
  while (from + step < subject.length && subject[from + step] === code) step *= 2
  let low = from + (step >> 1)
  let high = Math.min(from + step, subject.length)
  while (low < high) {
    const middle = (low + high) >> 1
    if (subject[middle] === code) low = middle + 1
    else high = middle
  }
  return low
}

/** First and last day of each subject whose records are in use; none for an unknown subject. */
function daysInUse(
  slices: readonly FileSlice[],
  subjects: readonly string[],
  facts: DayFacts,
  declaredCut: number | null,
): { readonly first: readonly number[]; readonly last: readonly number[] } {
  const listed = listSubjects(
    slices,
    subjects,
    slices.some(({ dataset }) => isSubjectList(dataset)),
  )
  const counts = subjects.map((_, s) => (listed === null || listed[s]) && isPresent(facts.dayZero.valid, s))
  const end = declaredCut ?? Number.POSITIVE_INFINITY
  return {
    first: subjects.map((_, s) => (counts[s] ? (valueAt(facts.enrolled, s) ?? NEVER) : Number.POSITIVE_INFINITY)),
    last: subjects.map((_, s) => Math.min(end, valueAt(facts.lastDay, s) ?? end)),
  }
}

/** Most treated attacks of any subject: distinct t0 in use, dated study day 1 or later. */
function countAttacks(
  study: AnalyticStudy,
  slices: readonly FileSlice[],
  subjects: readonly string[],
  facts: DayFacts,
  declaredCut: number | null,
): Pick<StudyFacts, 'attacks'> {
  if (study.acute === null && study.cluster === null) return {}
  const { first, last } = daysInUse(slices, subjects, facts, declaredCut)
  const starts = subjects.map(() => new Set<number>())
  for (const { dataset, recode } of slices) {
    const table = dataset.tables.attacks
    const { t0, day } = table?.columns ?? {}
    if (table === undefined || t0 === undefined || day === undefined) continue
    for (let row = 0; row < table.rows; row++) {
      const s = recode[table.subject[row]]
      const from = Math.max(first[s], facts.dayZero.values[s])
      if (day.values[row] >= from && day.values[row] <= last[s]) starts[s].add(t0.values[row])
    }
  }
  return { attacks: starts.reduce((most, own) => Math.max(most, own.size), 0) }
}

type DayFacts = Pick<SubjectFacts, 'dayZero' | 'lastDay' | 'enrolled'>

/** Words of a text column of `values` tables that stand in some row, in byte order. */
function wordsOf(inForce: readonly InForce[], field: 'phase' | 'treatment'): readonly string[] {
  const lists = inForce.map(({ dataset }) => {
    const column = dataset.tables.values?.columns[field]
    if (column === undefined) return []
    const used = new Set<number>()
    for (let row = 0; row < column.values.length; row++) if (isPresent(column.valid, row)) used.add(column.values[row])
    return [...used].map((code) => column.dictionary[code])
  })
  return unionInByteOrder([lists.flat()])
}
