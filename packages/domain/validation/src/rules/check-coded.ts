import type { FindingsBuilder, RecordTable, TableName } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { Source } from '@afferent/study'
import { columnOf } from '../settle/file-slice.ts'
import { columnsIn } from '../settle/judged-rows.ts'

/** Adverse events in use without a class. */
export function countUncoded(table: RecordTable<TableName>): number {
  const coded = columnsIn(table).class
  let uncoded = 0
  for (let row = 0; row < table.rows; row++) if (coded === undefined || !isPresent(coded.valid, row)) uncoded++
  return uncoded
}

/** How many adverse events in use come without a class (`terms-uncoded`). */
export function reportUncoded(
  uncoded: number,
  rows: number,
  source: Source,
  file: string,
  findings: FindingsBuilder,
): void {
  if (uncoded === 0) return
  const column = columnOf(source, 'organClass', 'term')
  findings.add({ rule: 'terms-uncoded', file, column, detail: `${uncoded} of ${rows} events have no class` })
}
