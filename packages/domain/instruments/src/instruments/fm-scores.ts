import { defineScore, type Score } from '../score.ts'

const WOLFE_2016 = 'Wolfe et al., Semin Arthritis Rheum 2016;46:319-329'
const WOLFE_2011 = 'Wolfe et al., J Rheumatol 2011;38:1113-1122'
const YES_OR_NO = { unit: '', kind: 'flag', lowest: 0, highest: 1, direction: 'lower-is-better' } as const

/** The five scores of the fibromyalgia criteria, in the order they are written. */
export const FM_SCORES: readonly Score[] = [
  defineScore({
    code: 'WPI',
    label: 'Widespread Pain Index (0-19)',
    unit: 'areas',
    lowest: 0,
    highest: 19,
    direction: 'lower-is-better',
    minAnswered: 1,
    missingRule: 'the count or all 19 areas',
    definition: 'Painful body areas of 19 in the last week',
    formula: 'number of painful areas',
    source: WOLFE_2016,
    mark: '[C 39]',
  }),
  defineScore({
    code: 'SSS',
    label: 'Symptom Severity Scale (0-12)',
    lowest: 0,
    highest: 12,
    direction: 'lower-is-better',
    minAnswered: 6,
    definition: 'Severity of fatigue, unrefreshing sleep, cognitive and somatic symptoms of fibromyalgia',
    formula: 'fatigue + unrefreshed + cognitive (0-3 each) + headaches + abdominal pain + depression (0/1 each)',
    source: WOLFE_2016,
    mark: '[C 39]',
  }),
  defineScore({
    code: 'FSS',
    label: 'Fibromyalgia severity score (0-31)',
    lowest: 0,
    highest: 31,
    direction: 'lower-is-better',
    minAnswered: 7,
    missingRule: 'WPI and SSS both there',
    thresholds: [
      {
        kind: 'cut-off',
        value: 13,
        unit: 'points',
        text: 'at least 13 separates fibromyalgia best from other patients',
        source: WOLFE_2011,
        mark: '[C 40]',
      },
    ],
    definition: 'Fibromyalgia symptom scale (polysymptomatic distress): pain areas and symptoms together',
    formula: 'WPI + SSS',
    source: WOLFE_2011,
    mark: '[C 39]',
  }),
  defineScore({
    ...YES_OR_NO,
    code: 'FM2016',
    label: 'Fibromyalgia criteria 2016 fulfilled',
    minAnswered: 9,
    missingRule: 'WPI, SSS, regions and duration all there',
    definition: 'Fulfils the 2016 revision of the fibromyalgia criteria',
    formula: '(WPI >= 7 and SSS >= 5, or WPI 4-6 and SSS >= 9) and >= 4 of 5 regions and >= 3 months',
    source: WOLFE_2016,
    mark: '[C 39]',
  }),
  defineScore({
    ...YES_OR_NO,
    code: 'FM2011',
    label: 'Fibromyalgia criteria 2011 fulfilled',
    minAnswered: 8,
    missingRule: 'WPI, SSS and duration all there',
    definition: 'Fulfils the 2011 modification of the fibromyalgia criteria',
    formula: '(WPI >= 7 and SSS >= 5, or WPI 3-6 and SSS >= 9) and >= 3 months',
    source: WOLFE_2011,
    mark: '[C 39]',
  }),
]
