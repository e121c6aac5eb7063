import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { printable } from '../printable.ts'
import { type TextColumn, textTable } from '../text-table.ts'

const DELIMITERS: Readonly<Record<ExportProfile['delimiter'], string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
}

const COLUMNS: readonly TextColumn[] = [
  { title: 'column' },
  { title: 'type' },
  { title: 'missing', align: 'right' },
  { title: 'distinct', align: 'right' },
  { title: 'from', align: 'right' },
  { title: 'to', align: 'right' },
  { title: 'most frequent' },
]

/** Values of a column are shown up to here; more would push the table apart. */
const VALUE_LENGTH = 24
const DISTINCT_LIMIT = 1000
const FREQUENT_VALUES = 4

/** What an export looks like, for a person: how it is written, and one line per column. */
export function describeProfile(profile: ExportProfile): string {
  const { file, rows, encoding, encodingReason, delimiter, decimal, headerLine, columns } = profile
  const head = [
    `${printable(file)}: ${count(rows)} rows, ${columns.length} columns`,
    `encoding   ${encoding} (${encodingReason})`,
    `delimiter  ${DELIMITERS[delimiter]}, decimal ${decimal === ',' ? 'comma' : 'point'}, header in line ${headerLine}`,
  ]
  return `${head.join('\n')}\n\n${textTable(COLUMNS, columns.map(toRow))}`
}

function toRow(column: ColumnProfile): string[] {
  const distinct = column.distinct >= DISTINCT_LIMIT ? `${count(DISTINCT_LIMIT)}+` : count(column.distinct)
  const frequent = column.values.slice(0, FREQUENT_VALUES)
  return [
    shorten(column.name),
    toType(column),
    count(column.missing),
    distinct,
    shorten(column.min ?? ''),
    shorten(column.max ?? ''),
    frequent.map(({ value, count: times }) => `${shorten(value)} (${count(times)})`).join(', '),
  ]
}

/** `date (dmy)`; an ambiguous order is a question the study file has to answer. */
function toType({ type, dateOrder }: ColumnProfile): string {
  if (dateOrder === null) return type
  return `${type} (${dateOrder === 'ambiguous' ? 'day or month first?' : dateOrder})`
}

const count = (n: number): string => n.toLocaleString('en-US')

function shorten(text: string): string {
  const shown = printable(text)
  return shown.length <= VALUE_LENGTH ? shown : `${shown.slice(0, VALUE_LENGTH - 3)}...`
}
