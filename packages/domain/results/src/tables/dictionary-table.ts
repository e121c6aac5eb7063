import type { Parameter } from '@afferent/records'
import type { ResultColumn } from '../columns/column.ts'
import type { ResultTable } from '../result-table.ts'
import { plainText } from './plain-text.ts'
import { codedColumn } from './subjects-table.ts'

interface Entry {
  readonly dataset: string
  readonly variable: string
  readonly label: string
  readonly type: string
  readonly unit: string
  readonly definition: string
  readonly source: string
}

/** The dictionary: every column of every table, then every parameter under the table that holds it. */
export function dictionaryTable(
  tables: Readonly<Record<string, readonly ResultColumn[]>>,
  parameters: readonly Parameter[],
): ResultTable {
  const entries = [
    ...Object.entries(tables).flatMap(([dataset, columns]) => columns.map(toEntry(dataset))),
    ...parameters.map(ofParameter),
  ]
  const coded = (field: keyof Entry) => codedColumn(entries.map((entry) => entry[field] || null))
  const plain = (field: keyof Entry) => plainText(entries.map((entry) => entry[field] || null))
  return {
    rows: entries.length,
    columns: {
      DATASET: coded('dataset'),
      VARIABLE: plain('variable'),
      LABEL: plain('label'),
      TYPE: coded('type'),
      UNIT: coded('unit'),
      DEFINITION: plain('definition'),
      SOURCE: plain('source'),
    },
  }
}

const toEntry =
  (dataset: string) =>
  ({ name, label, type, unit, definition, source }: ResultColumn): Entry => ({
    dataset,
    variable: name,
    label,
    type,
    unit,
    definition,
    source,
  })

const ofParameter = ({ table, code, label, unit, definition, source }: Parameter): Entry => ({
  dataset: table,
  variable: `AVAL.${code}`,
  label,
  type: 'number',
  unit,
  definition,
  source,
})
