import type { FindingsBuilder, RecordTable, TableName } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { Source } from '@afferent/study'
import { columnOf } from '../settle/file-slice.ts'
import { columnsIn } from '../settle/judged-rows.ts'

/** How many adverse events in use come without a class (`terms-uncoded`). */
export function checkCoded(
  table: RecordTable<TableName>,
  source: Source,
  file: string,
  findings: FindingsBuilder,
): void {
  const coded = columnsIn(table).class
  let uncoded = 0
  for (let row = 0; row < table.rows; row++) if (coded === undefined || !isPresent(coded.valid, row)) uncoded++
  if (uncoded === 0) return
  const column = columnOf(source, 'organClass', 'term')
  findings.add({ rule: 'terms-uncoded', file, column, detail: `${uncoded} of ${table.rows} events have no class` })
}
