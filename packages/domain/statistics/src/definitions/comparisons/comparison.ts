import type { AnalyticStudy, CohortMethod, Convention } from '@afferent/study'
import type { CohortDefinition } from '../cohort-definition.ts'

/** Whether an analysis of the study is made by a method. */
export const asks =
  (...methods: readonly CohortMethod[]) =>
  ({ cohort }: AnalyticStudy): boolean =>
    cohort?.analyses.some((one) => one.methods.some((method) => methods.includes(method))) === true

export const hasSet =
  (...sets: readonly string[]) =>
  ({ cohort }: AnalyticStudy): boolean =>
    cohort?.estimands.some(({ population }) => sets.includes(population)) === true

export const hasStrategy =
  (strategy: string) =>
  ({ cohort }: AnalyticStudy): boolean =>
    cohort?.estimands.some(({ events }) => Object.values(events).includes(strategy as 'composite')) === true

export const SETS: readonly Convention[] = [
  {
    id: 'set.mitt',
    says: 'MITT: allocated, treated at least once, with a baseline and a value of the parameter after it',
    applies: hasSet('MITT', 'PP'),
  },
  {
    id: 'set.pp',
    says: 'PP: of MITT, treated as allocated; values after an intercurrent event are left out',
    applies: hasSet('PP'),
  },
  {
    id: 'set.complete',
    says: 'COMPLETE: allocated, with a value of the parameter at every visit after the baseline',
    applies: hasSet('COMPLETE'),
  },
  {
    id: 'set.treated',
    says: 'where no export tells of the first treatment, everybody allocated counts as treated',
    applies: hasSet('MITT', 'PP', 'SAFETY'),
  },
  {
    id: 'ice.day',
    says: 'an intercurrent event counts at a visit whose last day it does not follow; at every visit without days',
    applies: ({ cohort }) => cohort?.estimands.some(({ events }) => Object.keys(events).length > 0) === true,
  },
  {
    id: 'ice.worst',
    says: 'composite strategy: no response, or the worst value anybody of the set has at the visit',
    applies: hasStrategy('composite'),
  },
]

export const hasSubgroups = ({ cohort }: AnalyticStudy): boolean =>
  cohort?.analyses.some(({ subgroups }) => subgroups.length > 0) === true

export const ROWS =
  'per analysis of the study file, visit and comparison of arms; analysis set and estimand of the analysis'
export const MISSING =
  'members without an outcome, a baseline or a covariate are left out of the model; how many have all is NDATA'
export const OWN_WORDS = ['in words'] as const

export const IMPUTING: Convention = {
  id: 'mi.draws',
  says: '100 imputations; each is a chain of data augmentation of its own, 100 rounds from the REML fit, with the seed of the study file',
  value: ({ cohort }) => `seed ${cohort?.seed ?? 1}`,
  applies: asks('MI', 'J2R', 'CIR', 'CR', 'TIP'),
}

export function comparison(
  given: Pick<CohortDefinition, 'code' | 'label' | 'stats' | 'definition' | 'formula' | 'source' | 'mark'> &
    Partial<CohortDefinition>,
): CohortDefinition {
  return {
    family: 'comparisons',
    analyses: [given.code],
    window: ROWS,
    minimum: 'a subject in each arm; models more subjects than coefficients',
    missing: MISSING,
    reasons: OWN_WORDS,
    conventions: SETS,
    asked: asks(given.code as CohortMethod),
    ...given,
  }
}

export const RD = { name: 'RD', says: 'difference of response proportions, arm minus reference', unit: 'share -1 to 1' }
export const RESPONDERS =
  'a missing response counts as the study says (responders.missing); a missing answer leaves the denominator'
export const ODDS = { name: 'OR', says: 'odds ratio, arm against reference', unit: 'ratio' }
