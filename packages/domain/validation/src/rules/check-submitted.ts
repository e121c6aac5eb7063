import type { Column, FindingsBuilder, RecordTable, TableName } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { Source } from '@afferent/study'
import { columnOf } from '../settle/file-slice.ts'

/** How many entries in use carry no submission instant, where the export has a column for it (`submission-missing`). */
export function checkSubmitted(
  { rows, columns }: RecordTable<TableName>,
  source: Source,
  file: string,
  findings: FindingsBuilder,
): void {
  const column = columnOf(source, 'submitted')
  if (column === '') return
  const submitted = (columns as Readonly<Record<string, Column | undefined>>).submitted
  let missing = 0
  for (let row = 0; row < rows; row++) if (submitted === undefined || !isPresent(submitted.valid, row)) missing++
  if (missing > 0) findings.add({ rule: 'submission-missing', file, column, detail: `${missing} of ${rows} entries` })
}
