import type { RangeOutput } from '@afferent/formats'
import type { Column, Findings, RecordsAside, RuleId, SettledName } from '@afferent/records'
import type { AnalyticStudy, Source } from '@afferent/study'
import type { FactColumn, FactReports } from '../convert/facts.ts'
import type { ReadPlan } from './read-plan.ts'

/** What a range task needs beside the bytes; a plain value. */
export interface RecordsExtra {
  readonly source: Source
  readonly study: AnalyticStudy
  readonly plan: ReadPlan
  readonly file: string
  /** Records of ranges and pieces are put aside: all together are more than memory should hold. */
  readonly aside: boolean
}

/** Records of one byte range of a file, lines counted in the range. */
export interface RangeRecords extends RangeOutput {
  readonly rows: number
  /** Subjects that rows name, in byte order, and the one of each row (none where all records were put aside); -1: none. */
  readonly subjects: readonly string[]
  readonly subject: Int32Array
  /**
   * Sets of records; one but for wide exports and rows of several tables. Grouped by subject, except where only the file as a
   * whole can tell the order: exports with several records a row, and intervals without a number.
   */
  readonly sets: readonly (RecordSet | SetAside)[]
  /** In the order of the plan's facts. */
  readonly facts: readonly FactReports[]
  /** Line of each subject's first row that is not quarantined, 0: none. */
  readonly seenAt: Int32Array
  /** Layout `subjects`: facts row by row. */
  readonly factRows: readonly FactColumn[]
  /** Bit per quarantined row, or null. */
  readonly bad: Uint8Array | null
  readonly quarantined: number
  readonly excluded: Readonly<Partial<Record<RuleId, number>>>
  readonly findings: Findings
}

/** Records of one table, as rows gave them or arranged. */
export interface RecordSet {
  readonly table: SettledName | 'marks'
  readonly rows: number
  /** Codes of the range's subjects. */
  readonly subject: Int32Array
  readonly columns: Record<string, Column>
  readonly lines: Int32Array | null
  readonly firstLine: number
  /** Bit per row that gives no record, or null. */
  readonly dropped: Uint8Array | null
  /** Of records grouped by subject: place of each subject's first, and the end. Null: they are not grouped. */
  readonly starts: Int32Array | null
  /** They stand in the order of their table. */
  readonly inOrder: boolean
}

/** Records grouped by subject that were put aside. */
export interface SetAside {
  readonly table: RecordSet['table']
  readonly rows: number
  readonly starts: Int32Array
  readonly inOrder: boolean
  readonly aside: RecordsAside
}

export const isAside = (set: RecordSet | SetAside): set is SetAside => 'aside' in set
