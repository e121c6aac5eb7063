import type { AnalyticStudy, FieldName, Source } from '@afferent/study'

const FIELDS: readonly FieldName[] = [
  'subject',
  'studyDay',
  'headache',
  'severity',
  'hours',
  'unilateral',
  'pulsating',
  'nausea',
  'triptan',
  'nsaid',
]

/** A migraine diary of study days, one row per subject and day, under ihs-4h and prorate14. */
export function benchStudy(): AnalyticStudy {
  return {
    schemaVersion: 1,
    id: 'bench',
    title: null,
    condition: 'episodic-migraine',
    preset: null,
    timezone: null,
    arms: [],
    calendar: 'relative',
    diary: { lateHours: 48, episodeObserves: true, logComplete: false },
    periods: {
      lengthDays: 28,
      baseline: { visit: 0, label: 'Baseline', from: -28, to: -1 },
      baselineMinObserved: 20,
      missing: 'prorate14',
      minObserved: null,
      count: 4,
      windows: null,
      pooledMinObservedFraction: 0.5,
    },
    weeks: { baseline: { visit: 0, label: 'Baseline', from: -7, to: -1 }, minObserved: 4, count: 16 },
    visits: { baseline: { visit: 0, label: 'Baseline', from: -28, to: 1 }, windows: null, choose: 'last' },
    headache: {
      preset: 'ihs-4h',
      migraineSource: 'criteria',
      durationBasis: 'episode',
      featureScope: 'episode',
      probable: false,
      attackRule: 'freeDay',
      gapHours: 24,
      maxMissing: 1,
      relapseHours: 0,
      nrsCuts: [1, 4, 7],
      sustainPeriods: 3,
    },
    pain: null,
    acute: null,
    cluster: null,
    values: null,
    responders: { cuts: [30, 50, 75, 100], missing: 'NRI', zeroBaseline: 'exclude' },
    primary: { parameter: 'MMD', visit: 3 },
    dataCut: null,
    uploads: 'byName',
    covariates: [],
    sources: [diarySource()],
  }
}

function diarySource(): Source {
  return {
    name: 'diary',
    files: '*.csv',
    format: 'csv',
    layout: 'daily',
    csv: { delimiter: ',', encoding: 'utf-8', decimal: '.', headerLine: 1, skipAfterHeader: 0 },
    missing: [],
    dateOrder: null,
    dayZero: 'none',
    ignore: [],
    fields: FIELDS.map((field) => ({
      field,
      name: null,
      column: field,
      constant: null,
      fileName: null,
      values: null,
      unit: null,
      missingWhenEmpty: null,
    })),
    wide: [],
    days: [],
    cells: [],
    products: {},
  }
}
