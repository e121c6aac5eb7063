import type { AnalyticStudy, LayoutName } from '@afferent/study'
import { SPAN_VISIT } from '@afferent/study'
import type { Convention } from '../entry.ts'

const has = (study: AnalyticStudy, layouts: readonly LayoutName[]): boolean =>
  study.sources.some(({ layout }) => layouts.includes(layout))

const hasForms = (study: AnalyticStudy): boolean => has(study, ['daily', 'days-wide'])

const mapsNrs = (study: AnalyticStudy): boolean =>
  study.sources.some(({ fields, days }) => [...fields, ...days].some(({ field }) => field === 'severityNrs'))

const ownWindows = ({ periods }: AnalyticStudy): boolean => periods.windows !== null || periods.lengthDays !== 28

/**
 * The [P] rules of endpoints.md sections 1, 2, 3 and 6 that decide values of diaries: where the field has no single rule, this
 * is ours. `value` is what the study file says of it; `applies` leaves out those that decide nothing in a study.
 */
export const CONVENTIONS = {
  relativeDays: {
    id: 'R-REL',
    says:
      'where exports give study days and no dates, ADT is missing, a day has 24 hours, no entry is late, and the study ' +
      'counts as closed: no window is withheld as NOT_REACHED',
    value: (study) => `dayZero ${[...new Set(study.sources.map(({ dayZero }) => dayZero))].sort().join(', ')}`,
    applies: ({ calendar }) => calendar === 'relative',
  },
  cut: {
    id: 'R-CUT',
    says:
      'windows are scheduled up to the data cut: those that start on or before its date; without a number in the study ' +
      'file, as many whole ones as the longest-observed subject has',
    value: ({ dataCut, periods, weeks }) =>
      `dataCut ${dataCut ?? 'by the data'}, periods ${periods.windows?.length ?? periods.count ?? 'auto'}, weeks ${weeks.count ?? 'auto'}`,
  },
  episodeObserves: {
    id: 'R-MISS',
    says: 'a day without a daily form that an on-time episode touches counts as observed (diary.episodeObserves)',
    value: ({ diary }) => String(diary.episodeObserves),
    applies: (study) => has(study, ['episodes']),
  },
  forms: {
    id: 'R-FORM',
    says:
      'on a date with episodes these decide, even against a form that says no headache; a form with headache serves a date ' +
      'without one, as an episode from 00:00 that lasts its hours (none given: 0); an empty value does not meet a ' +
      'criterion; a criterion that no field of the exports can meet leaves the parameter without values (MISSING_ITEMS)',
    applies: hasForms,
  },
  painless: {
    id: 'severity 0',
    says:
      'an episode of severity 0, such as an aura without headache, is no headache and parts or joins none; its dates are ' +
      'observed, and its aura and symptoms are theirs',
    applies: (study) => has(study, ['episodes']),
  },
  log: {
    id: 'R-LOG',
    says:
      'episodes with neither forms nor a log of days say nothing about other dates (NOT_EVALUABLE), unless ' +
      'diary.logComplete declares every date from enrolment to the last study day observed',
    value: ({ diary }) => String(diary.logComplete),
    applies: (study) => study.diary.logComplete || (has(study, ['episodes']) && !hasForms(study)),
  },
  lookBack: {
    id: 'attack.lookBack',
    says: 'episodes and attacks are followed back 366 days before the first window',
    applies: (study) => has(study, ['episodes']),
  },
  periodPreset: {
    id: 'period.missing',
    says: 'a period is valid from 80 % of its days on, rounded up (strict80), or only with all of them (complete)',
    value: ({ periods }) => periods.missing,
    applies: ({ periods }) => periods.minObserved === null && ['strict80', 'complete'].includes(periods.missing),
  },
  periodShare: {
    id: 'period.windows',
    says: 'a period of another length than 28 days needs the same share of its days as its preset asks of 28, rounded up',
    value: ({ periods }) =>
      periods.windows === null
        ? `${periods.lengthDays} days`
        : periods.windows.map(({ from, to }) => `${from} to ${to}`).join(', '),
    applies: (study) => study.periods.minObserved === null && ownWindows(study),
  },
  weekDays: {
    id: 'week.minObs',
    says: 'a study week, and the baseline week, has a mean from this many rated days on',
    value: ({ weeks }) => `${weeks.minObserved} of 7 days`,
  },
  spanVisit: {
    id: 'endpoint.visit',
    says: `rows about several visits together carry AVISITN ${SPAN_VISIT}`,
  },
  nrsCuts: {
    id: 'sev.nrsCuts',
    says: 'severity 0-3 from a scale 0-10: each band starts at its lower limit, anything above the first is mild',
    value: ({ headache }) => {
      const [mild, moderate, severe] = headache?.nrsCuts ?? [0, 4, 7]
      return `mild above ${mild}, moderate from ${moderate}, severe from ${severe}`
    },
    applies: mapsNrs,
  },
  crystalClear: {
    id: 'CCD',
    says:
      'a crystal-clear day is an observed date with no headache, no aura, no recorded prodrome, postdrome or associated ' +
      'symptom, and no acute medication',
  },
  attackGaps: {
    id: 'attack.maxMissing',
    says:
      'a missing date is not a free date: runs of headache dates with at most this many missing dates between them are one ' +
      'attack, with more they are two; onset is the first migraine date, a run without one is no attack',
    value: ({ headache }) => String(headache?.maxMissing ?? 1),
    applies: ({ headache }) => headache?.attackRule === 'freeDay',
  },
  attackOnset: {
    id: 'R-ATT',
    says: 'an attack that runs at the start of a window adds days and hours to it but no attack: it counts at its onset',
  },
  painCopies: {
    id: 'pain.several',
    says: 'of several ratings of a date: their mean for average and current pain, the highest of worst, the lowest of least',
  },
  painPeriods: {
    id: 'pain.period',
    says: 'pain is averaged over 28-day periods as well, valid by the rule of the periods, without proration',
  },
  exportedMeans: {
    id: 'values.pooled',
    says: 'exported values that are no counts are pooled as the mean of the visits after the baseline',
  },
} as const satisfies Readonly<Record<string, Convention>>
