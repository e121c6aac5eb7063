import type { BytesRef, Findings } from '@afferent/records'
import type { CsvDialect } from './dialect.ts'
import type { ColumnRequest, CsvRange, RangeReport } from './request.ts'

/** Input of a range task: the task opens `ref`, calls `readCsvRange` and makes of the table what it needs. */
export interface RangeInput<E> {
  readonly ref: BytesRef
  readonly dialect: CsvDialect
  readonly requests: readonly ColumnRequest[]
  readonly range: CsvRange
  readonly extra: E
}

/** What a range task must hand back beside its own results: the report of the table it read. */
export interface RangeOutput {
  readonly report: RangeReport
}

export interface CsvFile {
  readonly ref: BytesRef
  readonly size: number
  readonly dialect: CsvDialect
}

/** All ranges of a file, in order, exactly as one sequential reading would have given them. */
export interface Reading<T extends RangeOutput> {
  /** As decided over the whole file: encoding, date orders, decimal marks. */
  readonly dialect: CsvDialect
  readonly requests: readonly ColumnRequest[]
  /** Physical lines of the file before the part: line in the file = linesBefore + line in the part. */
  readonly parts: readonly { readonly part: T; readonly linesBefore: number }[]
  /** On the file as a whole (`date-ambiguous`, `file-encoding`). */
  readonly findings: Findings
}
