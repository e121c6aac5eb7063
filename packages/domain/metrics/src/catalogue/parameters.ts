import type { Parameter, StudyFacts } from '@afferent/records'
import type { AnalyticStudy, ValueParameter } from '@afferent/study'
import { criteriaOf } from '../responses/response-columns.ts'
import { ruleOf } from '../responses/response-rule.ts'
import { isCount } from '../rows/value-rows.ts'
import type { CatalogueEntry } from '../windows/measure.ts'
import { methodOf, methodOfValue } from './method.ts'
import { type Planned, planOf } from './plan.ts'

/** The parameters this study computes, in byte order of the code. They follow from the study file, never from data. */
export function parametersOf(study: AnalyticStudy, facts: StudyFacts): readonly Parameter[] {
  const plan = planOf(study, facts)
  return plan.planned.map((planned) =>
    planned.value === null
      ? fromCatalogue(study, planned.entry as CatalogueEntry)
      : fromValue(study, planned, planned.value.parameter, planned.value.pooled),
  )
}

function fromCatalogue(study: AnalyticStudy, entry: CatalogueEntry): Parameter {
  const text = (of: CatalogueEntry['label']): string => (typeof of === 'string' ? of : of(study))
  return {
    code: entry.code,
    label: text(entry.label),
    category: entry.category,
    unit: entry.unit,
    direction: entry.direction,
    table: entry.table,
    criteria: criteriaOf(ruleOf(study, entry)),
    method: methodOf(study, entry),
    definition: text(entry.definition),
    source: entry.source,
    ...(entry.compute.kind === 'points' && entry.compute.cuts !== undefined ? { cuts: entry.compute.cuts } : {}),
    ...(entry.perAttack === true ? { perAttack: true } : {}),
    ...(entry.flags === undefined ? {} : { flags: entry.flags }),
  }
}

function fromValue(study: AnalyticStudy, planned: Planned, value: ValueParameter, pooled: boolean): Parameter {
  const higherIsBetter = value.direction === 'higher-is-better'
  const rate = isCount(value) ? `${value.perDays} * count / days of the period` : 'value as exported'
  return {
    code: planned.code,
    label: pooled ? `${value.label}, all visits` : value.label,
    category: 'Exported value',
    unit: value.unit,
    direction: value.direction,
    table: 'adeff',
    criteria: criteriaOf({ responders: study.responders, cuts: study.responders.cuts, higherIsBetter, pain: false }),
    method: methodOfValue(study, pooled),
    definition: pooled ? `${rate}, over all visits after the baseline together` : rate,
    source: 'study file, family values',
  }
}
