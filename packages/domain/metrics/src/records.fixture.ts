import type { StudyFacts } from '@afferent/records'
import type { AnalyticStudy, QuestionnaireSettings, Source, ValueParameter } from '@afferent/study'
import { FULL_FORM } from './fixture/sources.fixture.ts'

export * from './fixture/days.fixture.ts'
export * from './fixture/instants.fixture.ts'
export * from './fixture/rows.fixture.ts'
export * from './fixture/settled.fixture.ts'
export * from './fixture/sources.fixture.ts'
export * from './fixture/table-rows.fixture.ts'

export const FACTS: StudyFacts = { cut: null, periods: 3, weeks: 8, phases: [], treatments: [] }

/** Questionnaires of a study, scored by their first version unless said. */
export function questionnairesOf(
  ...given: readonly (Partial<QuestionnaireSettings> & Pick<QuestionnaireSettings, 'code' | 'scores'>)[]
): AnalyticStudy['questionnaires'] {
  const standard = { licence: true, version: null, choices: {}, table: null, thresholds: {} }
  return { instruments: given.map((one) => ({ ...standard, ...one })) }
}

export interface StudyOptions {
  readonly headache?: Partial<NonNullable<AnalyticStudy['headache']>> | null
  readonly pain?: Partial<NonNullable<AnalyticStudy['pain']>> | null
  readonly acute?: AnalyticStudy['acute']
  readonly cluster?: AnalyticStudy['cluster']
  readonly values?: readonly ValueParameter[]
  readonly individual?: Partial<NonNullable<AnalyticStudy['individual']>>
  readonly flags?: AnalyticStudy['flags']
  readonly adherence?: Partial<NonNullable<AnalyticStudy['adherence']>>
  readonly safety?: AnalyticStudy['safety']
  readonly questionnaires?: AnalyticStudy['questionnaires']
  readonly mood?: AnalyticStudy['mood']
  readonly fibromyalgia?: AnalyticStudy['fibromyalgia']
  readonly laboratory?: AnalyticStudy['laboratory']
  readonly autonomic?: AnalyticStudy['autonomic']
  readonly visits?: Partial<AnalyticStudy['visits']>
  readonly periods?: Partial<AnalyticStudy['periods']>
  readonly weeks?: Partial<AnalyticStudy['weeks']>
  readonly diary?: Partial<AnalyticStudy['diary']>
  readonly responders?: Partial<AnalyticStudy['responders']>
  readonly sources?: readonly Source[]
  readonly timezone?: string
  readonly condition?: AnalyticStudy['condition']
}

/** A study of relative days with preset ihs-4h, prorate14 and NRI unless said. */
export function studyOf(options: StudyOptions = {}): AnalyticStudy {
  return {
    schemaVersion: 1,
    id: 'sample',
    title: null,
    condition: options.condition ?? 'episodic-migraine',
    preset: null,
    timezone: options.timezone ?? null,
    arms: [],
    blinded: false,
    cohort: null,
    calendar: 'dates',
    diary: { lateHours: 48, episodeObserves: true, logComplete: false, ...options.diary },
    periods: {
      lengthDays: 28,
      baseline: { visit: 0, label: 'Baseline', from: -28, to: -1 },
      baselineMinObserved: 20,
      missing: 'prorate14',
      minObserved: null,
      count: null,
      windows: null,
      pooledMinObservedFraction: 0.5,
      ...options.periods,
    },
    visits: {
      baseline: { visit: 0, label: 'Baseline', from: -28, to: 1 },
      windows: null,
      choose: 'last',
      ...options.visits,
    },
    weeks: {
      baseline: { visit: 0, label: 'Baseline', from: -7, to: -1 },
      minObserved: 4,
      count: null,
      ...options.weeks,
    },
    headache:
      options.headache === null
        ? null
        : {
            preset: 'ihs-4h',
            migraineSource: 'criteria',
            durationBasis: 'episode',
            featureScope: 'episode',
            probable: false,
            attackRule: 'gapHours',
            gapHours: 24,
            maxMissing: 1,
            relapseHours: 0,
            nrsCuts: [1, 4, 7],
            sustainPeriods: 3,
            overuseRegular: false,
            overuseOther: null,
            ...options.headache,
          },
    pain:
      options.pain === undefined || options.pain === null
        ? null
        : {
            kinds: ['avg'],
            threshold: 4,
            bands: 'nrs-1-4-7',
            ttrConfirmWeeks: 2,
            sustainWeeks: 4,
            flareDelta: 2,
            daily: false,
            ...options.pain,
          },
    acute: options.acute ?? null,
    cluster: options.cluster ?? null,
    values: options.values === undefined ? null : { parameters: options.values },
    individual:
      options.individual === undefined
        ? null
        : { parameters: [], series: [], reliableChange: {}, randomisation: null, ...options.individual },
    flags: options.flags ?? [],
    adherence:
      options.adherence === undefined
        ? null
        : {
            sessionsPerDay: null,
            thresholds: [66, 67, 80],
            sessionMinutes: null,
            minMinutes: 0,
            surplusSessions: 3,
            ...options.adherence,
          },
    safety: options.safety ?? null,
    questionnaires: options.questionnaires ?? null,
    mood: options.mood ?? null,
    fibromyalgia: options.fibromyalgia ?? null,
    laboratory: options.laboratory ?? null,
    autonomic: options.autonomic ?? null,
    responders: { cuts: [30, 50, 75, 100], missing: 'NRI', zeroBaseline: 'exclude', ...options.responders },
    primary: null,
    dataCut: null,
    uploads: 'byName',
    covariates: [],
    sources: options.sources ?? [FULL_FORM],
  }
}
