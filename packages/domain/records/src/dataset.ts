import type { RecordsAside } from './aside.ts'
import type { Findings } from './findings.ts'
import type { RuleId } from './rules.ts'
import type { Covariates, RecordTable, TableName } from './tables.ts'

/** Every physical record of a file ends in exactly one of these: read = used + quarantined + sum of excluded. */
export interface RowCounts {
  readonly read: number
  readonly used: number
  /** Rows with an error: kept out until the file is corrected. */
  readonly quarantined: number
  /** Rows left out by a named rule although nothing is wrong with them (late, identical copy, after the last day ...). */
  readonly excluded: Readonly<Partial<Record<RuleId, number>>>
}

/** What validation makes of one file. */
export interface Dataset {
  /** Subjects of this file as written in it, in byte order; tables code into this list. */
  readonly subjects: readonly string[]
  readonly calendar: 'dates' | 'relative'
  readonly tables: { readonly [T in TableName]?: RecordTable<T> }
  /** Tables that were put aside and are not among `tables` until they are taken back; absent: none. */
  readonly aside?: { readonly [T in TableName]?: RecordsAside }
  readonly covariates: Covariates
  readonly findings: Findings
  readonly counts: RowCounts
}
