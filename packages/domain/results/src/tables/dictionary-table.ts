import type { Parameter } from '@afferent/records'
import type { ResultColumn } from '../columns/column.ts'
import type { ResultTable } from '../result-table.ts'
import { plainText } from './plain-text.ts'
import { codedColumn } from './text-cells.ts'

interface Entry {
  readonly dataset: string
  readonly variable: string
  readonly label: string
  readonly type: string
  readonly unit: string
  readonly definition: string
  readonly source: string
}

/** An analysis of the table `cohort`, as its definition tells it. */
export interface CohortAnalysis {
  readonly label: string
  readonly analyses: readonly string[]
  readonly stats: readonly { readonly name: string; readonly says: string; readonly unit: string }[]
  readonly formula: string
  readonly source: string
}

/** The dictionary: every column of every table, then every parameter and analysis under the table that holds it. */
export function dictionaryTable(
  tables: Readonly<Record<string, readonly ResultColumn[]>>,
  parameters: readonly Parameter[],
  analyses: readonly CohortAnalysis[],
): ResultTable {
  const entries = [
    ...Object.entries(tables).flatMap(([dataset, columns]) => columns.map(toEntry(dataset))),
    ...parameters.map(ofParameter),
    ...analyses.flatMap(ofAnalysis),
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

const ofParameter = (parameter: Parameter): Entry => ({
  dataset: parameter.table,
  variable: `AVAL.${parameter.code}`,
  label: parameter.label,
  type: 'number',
  unit: parameter.unit,
  definition: definitionOf(parameter),
  source: [parameter.source, parameter.mark ?? '-'].filter((text) => text !== '-').join('; '),
})

/** What it is, how it is computed, from which windows and how much data, and what a missing entry does. */
function definitionOf({ definition, formula, window, minimum, missing }: Parameter): string {
  const parts = [definition]
  if (formula !== undefined && formula !== definition) parts.push(`computed as ${formula}`)
  if (window !== undefined) parts.push(`window: ${window}`)
  if (minimum !== undefined) parts.push(`minimum data: ${minimum}`)
  if (missing !== undefined) parts.push(`missing data: ${missing}`)
  return parts.join('. ')
}

const ofAnalysis = ({ label, analyses, stats, formula, source }: CohortAnalysis): Entry[] =>
  stats.map(({ name, says, unit }) => ({
    dataset: 'cohort',
    variable: `ESTIMATE.${analyses.length === 1 ? analyses[0] : '*'}.${name}`,
    label,
    type: 'number',
    unit,
    definition: `${says}. computed as ${formula}`,
    source,
  }))
