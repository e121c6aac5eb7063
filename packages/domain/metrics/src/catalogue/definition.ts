import type { Areason, Parameter, StudyFacts } from '@afferent/records'
import { type AnalyticStudy, type Convention, textOf } from '@afferent/study'
import { criteriaOf } from '../responses/response-columns.ts'
import { ruleOf } from '../responses/response-rule.ts'
import { flagsOf } from '../rows/row-flags.ts'
import { entriesFor } from './catalogue.ts'
import type { CatalogueEntry, FamilyName } from './entry.ts'
import { planOf } from './plan.ts'
import { definitionOfValue } from './value-definition.ts'

/**
 * All that is written about a parameter, with the settings of one study put in. Output, documentation and protocol are made
 * from it and from nothing else.
 */
export interface Definition extends Parameter {
  readonly family: FamilyName | 'values'
  readonly formula: string
  readonly window: string
  readonly minimum: string
  readonly missing: string
  readonly reasons: readonly Areason[]
  readonly mark: string
  readonly conventions: readonly Convention[]
  /** CHG and PCHG against a baseline. */
  readonly change: boolean
}

/** The parameters this study computes, in byte order of the code. They follow from the study file, never from data. */
export function definitionsOf(study: AnalyticStudy, facts: StudyFacts): readonly Definition[] {
  return planOf(study, facts).planned.map(({ code, entry, value }) =>
    value === null
      ? definitionOf(entry as CatalogueEntry, study)
      : definitionOfValue(study, code, value.parameter, value.pooled),
  )
}

/** Every entry of the catalogue (and those that the study file describes itself), whether the study computes it or not. */
export const catalogueOf = (study: AnalyticStudy): readonly Definition[] =>
  entriesFor(study).map((entry) => definitionOf(entry, study))

export function definitionOf(entry: CatalogueEntry, study: AnalyticStudy): Definition {
  const { compute } = entry
  const flags = flagsOf(entry, study)
  return {
    code: entry.code,
    label: textOf(entry.label, study),
    category: entry.category,
    family: entry.family,
    unit: entry.unit,
    direction: entry.direction,
    table: entry.table,
    ...criteriaIn(entry, study),
    ...(entry.ratioOf === undefined ? {} : { ratioOf: entry.ratioOf }),
    method: entry.method(study).join('; '),
    definition: textOf(entry.definition, study),
    formula: textOf(entry.formula, study),
    window: textOf(entry.window, study),
    minimum: textOf(entry.minimum, study),
    missing: textOf(entry.missing, study),
    reasons: entry.reasons,
    mark: textOf(entry.mark, study),
    source: entry.source,
    conventions: entry.conventions,
    change: compute.kind === 'points' ? compute.change : compute.kind !== 'endpoint',
    ...(compute.kind === 'points' && compute.cuts !== undefined ? { cuts: compute.cuts } : {}),
    ...(compute.kind === 'points' && compute.perAttack === true ? { perAttack: true } : {}),
    ...(flags.length === 0 ? {} : { flags }),
  }
}

/** Criteria of the study's cuts, and those that the family decides itself. */
function criteriaIn(entry: CatalogueEntry, study: AnalyticStudy): Pick<Definition, 'criteria' | 'criteriaStats'> {
  const own = entry.compute.kind === 'points' ? (entry.compute.criteria?.(study) ?? []) : []
  const criteria = [...criteriaOf(ruleOf(study, entry))]
  for (const one of own) criteria[one.criterion - 1] = one.text
  if (own.length === 0) return { criteria }
  return { criteria, criteriaStats: Object.fromEntries(own.map((one) => [one.criterion, one.stat])) }
}
