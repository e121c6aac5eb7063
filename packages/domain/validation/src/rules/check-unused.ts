import type { CsvDialect } from '@afferent/formats'
import type { FindingsBuilder } from '@afferent/records'
import type { Source } from '@afferent/study'
import { columnsOf } from '@afferent/study'

/** Columns of the header that the source neither maps nor ignores (`column-unused`). */
export function checkUnused(
  source: Source,
  { header, headerLine }: Pick<CsvDialect, 'header' | 'headerLine'>,
  file: string,
  findings: FindingsBuilder,
): void {
  if (source.ignore.includes('*')) return
  const known = new Set([...columnsOf(source), ...source.ignore])
  for (const column of new Set(header)) {
    if (column !== '' && !known.has(column)) findings.add({ rule: 'column-unused', file, line: headerLine, column })
  }
}
