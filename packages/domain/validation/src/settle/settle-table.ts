import type { FindingsBuilder, RecordTable, SettledName, StudyFacts, SubjectFacts } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { joinParts } from '../join/join-parts.ts'
import type { Part } from '../join/part.ts'
import { checkAttacks } from '../rules/check-attacks.ts'
import { checkCopies } from '../rules/check-copies.ts'
import { checkDayZero } from '../rules/check-day-zero.ts'
import { checkFollowUps } from '../rules/check-follow-ups.ts'
import { checkForms } from '../rules/check-forms.ts'
import { checkGaps } from '../rules/check-gaps.ts'
import { checkListed } from '../rules/check-listed.ts'
import { checkRecords } from '../rules/check-records.ts'
import { checkScales, markScales } from '../rules/check-scales.ts'
import { checkSessions } from '../rules/check-sessions.ts'
import { checkStudyDays } from '../rules/check-study-days.ts'
import { checkSuperseded } from '../rules/check-superseded.ts'
import { checkVisits } from '../rules/check-visits.ts'
import { changesTo } from './changes.ts'
import { findCopies } from './copies.ts'
import { type FileSlice, partOf } from './file-slice.ts'
import { type JudgedRows, nextJudged } from './judged-rows.ts'
import { localDays } from './local-days.ts'
import { countFates, type FateCounts } from './row-counts.ts'
import type { MarkList } from './settle-marks.ts'
import type { SourceRows } from './source-rows.ts'
import { takeInOrder } from './take-in-order.ts'

export interface SettleContext {
  readonly slices: readonly FileSlice[]
  readonly subjects: readonly string[]
  /** Whether each subject is in the subjects export; null: the study has none. */
  readonly listed: readonly boolean[] | null
  readonly study: AnalyticStudy
  readonly facts: StudyFacts
  readonly subjectFacts: SubjectFacts
  readonly findings: FindingsBuilder
  /** Attacks as settled, which come before their follow-ups. */
  readonly attacks: () => RecordTable<'attacks'> | null
  readonly marks: MarkList
  /** Where records came from, if somebody asks. */
  readonly sources: SourceRows | null
}

export interface SettledTable<T extends SettledName> {
  readonly table: RecordTable<T>
  readonly counts: FateCounts
}

/** One table after all rules across files; null where no file has rows of it. Arrays that nothing changes are not copied. */
export function settleTable<T extends SettledName>(name: T, context: SettleContext): SettledTable<T> | null {
  const { slices, subjects } = context
  const found = slices.map((slice) => ({ slice, part: partOf(slice, name) })).filter(({ part }) => part !== null)
  if (found.length === 0) return null
  const parts = found.map(({ part }) => part as Part)
  const inOrder = parts.length === 1 ? takeInOrder(name, parts[0]) : null
  const joined = inOrder === null ? joinParts(name, parts) : null
  const table = joined === null ? (inOrder as RecordTable<T>) : joined.table
  const rows: JudgedRows = {
    name,
    table,
    starts: startsOf(table.subject, subjects.length),
    ...localDays(name, table),
    files: found.map(({ slice }) => slice),
    origin: parts.length === 1 || joined === null ? null : joined.origin(),
    fate: new Uint8Array(table.rows),
    subjects,
    study: context.study,
    findings: context.findings,
    marks: context.marks,
  }
  checkListed(rows, context.listed)
  checkDayZero(rows, context.subjectFacts)
  checkStudyDays(rows, context.subjectFacts, context.facts)
  checkScales(rows)
  markScales(rows)
  checkVisits(rows, context.facts)
  checkRecords(rows)
  const changes = changesTo(table)
  const copies = inOrder === null ? findCopies(rows) : []
  checkCopies(rows, checkSuperseded(rows, copies), changes)
  checkGaps(rows)
  checkAttacks(rows, context.subjectFacts)
  checkFollowUps(rows, context.attacks())
  checkSessions(rows, changes)
  checkForms(rows, changes)
  context.sources?.add(rows)
  const counts = countFates(rows)
  // Also where every physical row is used: a row that gives several records may lose some of them.
  // Nor by the counts: records brought along by another table's rows are in none.
  for (let row = nextJudged(rows.fate, 0); row < table.rows; row = nextJudged(rows.fate, row + 1)) changes.drop(row)
  return { table: withoutRow(changes.apply(name)), counts }
}

/** Rows are sorted by subject. */
function startsOf(subject: Int32Array, subjects: number): Int32Array {
  const starts = new Int32Array(subjects + 1).fill(subject.length)
  let next = 0
  for (let row = 0; row < subject.length; row++) while (next <= subject[row]) starts[next++] = row
  return starts
}

/** Which physical row a record came from has served its purpose. */
function withoutRow<T extends SettledName>(table: RecordTable<T>): RecordTable<T> {
  const columns = { ...table.columns } as Record<string, unknown>
  delete columns.row
  return { ...table, columns: columns as RecordTable<T>['columns'] }
}
