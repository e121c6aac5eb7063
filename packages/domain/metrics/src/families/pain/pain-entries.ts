import type { Areason } from '@afferent/records'
import { type AnalyticStudy, type PainKind, toStudyDay } from '@afferent/study'
import type { CatalogueEntry, Convention, Plan, PointsCompute } from '../../catalogue/entry.ts'
import { periodRules, responderRules, weekRule } from '../../catalogue/method.ts'
import { reachOf } from './rated-days.ts'
import { BAND_COLUMN } from './severity-band.ts'

export const DAILY_CODES = { avg: 'PNAVG', worst: 'PNWST', least: 'PNLST', now: 'PNNOW' } as const

const WORDS: Readonly<Record<PainKind, string>> = { avg: 'Average', worst: 'Worst', least: 'Least', now: 'Current' }
const shared = { category: 'Pain', family: 'pain', direction: 'lower-is-better', table: 'adeff' } as const
const WINDOW_REASONS: readonly Areason[] = [
  'NOT_REACHED',
  'DISCONTINUED',
  'NOT_EVALUABLE',
  'INSUFFICIENT_DAYS',
  'NO_BASELINE',
]

const delta = (study: AnalyticStudy): string => String(study.pain?.flareDelta ?? 0)
const FLARE_DELTA: Convention = {
  id: 'flare.delta',
  says: 'points above the mean of the baseline week, the limit itself counts',
  value: delta,
}
const FLARE_RULE: Convention = {
  id: 'flare',
  says: 'two rated dates in a row at or above the limit begin one, two in a row below end it; a missing date does neither',
}
const FLARE_EDGE: Convention = {
  id: 'flare at the edge',
  says: 'a flare that runs at the start of a window adds days to it and no flare; one that still runs ends with its last high date',
}
const BY_DATE: Convention = {
  id: 'pain.daily',
  says: 'AVISITN is the study day; a date that is not rated has no row, and no row is compared with the baseline',
}

const ofFlares = (study: AnalyticStudy): string[] => [
  `flare.delta ${delta(study)}`,
  ...periodRules(study),
  ...responderRules(study),
]

const perPeriod: PointsCompute = {
  kind: 'points',
  change: true,
  responders: true,
  pain: false,
  visits: (plan) => plan.periods.spans.map(({ visit, label }) => [visit, label] as const),
}

function daysOf(plan: Plan): readonly (readonly [number, string])[] {
  const { from, to } = reachOf([plan.periods, plan.weeks])
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const day = toStudyDay(from + i)
    return [day, `Day ${day}`] as const
  })
}

const daily = (kind: PainKind): CatalogueEntry => ({
  ...shared,
  code: DAILY_CODES[kind],
  label: `${WORDS[kind]} pain of the date (0-10)`,
  unit: 'NRS 0-10',
  definition:
    kind === 'avg' || kind === 'now'
      ? 'rating of the date; several ratings of one date: their mean'
      : `rating of the date; several ratings of one date: the ${kind === 'worst' ? 'highest' : 'lowest'}`,
  formula:
    kind === 'avg' || kind === 'now' ? 'mean of the ratings' : kind === 'worst' ? 'highest rating' : 'lowest rating',
  window: 'one date',
  minimum: 'one rating',
  missing: 'a date without a rating has no row',
  reasons: [],
  mark: '[P] for several ratings of a date',
  source: 'endpoints.md section 6',
  conventions: [BY_DATE],
  flags: [BAND_COLUMN],
  method: () => ['rating of the date'],
  exists: (inputs, study) => study.pain?.daily === true && inputs.pain.includes(kind),
  never: () => null,
  compute: { kind: 'points', change: false, responders: false, pain: false, visits: daysOf },
})

const hasAverage: CatalogueEntry['exists'] = (inputs) => inputs.pain.includes('avg')

export const PAIN_ENTRIES: readonly CatalogueEntry[] = [
  daily('avg'),
  daily('worst'),
  daily('least'),
  daily('now'),
  {
    ...shared,
    code: 'PNSD7',
    label: 'Variability of pain in the baseline week (SD)',
    unit: 'NRS 0-10',
    direction: 'none',
    definition: 'sample SD (n - 1) of the daily ratings of the baseline week, of the kind the weekly mean is about',
    formula: 'sqrt(sum of squared distances from the mean / (n - 1))',
    window: 'the baseline week',
    minimum: 'as many rated days as a week needs, two at least',
    missing: 'left out',
    reasons: ['NOT_EVALUABLE', 'NO_BASELINE'],
    mark: '[C 23]',
    source: 'endpoints.md section 6; Farrar et al., Pain 2014',
    conventions: [],
    method: (study) => [weekRule(study)],
    exists: (inputs) => inputs.pain.length > 0,
    never: () => null,
    compute: {
      kind: 'points',
      change: true,
      responders: false,
      pain: false,
      visits: (plan) => plan.weeks.spans.slice(0, 1).map(({ visit, label }) => [visit, label] as const),
    },
  },
  {
    ...shared,
    code: 'FLARE',
    label: 'Flares of pain (n/28 d)',
    unit: 'n/28 d',
    definition: (study) =>
      `28 * flares with onset in the window / dates rated; a flare begins with two rated dates in a row of average pain >= baseline week + ${delta(study)}`,
    formula: '28 * onsets / rated dates',
    window: 'each period, and the baseline of 28 days',
    minimum: 'as many rated dates as a period needs, and a valid baseline week',
    missing: 'a missing date neither begins nor ends a flare',
    reasons: WINDOW_REASONS,
    mark: '[P]; no agreed definition [C 22]',
    source: 'endpoints.md section 6, project convention',
    conventions: [FLARE_DELTA, FLARE_RULE, FLARE_EDGE],
    method: ofFlares,
    exists: hasAverage,
    never: () => null,
    compute: perPeriod,
  },
  {
    ...shared,
    code: 'FLAREDY',
    label: 'Days in a flare of pain (d/28 d)',
    unit: 'd/28 d',
    definition: '28 * rated dates from the onset of a flare to its last date at or above the limit / dates rated',
    formula: '28 * rated dates in a flare / rated dates',
    window: 'each period, and the baseline of 28 days',
    minimum: 'as many rated dates as a period needs, and a valid baseline week',
    missing: 'a missing date inside a flare is not counted',
    reasons: WINDOW_REASONS,
    mark: '[P]; no agreed definition [C 22]',
    source: 'endpoints.md section 6, project convention',
    conventions: [FLARE_DELTA, FLARE_RULE, FLARE_EDGE],
    method: ofFlares,
    exists: hasAverage,
    never: () => null,
    compute: perPeriod,
  },
]
