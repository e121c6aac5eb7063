import type { InForce, Outline, RecordTable, SettledName, SubjectFacts, TableName } from '@afferent/records'
import { isPresent, RECORD_TABLES, SETTLED_TABLES } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { parseIsoDay } from '@afferent/study'
import { unionInByteOrder } from './join/dictionaries.ts'
import { type FileSlice, sliceFiles } from './settle/file-slice.ts'
import { valueAt } from './settle/judged-rows.ts'
import { isSubjectList, listSubjects } from './settle/list-subjects.ts'
import { localDays } from './settle/local-days.ts'
import { settleSubjectDays } from './settle/subject-facts.ts'

/** Records that move the cut. Adverse events may begin long after the last visit: they do not. */
const DATED: readonly SettledName[] = SETTLED_TABLES.filter((name) => name !== 'values' && name !== 'adverseEvents')

/** Records that say how long a subject was observed; where a study has none of them, all that are dated. */
const DIARIES: readonly SettledName[] = ['diary', 'episodes', 'intakes']
/** In cluster headache a treated attack is an entry of the diary. */
const CLUSTER_DIARIES: readonly SettledName[] = [...DIARIES, 'attacks']
/** `latest` of a subject without any record in use. */
export const NEVER = Number.MIN_SAFE_INTEGER

/** What some subjects tell towards the facts of the study. */
export interface SubjectDays {
  /** By subject: latest day of a record in use that moves the cut, or NEVER. */
  readonly latest: readonly number[]
  /** By subject: days from day 0 to the latest entry of a diary in use. */
  readonly observed: readonly number[]
  /** Most treated attacks of any of them. */
  readonly attacks: number
  /** Words that `values` tables use, in byte order. */
  readonly phases: readonly string[]
  readonly treatments: readonly string[]
}

/** What the files in force hold, whichever subjects are looked at. */
export interface TablesInForce {
  readonly names: readonly SettledName[]
  /** A subjects export is among them: subjects it does not name are unknown. */
  readonly subjectsListed: boolean
}

export const tablesOf = (inForce: readonly Outline[]): TablesInForce => ({
  names: SETTLED_TABLES.filter((name) =>
    inForce.some(({ dataset: { tables, aside } }) => name in tables || (aside !== undefined && name in aside)),
  ),
  subjectsListed: inForce.some(({ dataset }) => isSubjectList(dataset)),
})

/** Declared last day of the data; null: there is none, or the study counts days. */
export const declaredCut = ({ dataCut, calendar }: AnalyticStudy): number | null =>
  dataCut === null || calendar === 'relative' ? null : parseIsoDay(dataCut)

/** Days of some subjects (in byte order), whose records are all among `inForce`. */
export function subjectDays(
  inForce: readonly InForce[],
  subjects: readonly string[],
  study: AnalyticStudy,
  { names, subjectsListed }: TablesInForce,
): SubjectDays {
  const slices = sliceFiles(inForce, subjects, study)
  const facts = settleSubjectDays(slices, subjects, study)
  const use = daysInUse(slices, subjects, facts, subjectsListed, declaredCut(study))
  const latest = latestDays(DATED, slices, subjects, use)
  const diaries = study.cluster === null ? DIARIES : CLUSTER_DIARIES
  const hasOthers = DATED.some((name) => names.includes(name) && !diaries.includes(name))
  const hasDiaries = diaries.some((name) => names.includes(name))
  const lastEntry = hasDiaries && hasOthers ? latestDays(diaries, slices, subjects, use) : latest
  return {
    latest,
    observed: lastEntry.map((day, s) => (day === NEVER ? 0 : Math.max(0, day - facts.dayZero.values[s] + 1))),
    attacks: study.acute === null && study.cluster === null ? 0 : countAttacks(slices, subjects, facts, use),
    phases: wordsOf(inForce, 'phase'),
    treatments: wordsOf(inForce, 'treatment'),
  }
}

/** Of neighbouring subjects, in their order. */
export function joinDays(parts: readonly SubjectDays[]): SubjectDays {
  return {
    latest: parts.flatMap(({ latest }) => latest),
    observed: parts.flatMap(({ observed }) => observed),
    attacks: parts.reduce((most, { attacks }) => Math.max(most, attacks), 0),
    phases: unionInByteOrder(parts.map(({ phases }) => phases)),
    treatments: unionInByteOrder(parts.map(({ treatments }) => treatments)),
  }
}

/** Latest day of a record in use of some tables, by subject; NEVER where there is none. */
function latestDays(
  names: readonly SettledName[],
  slices: readonly FileSlice[],
  subjects: readonly string[],
  { first, last }: DaysInUse,
): number[] {
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

interface DaysInUse {
  readonly first: readonly number[]
  readonly last: readonly number[]
}

/** First and last day of each subject whose records are in use; none for an unknown subject. */
function daysInUse(
  slices: readonly FileSlice[],
  subjects: readonly string[],
  facts: DayFacts,
  subjectsListed: boolean,
  declared: number | null,
): DaysInUse {
  const listed = listSubjects(slices, subjects, subjectsListed)
  const counts = subjects.map((_, s) => (listed === null || listed[s]) && isPresent(facts.dayZero.valid, s))
  const end = declared ?? Number.POSITIVE_INFINITY
  return {
    first: subjects.map((_, s) => (counts[s] ? (valueAt(facts.enrolled, s) ?? NEVER) : Number.POSITIVE_INFINITY)),
    last: subjects.map((_, s) => Math.min(end, valueAt(facts.lastDay, s) ?? end)),
  }
}

/** Most treated attacks of any subject: distinct t0 in use, dated study day 1 or later. */
function countAttacks(
  slices: readonly FileSlice[],
  subjects: readonly string[],
  facts: DayFacts,
  use: DaysInUse,
): number {
  const { first, last } = use
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
  return starts.reduce((most, own) => Math.max(most, own.size), 0)
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
