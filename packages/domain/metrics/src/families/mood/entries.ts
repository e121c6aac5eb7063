import { MOOD_SCALES } from '@afferent/study'
import type { CatalogueEntry } from '../../catalogue/entry.ts'
import { responderRules } from '../../catalogue/method.ts'
import { CELLS, MOOD_RULES } from './dual-response.ts'

const levels = MOOD_SCALES.map((scale) => `${scale} >= ${MOOD_RULES[scale].caseFrom}`).join(', ')

export const MOOD_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 'DUALRSP',
    label: 'Response of pain and mood',
    category: 'Mood',
    family: 'mood',
    unit: 'Y/N',
    direction: 'none',
    table: 'adeff',
    definition: ({ mood }) => {
      if (mood === null) return 'Pain response and mood response at the same visit'
      const { fall } = MOOD_RULES[mood.scale]
      return `${mood.pain} at least ${mood.painCut} % better and ${mood.scale} at least ${fall} points better; AVALCAT1 is the cell of pain by mood`
    },
    formula: 'pain change <= -cut % of the baseline, and mood <= baseline - points',
    window: 'the visit; a weekly or periodic pain outcome of the week or period in which the visit window ends',
    minimum: `the baseline of mood at the case level (${levels})`,
    missing: 'under NRI a part without a value is not met (DTYPE NRI); under OC there is no answer',
    reasons: ['NOT_REACHED', 'DISCONTINUED', 'MISSING_ITEMS', 'NOT_EVALUABLE', 'INSUFFICIENT_DAYS', 'NO_BASELINE'],
    mark: '[P]',
    source: 'endpoints section 8: Löwe 2004 (PHQ-9), Lemay 2019 (HADS), Dworkin 2008 (BDI-II, pain)',
    conventions: [
      { id: 'mood.scale', says: 'the scale of mood', value: ({ mood }) => mood?.scale ?? 'none' },
      { id: 'mood.pain', says: 'the pain outcome', value: ({ mood }) => mood?.pain ?? 'none' },
      {
        id: 'mood.painCut',
        says: 'percent that is a pain response',
        value: ({ mood }) => String(mood?.painCut ?? 'none'),
      },
      { id: 'case level', says: `mood is evaluable from ${levels} on; below, NOT_EVALUABLE` },
    ],
    method: (study) =>
      study.mood === null
        ? ['scale and pain outcome of the study']
        : [study.mood.scale, `${study.mood.pain} ${study.mood.painCut} %`, ...responderRules(study)],
    exists: (_, study) => study.mood !== null,
    never: () => null,
    compute: {
      kind: 'points',
      change: false,
      responders: false,
      pain: false,
      categories: CELLS,
      visits: (plan) => plan.visits.spans.slice(1).map(({ visit, label }) => [visit, label] as const),
    },
  },
]
