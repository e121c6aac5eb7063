import { adeffColumns } from '../columns/adeff.ts'
import type { ResultField, ResultTable } from '../result-table.ts'
import { EffectsFill, FLAGS, flagNames, OF_PARAMETER, TEXTS } from './effects-fill.ts'
import { type RunContext, type ShardRows, sortedTexts, treatmentTexts } from './run-context.ts'
import { VisitPlaces } from './visit-places.ts'

/**
 * Spells out adeff rows: what was computed, and what follows from the study file (labels, criteria, treatment, dates).
 * `fields` name the texts every column can hold; they depend on the study alone, so rows of different shards fit.
 */
export class EffectsTable {
  readonly fields: readonly ResultField[]
  private readonly context: RunContext
  private readonly dictionaries: Readonly<Record<string, readonly string[]>>
  private readonly visits: VisitPlaces

  constructor(context: RunContext) {
    this.context = context
    this.visits = new VisitPlaces(context)
    this.dictionaries = effectDictionaries(context)
    this.fields = adeffColumns(context.parameters).map((column) => ({
      ...column,
      dictionary: this.dictionaries[column.name] ?? [],
    }))
  }

  /** Rows of neighbouring shards, in order, as one table. USUBJID codes into the subjects of these shards. */
  rowsOf(shards: readonly ShardRows[]): ResultTable {
    const rows = shards.reduce((sum, { effects }) => sum + effects.rows, 0)
    const fill = new EffectsFill(this.context, this.dictionaries, this.visits, rows)
    for (const shard of shards) fill.add(shard)
    return fill.table()
  }
}

function effectDictionaries(context: RunContext): Record<string, readonly string[]> {
  const { parameters, effectTexts } = context
  const dictionaries: Record<string, readonly string[]> = { STUDYID: [context.studyId] }
  dictionaries.TRTP = treatmentTexts(context)
  dictionaries.TRTA = dictionaries.TRTP
  dictionaries.AVISIT = sortedTexts(context.visits.map(({ label }) => label))
  for (const name of [...TEXTS, ...FLAGS, ...flagNames(parameters)])
    dictionaries[name] = sortedTexts(effectTexts[name] ?? [])
  for (const [name, textOf] of Object.entries(OF_PARAMETER)) {
    dictionaries[name] = sortedTexts(parameters.map(textOf).filter((text) => text !== null))
  }
  return dictionaries
}
