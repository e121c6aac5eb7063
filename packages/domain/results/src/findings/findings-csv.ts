import type { Findings } from '@afferent/records'
import { FINDINGS } from '../columns/findings.ts'
import { CsvRenderer, csvHeader } from '../csv/csv-renderer.ts'
import type { ResultField } from '../result-table.ts'
import { findingsDictionaries, findingsTable } from './findings-table.ts'
import { sortedFindings } from './sorted-findings.ts'

const ROWS_AT_ONCE = 65_536

export function findingsFields(findings: Findings): ResultField[] {
  const dictionaries = findingsDictionaries(findings)
  return FINDINGS.map((column) => ({ ...column, dictionary: dictionaries[column.name] ?? [] }))
}

/** `<name>.findings.csv`: all findings of one file, as parts in order. */
export function* findingsCsv(findings: Findings): Generator<Uint8Array> {
  const sorted = sortedFindings([findings])
  const renderer = new CsvRenderer(findingsFields(sorted))
  yield csvHeader(FINDINGS)
  for (let from = 0; from < sorted.count; from += ROWS_AT_ONCE) {
    yield* renderer.render(findingsTable(sorted, from, Math.min(from + ROWS_AT_ONCE, sorted.count)))
  }
}
