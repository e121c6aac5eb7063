import type { AnalyticStudy } from '@afferent/study'

/**
 * METHOD in parts: the presets and rules a value rests on, by the names the study file gives them (R-METH). An entry names
 * the parts that decide its value, in this order: what is counted, the window and its least days, what a response is.
 */

/** What a headache day and a migraine day are. */
export function headacheRules({ headache }: AnalyticStudy): string[] {
  if (headache === null) return []
  const { preset, durationBasis, featureScope, migraineSource, probable } = headache
  return [
    preset,
    `duration per ${durationBasis}`,
    `features per ${featureScope}`,
    ...(migraineSource === 'patient' ? ['migraine by patient'] : []),
    ...(probable ? ['probable migraine counts'] : []),
  ]
}

/** What parts two attacks. */
export function attackRules({ headache }: AnalyticStudy): string[] {
  if (headache === null) return []
  if (headache.attackRule === 'freeDay') return [`attacks by free day, maxMissing ${headache.maxMissing}`]
  return [`attacks by gap ${headache.gapHours} h, relapse ${headache.relapseHours} h`]
}

/** How many days make a period valid, and its baseline. */
export const periodRules = (study: AnalyticStudy): string[] => [
  periodRule(study),
  `baseline >= ${study.periods.baselineMinObserved} days`,
]

export const periodRule = ({ periods }: AnalyticStudy): string =>
  `period ${periods.minObserved === null ? periods.missing : `>= ${periods.minObserved} days`}`

export const weekRule = ({ weeks }: AnalyticStudy): string => `week >= ${weeks.minObserved} days`

export const poolingRule = ({ periods }: AnalyticStudy): string =>
  `pooled, observed >= ${periods.pooledMinObservedFraction}`

/** What a missing value and a baseline of 0 are to a response. */
export const responderRules = ({ responders }: AnalyticStudy): string[] => [
  responders.missing,
  `zero baseline ${responders.zeroBaseline}`,
]

/** METHOD of a value that the export summarised. */
export const methodOfValue = (study: AnalyticStudy, pooled: boolean): string =>
  ['as exported', ...(pooled ? [poolingRule(study)] : []), ...responderRules(study)].join('; ')
