import type { InForce, RecordTable, RowCounts, Settled, SettledName, StudyFacts } from '@afferent/records'
import { FindingsBuilder, firstNotBelow, NO_RECORDS, SETTLED_TABLES } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { checkHasData } from '../rules/check-has-data.ts'
import { veilArms } from '../rules/veil-arms.ts'
import { type FileSlice, sliceFiles } from './file-slice.ts'
import { isSubjectList, listSubjects } from './list-subjects.ts'
import { addCounts, assertRowsAddUp, NO_ROWS } from './row-counts.ts'
import { MarkList } from './settle-marks.ts'
import { type SettleContext, settleTable } from './settle-table.ts'
import type { SourceRows } from './source-rows.ts'
import { settleSubjectFacts } from './subject-facts.ts'

/** Settled records with the fate of every physical row that came in usable from the files. */
export interface SettledRows extends Settled {
  /** `read` = rows of these subjects that the files count as used. */
  readonly counts: RowCounts
}

/**
 * Judges the records of some subjects (in byte order) across all files: unknown subjects, days outside the study, scales,
 * copies (R-DUP), facts about subjects. The result does not depend on the order of files or rows, nor on how records were
 * spread over files; lines in findings do. `sources` keeps where each record came from. The arrays of a single sorted file are handed on uncopied where nothing is to
 * be settled.
 */
export function settle(
  inForce: readonly InForce[],
  subjects: readonly string[],
  study: AnalyticStudy,
  facts: StudyFacts,
  sources: SourceRows | null = null,
): SettledRows {
  const findings = new FindingsBuilder()
  const slices = sliceFiles(inForce, subjects, study)
  const subjectFacts = settleSubjectFacts(slices, subjects, study, findings)
  const listed = listSubjects(slices, subjects, facts.subjectsListed === true)
  const marks = new MarkList()
  const records: { -readonly [T in SettledName]: RecordTable<T> | null } = { ...NO_RECORDS }
  const attacks = () => records.attacks
  const context: SettleContext = {
    slices,
    subjects,
    listed,
    study,
    facts,
    subjectFacts,
    findings,
    marks,
    sources,
    attacks,
  }
  let counts = listRows(slices)
  const hasData = new Uint8Array(subjects.length)
  function settleInto<T extends SettledName>(name: T): void {
    const settled = settleTable(name, context)
    if (settled === null) return
    ;(records as { [N in T]: RecordTable<N> | null })[name] = settled.table
    counts = addCounts(counts, settled.counts)
    markSubjects(settled.table.subject, hasData)
  }
  for (const name of SETTLED_TABLES) settleInto(name)
  checkHasData(subjects, hasData, findings)
  assertRowsAddUp(counts, 'settle')
  return {
    subjects,
    facts: subjectFacts,
    ...records,
    marks: marks.table(slices),
    findings: veilArms(findings.build(), study),
    quarantined: counts.quarantined,
    excluded: counts.excluded,
    counts,
  }
}

function markSubjects(subject: Int32Array, into: Uint8Array): void {
  for (let row = 0; row < subject.length; row++) into[subject[row]] = 1
}

/** Rows of subject lists are used, whatever they say. */
function listRows(slices: readonly FileSlice[]): RowCounts {
  let read = 0
  for (const { dataset, recode, from, to } of slices) {
    const table = dataset.tables.subjects
    if (table === undefined || !isSubjectList(dataset)) continue
    const end = firstNotBelow(table.subject, to)
    for (let row = firstNotBelow(table.subject, from); row < end; row++) if (recode[table.subject[row]] >= 0) read++
  }
  return { ...NO_ROWS, read, used: read }
}
