import type { AnalyticStudy, ValueParameter } from '@afferent/study'
import { criteriaOf } from '../responses/response-columns.ts'
import { isCount } from '../rows/value-rows.ts'
import type { Definition } from './definition.ts'
import { CONVENTIONS } from './entries/conventions.ts'
import { methodOfValue } from './method.ts'

/** What is written about a value that the export summarised itself, or about its pooled form. */
export function definitionOfValue(
  study: AnalyticStudy,
  code: string,
  value: ValueParameter,
  pooled: boolean,
): Definition {
  const higherIsBetter = value.direction === 'higher-is-better'
  const rate = isCount(value) ? `${value.perDays} * count / days of the period` : 'value as exported'
  const visits = value.visits.map(({ label, days }) => (days === null ? label : `${label} (${days} d)`)).join(', ')
  return {
    code,
    label: pooled ? `${value.label}, all visits` : value.label,
    category: 'Exported value',
    family: 'values',
    unit: value.unit,
    direction: value.direction,
    table: 'adeff',
    criteria: criteriaOf({ responders: study.responders, cuts: study.responders.cuts, higherIsBetter, pain: false }),
    method: methodOfValue(study, pooled),
    definition: pooled ? `${rate}, over all visits after the baseline together` : rate,
    formula: pooled ? pooledFormula(value) : rate,
    window: pooled ? `all visits after the baseline: ${visits}` : `visits: ${visits}`,
    minimum: pooled
      ? `${100 * study.periods.pooledMinObservedFraction} % of the ${isCount(value) ? 'days' : 'visits'} covered`
      : 'the value itself',
    missing: 'a value that is not there is missing (MISSING_ITEMS), at the baseline NO_BASELINE',
    reasons: ['MISSING_ITEMS', 'NO_BASELINE'],
    mark: pooled && !isCount(value) ? '[P]' : '-',
    source: 'study file, family values',
    conventions: pooled ? [CONVENTIONS.spanVisit, ...(isCount(value) ? [] : [CONVENTIONS.exportedMeans])] : [],
    change: true,
  }
}

const pooledFormula = (value: ValueParameter): string =>
  isCount(value) ? `${value.perDays} * sum of counts / sum of days` : 'mean of the values'
