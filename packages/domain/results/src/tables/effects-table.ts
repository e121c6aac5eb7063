import type { Parameter } from '@afferent/records'
import { adeffColumns } from '../columns/adeff.ts'
import type { Following, ResultField, ResultTable } from '../result-table.ts'
import type { SlabArrays } from '../run/slabs.ts'
import { EffectsFill, FLAGS, flagNames, TEXTS } from './effects-fill.ts'
import { placesIn, type RunContext, type ShardRows, sortedTexts, treatmentTexts } from './run-context.ts'
import { VisitPlaces } from './visit-places.ts'

const CRITERIA = [1, 2, 3, 4, 5, 6]

/** Columns that follow from the parameter. */
const OF_PARAMETER: Readonly<Record<string, (parameter: Parameter) => string | null>> = {
  PARAM: (parameter) => parameter.label,
  PARCAT1: (parameter) => parameter.category,
  AVALU: (parameter) => (parameter.unit === '' ? null : parameter.unit),
  METHOD: (parameter) => (parameter.method === '' ? null : parameter.method),
  ...Object.fromEntries(CRITERIA.map((n) => [`CRIT${n}`, (parameter: Parameter) => parameter.criteria[n - 1] ?? null])),
}

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
      ...this.following(column.name),
    }))
  }

  private following(name: string): { readonly follows?: Following } {
    const textOf = OF_PARAMETER[name]
    if (textOf === undefined) return {}
    const { parameters } = this.context
    const texts = this.dictionaries.PARAMCD?.map((code) => {
      const parameter = parameters.find((each) => each.code === code)
      return parameter === undefined ? null : textOf(parameter)
    })
    return { follows: { column: 'PARAMCD', places: placesIn(this.dictionaries[name] ?? [], texts ?? []) } }
  }

  /** Rows of neighbouring shards, in order, as one table. USUBJID codes into the subjects of these shards. */
  rowsOf(shards: readonly ShardRows[], arrays: SlabArrays): ResultTable {
    const rows = shards.reduce((sum, { effects }) => sum + effects.rows, 0)
    const fill = new EffectsFill(this.context, this.dictionaries, this.visits, rows, arrays)
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
