import type { Column, FindingsBuilder, RecordTable, TableName } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { Source } from '@afferent/study'
import { columnOf } from '../settle/file-slice.ts'

/** Entries in use without an instant of submission, where the export has a column for it. */
export function countNotSubmitted({ rows, columns }: RecordTable<TableName>, source: Source): number {
  if (columnOf(source, 'submitted') === '') return 0
  const { submitted } = columns as Readonly<Record<string, Column | undefined>>
  let missing = 0
  for (let row = 0; row < rows; row++) if (submitted === undefined || !isPresent(submitted.valid, row)) missing++
  return missing
}

/** How many entries in use carry no submission instant (`submission-missing`). */
export function reportNotSubmitted(
  missing: number,
  rows: number,
  source: Source,
  file: string,
  findings: FindingsBuilder,
): void {
  const column = columnOf(source, 'submitted')
  if (missing > 0) findings.add({ rule: 'submission-missing', file, column, detail: `${missing} of ${rows} entries` })
}
