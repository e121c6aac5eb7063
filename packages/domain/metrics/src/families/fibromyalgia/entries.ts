import { type AnalyticStudy, fibromyalgiaCodes } from '@afferent/study'
import type { CatalogueEntry, Convention, FlagColumn } from '../../catalogue/entry.ts'
import { COMPONENTS, type Component } from './fibromyalgia-response.ts'

/** All lists of components that can be missing, as they stand in the column. */
export const listed = (missing: readonly Component[]): string => missing.map((name) => name.toUpperCase()).join(' ')

/** Every choice of names, in their order, the empty one first. */
const subsets = (names: readonly Component[]): Component[][] =>
  Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_, i) => (bits & (1 << i)) !== 0))

const CMPMISS: FlagColumn = {
  name: 'CMPMISS',
  label: 'Components Not Judged',
  definition: 'components of the fibromyalgia response without a value or with a baseline of 0: they count as not met',
  words: subsets(COMPONENTS)
    .filter((names) => names.length > 0)
    .map(listed),
}

const named = ({ fibromyalgia }: AnalyticStudy): string =>
  COMPONENTS.map((name) => `${name} ${fibromyalgia?.[name] ?? 'not measured'}`).join(', ')

const CONVENTIONS: readonly Convention[] = [
  { id: 'fibromyalgia', says: 'the parameters that measure the components', value: named },
  {
    id: 'CMPMISS',
    says: 'a component that cannot be judged counts as not met; the list stands in CMPMISS, since AREASON says why there is no value, and there is one',
  },
  { id: 'no baseline', says: 'a subject without the baseline of any component has no answer (NO_BASELINE)' },
]

const entry = (code: 'FM30S' | 'FM30L', label: string, rule: string): CatalogueEntry => ({
  code,
  label,
  category: 'Fibromyalgia',
  family: 'fibromyalgia',
  unit: 'Y/N',
  direction: 'none',
  table: 'adeff',
  definition: `Pain at least 30 % better, physical function at least 10 % better, and ${rule} at least 30 % better`,
  formula: 'each component in percent of its own baseline, in its own direction',
  window: 'the visit; a weekly or periodic component of the week or period in which the visit window ends',
  minimum: 'the baseline of one component',
  missing: 'a component without a value or with a baseline of 0 counts as not met and is listed in CMPMISS',
  reasons: ['NOT_REACHED', 'DISCONTINUED', 'NO_BASELINE'],
  mark: '[L]',
  source: 'Arnold et al., Arthritis Rheum 2012;64:885',
  conventions: CONVENTIONS,
  flags: [CMPMISS],
  method: (study) => [named(study), study.responders.missing],
  exists: (_, { fibromyalgia }) => fibromyalgia !== null && fibromyalgiaCodes(fibromyalgia).includes(code),
  never: () => null,
  compute: {
    kind: 'points',
    change: false,
    responders: false,
    pain: false,
    visits: (plan) => plan.visits.spans.slice(1).map(({ visit, label }) => [visit, label] as const),
  },
})

export const FIBROMYALGIA_ENTRIES: readonly CatalogueEntry[] = [
  entry('FM30S', 'Fibromyalgia response, short definition', 'sleep or fatigue'),
  entry('FM30L', 'Fibromyalgia response, long definition', 'two of fatigue, sleep, depression, anxiety and cognition'),
]
