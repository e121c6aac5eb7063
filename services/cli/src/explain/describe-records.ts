import type { Explanation } from '@afferent/metrics'
import type { Explained } from '@afferent/pipeline'
import { placesInWords } from './places.ts'

type SourcesOf = Explained['sourcesOf']
type TracedRecord = Explanation['records'][number]

/** Lines of a short list; `--days` shows all. */
export const SHORT = 12
const SHORT_PLACES = 8

/**
 * Rows that a value was made of or that were left, those of one table and note on one line:
 * `left out: 4 rows of followUps: outside every window  headache.csv:7-10`
 */
export function describeRecords(records: readonly TracedRecord[], sourcesOf: SourcesOf, inFull: boolean): string[] {
  const groups = groupsOf(records)
  const shown = inFull ? groups : groups.slice(0, SHORT)
  const lines = shown.map((group) => describeGroup(group, sourcesOf, inFull))
  const left = groups.slice(shown.length).reduce((sum, { length }) => sum + length, 0)
  return left === 0 ? lines : [...lines, `... and ${left} more rows (--days shows all)`]
}

/** In the order of their first rows, those that counted first. */
function groupsOf(records: readonly TracedRecord[]): TracedRecord[][] {
  const groups = new Map<string, TracedRecord[]>()
  for (const record of [...records.filter((one) => one.counted), ...records.filter((one) => !one.counted)]) {
    const key = `${record.counted} ${record.table} ${record.note}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [record])
    else known.push(record)
  }
  return [...groups.values()]
}

function describeGroup(group: readonly TracedRecord[], sourcesOf: SourcesOf, inFull: boolean): string {
  const { counted, table, note } = group[0] as TracedRecord
  const rows = group.length === 1 ? `1 row of ${table}` : `${group.length} rows of ${table}`
  const sources = group.flatMap((record) => sourcesOf(record.table, record.row))
  const places = placesInWords(sources, inFull ? undefined : SHORT_PLACES)
  return `${counted ? 'from' : 'left out:'} ${rows}${note === '' ? '' : `: ${note}`}  ${places}`
}
