import { instrumentOf } from '@afferent/instruments'
import { HEADACHE_FIELDS, PAIN_FIELDS } from '../settings/fields.ts'
import { PRESETS } from '../settings/presets.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { FieldName, Source } from '../source.ts'
import type {
  AnalyticStudy,
  Arm,
  Covariate,
  HeadacheFamily,
  OperationalStudy,
  PainFamily,
  PainKind,
  Periods,
  Study,
  Visits,
  Weeks,
  Window,
} from '../study.ts'
import { windowLabel } from '../time/windows.ts'
import type { Complaints } from './complaints.ts'
import { resolveAcute, resolveCluster } from './resolve-attacks.ts'
import { resolveCohort } from './resolve-cohort.ts'
import { resolveFlags, resolveIndividual } from './resolve-individual.ts'
import { resolveAutonomic, resolveLaboratory } from './resolve-laboratory.ts'
import { resolveFibromyalgia, resolveMood, type StudyBelow } from './resolve-mood.ts'
import { rawQuestionnaire, resolveQuestionnaires } from './resolve-questionnaires.ts'
import { resolveAdherence, resolveSafety } from './resolve-safety.ts'
import { givesField, resolveSource } from './resolve-source.ts'
import { resolveValuesFamily } from './resolve-values.ts'

/** Raw form to effective study: presets resolved, every default spelled out. Faults across settings are found later. */
export function resolveStudy(raw: RawStudy, complaints: Complaints): Study {
  return { analytic: resolveAnalytic(raw, complaints), operational: resolveOperational(raw) }
}

function resolveAnalytic(raw: RawStudy, complaints: Complaints): AnalyticStudy {
  const preset = raw.preset === undefined ? null : PRESETS[raw.preset].settings
  const names = sourceNames(raw.sources)
  const versionOf = (code: string) => {
    const instrument = instrumentOf(code)
    return instrument === undefined ? undefined : rawQuestionnaire(raw.questionnaires, instrument).version
  }
  const sources = raw.sources.map((source, i) =>
    resolveSource(source, names[i] as string, ['sources', i], complaints, versionOf),
  )
  const values = resolveValuesFamily(raw.sources, complaints)
  const questionnaires = resolveQuestionnaires(raw.questionnaires, sources, complaints)
  // A study of summarised values, questionnaires, sessions and events, or what is taken at visits may take its preset for the rest: a family that
  // no column feeds is then left out.
  const diaries = !sources.every(({ layout }) => BESIDE_DIARIES.includes(layout))
  const offered = (fields: readonly FieldName[]) =>
    (values === null && questionnaires === null && diaries) || sources.some((s) => fields.some((f) => givesField(s, f)))
  const study: StudyBelow = {
    schemaVersion: 1,
    id: raw.study,
    title: raw.title ?? null,
    condition: raw.condition ?? preset?.condition ?? 'other',
    preset: raw.preset ?? null,
    timezone: raw.timezone === undefined || raw.timezone === 'none' ? null : raw.timezone,
    arms: resolveArms(raw.arms),
    blinded: raw.blinded ?? false,
    calendar: raw.calendar === undefined || raw.calendar === 'auto' ? calendarOf(sources) : raw.calendar,
    diary: {
      lateHours: raw.diary?.lateHours ?? 48,
      episodeObserves: raw.diary?.episodeObserves ?? true,
      logComplete: raw.diary?.logComplete ?? false,
    },
    periods: resolvePeriods({
      ...preset?.periods,
      ...raw.periods,
      baseline: { ...preset?.periods?.baseline, ...raw.periods?.baseline },
    }),
    weeks: resolveWeeks(raw.weeks ?? {}),
    visits: resolveVisits(raw.visits ?? {}, raw.periods?.baseline?.from ?? BASELINE_FROM),
    headache: resolveHeadache(raw.headache, offered(HEADACHE_FIELDS) ? preset?.headache : 'none', sources),
    pain: resolvePain(raw.pain, offered(PAIN_FIELDS) ? preset?.pain : 'none', sources),
    acute: resolveAcute(raw.acute, preset?.acute),
    cluster: resolveCluster(raw.cluster, preset?.cluster),
    values,
    individual: resolveIndividual(raw.individual),
    flags: resolveFlags(raw.flags),
    adherence: resolveAdherence(raw.adherence, preset?.adherence, sources),
    safety: resolveSafety(raw.safety, preset?.safety, sources),
    questionnaires,
    laboratory: resolveLaboratory(raw.laboratory, preset?.laboratory, sources, complaints),
    autonomic: resolveAutonomic(raw.autonomic, preset?.autonomic, sources),
    responders: {
      cuts: raw.responders?.cuts ?? [30, 50, 75, 100],
      missing: raw.responders?.missing ?? preset?.responders?.missing ?? 'NRI',
      zeroBaseline: raw.responders?.zeroBaseline ?? 'exclude',
    },
    primary: raw.primary === undefined || raw.primary === 'none' ? null : raw.primary,
    cohort: resolveCohort(raw, resolveArms(raw.arms)),
    dataCut: raw.dataCut === undefined || raw.dataCut === 'none' ? null : raw.dataCut,
    uploads: raw.uploads ?? 'byName',
    covariates: resolveCovariateColumns(raw),
    sources,
  }
  return {
    ...study,
    mood: resolveMood(raw.mood, preset?.mood, study, complaints),
    fibromyalgia: resolveFibromyalgia(raw.fibromyalgia, preset?.fibromyalgia, study),
  }
}

function resolveOperational(raw: RawStudy): OperationalStudy {
  return {
    debounceSeconds: raw.analysis?.debounceSeconds ?? 0.3,
    maxWaitSeconds: raw.analysis?.maxWaitSeconds ?? 60,
    schedule: raw.schedule === undefined || raw.schedule === 'none' ? null : raw.schedule,
    keepRuns: raw.analysis?.keepRuns ?? 20,
    outputs: raw.analysis?.outputs ?? ['arrow', 'csv'],
  }
}

/** Layouts that feed no diary. */
const BESIDE_DIARIES: readonly Source['layout'][] = [
  'subjects',
  'measurements',
  'rr-intervals',
  'stimulation',
  'adverse-events',
]

/** A source without a name is called after its layout, with a number from the second on. */
function sourceNames(sources: RawStudy['sources']): string[] {
  const taken = new Set(sources.flatMap((source) => source.name ?? []))
  return sources.map(({ name, layout }) => {
    if (name !== undefined) return name
    let candidate: string = layout
    for (let n = 2; taken.has(candidate); n++) candidate = `${layout}-${n}`
    taken.add(candidate)
    return candidate
  })
}

function resolveArms(arms: RawStudy['arms']): Arm[] {
  return Object.entries(arms ?? {}).map(([code, given]) =>
    typeof given === 'string'
      ? { code, name: given, reference: false }
      : { code, name: given.name, reference: given.reference ?? false },
  )
}

const DATED = ['date', 'start', 't0', 'taken', 'treatmentStart', 'randomised', 'enrolled'] as const

/** Days are dates unless a source gives study days; a study of values alone has dates only if a subject has. */
function calendarOf(sources: readonly Source[]): 'dates' | 'relative' {
  if (sources.some(givesStudyDays)) return 'relative'
  return sources.some((source) => source.fields.some(({ field }) => DATED.some((dated) => dated === field)))
    ? 'dates'
    : 'relative'
}

/** Whether a source counts days without naming dates. */
export function givesStudyDays(source: Source): boolean {
  const maps = (name: string): boolean => source.fields.some(({ field }) => field === name)
  return maps('studyDay') || (source.layout === 'days-wide' && !maps('date'))
}

function resolveWindow(given: { from?: number; to?: number; label?: string }, from: number, to: number): Window {
  return { visit: 0, label: given.label ?? 'Baseline', from: given.from ?? from, to: given.to ?? to }
}

function resolveWindows(raw: NonNullable<RawStudy['periods']>['windows']): Window[] | null {
  if (raw === undefined || raw === 'auto') return null
  return raw.map(({ visit, label, from, to }, i) => ({
    visit: visit ?? i + 1,
    label: label ?? windowLabel(from, to),
    from,
    to,
  }))
}

const BASELINE_FROM = -28

function resolvePeriods(raw: NonNullable<RawStudy['periods']>): Periods {
  return {
    lengthDays: raw.lengthDays ?? 28,
    baseline: resolveWindow(raw.baseline ?? {}, BASELINE_FROM, -1),
    baselineMinObserved: raw.baseline?.minObserved ?? 20,
    missing: raw.missing ?? 'prorate14',
    minObserved: raw.minObserved === undefined || raw.minObserved === 'auto' ? null : raw.minObserved,
    count: raw.count === undefined || raw.count === 'auto' ? null : raw.count,
    windows: resolveWindows(raw.windows),
    pooledMinObservedFraction: raw.pooledMinObservedFraction ?? 0.5,
  }
}

function resolveWeeks(raw: NonNullable<RawStudy['weeks']>): Weeks {
  return {
    baseline: resolveWindow(raw.baseline ?? {}, -7, -1),
    minObserved: raw.minObserved ?? 4,
    count: raw.count === undefined || raw.count === 'auto' ? null : raw.count,
  }
}

function resolveVisits(raw: NonNullable<RawStudy['visits']>, baselineFrom: number): Visits {
  return {
    baseline: resolveWindow(raw.baseline ?? {}, baselineFrom, 1),
    windows: resolveWindows(raw.windows),
    choose: raw.choose ?? 'last',
  }
}

type RawHeadache = RawStudy['headache']

/** A headache preset that the study file names itself starts afresh; further settings of the study's preset hold only with its own. */
function resolveHeadache(own: RawHeadache, preset: RawHeadache, sources: readonly Source[]): HeadacheFamily | null {
  if (own === 'none' || (own ?? preset ?? 'none') === 'none') return null
  const mine = typeof own === 'string' ? { preset: own } : (own ?? {})
  const template = typeof preset === 'object' && mine.preset === undefined ? preset : {}
  const raw = { ...template, ...mine }
  const method = raw.preset ?? 'any'
  const times = sources.some((source) => source.layout === 'episodes')
  return {
    preset: method,
    migraineSource: raw.migraineSource ?? (method === 'any' ? 'patient' : 'criteria'),
    durationBasis: raw.durationBasis ?? 'episode',
    featureScope: raw.featureScope ?? 'episode',
    probable: raw.probable ?? false,
    attackRule:
      raw.attackRule === undefined || raw.attackRule === 'auto' ? (times ? 'gapHours' : 'freeDay') : raw.attackRule,
    gapHours: raw.gapHours ?? 24,
    maxMissing: raw.maxMissing ?? 1,
    relapseHours: raw.relapseHours ?? 0,
    nrsCuts: raw.nrsCuts ?? [0, 4, 7],
    sustainPeriods: raw.sustainPeriods ?? 3,
    overuseRegular: raw.overuseRegular ?? false,
    overuseOther: raw.overuseOther === undefined || raw.overuseOther === 'none' ? null : raw.overuseOther,
  }
}

const KIND_FIELDS: readonly (readonly [PainKind, FieldName])[] = [
  ['avg', 'painAvg'],
  ['worst', 'painWorst'],
  ['least', 'painLeast'],
  ['now', 'painNow'],
]

/** Kinds of pain rating that some source gives. */
const mappedPainKinds = (sources: readonly Source[]): PainKind[] =>
  KIND_FIELDS.filter(([, name]) => sources.some((source) => givesField(source, name))).map(([kind]) => kind)

function resolvePain(own: RawStudy['pain'], preset: RawStudy['pain'], sources: readonly Source[]): PainFamily | null {
  if (own === 'none' || (own ?? preset ?? 'none') === 'none') return null
  const raw = { ...(typeof preset === 'object' ? preset : {}), ...(typeof own === 'object' ? own : {}) }
  const chosen = raw.kinds === undefined || raw.kinds === 'auto' ? mappedPainKinds(sources) : raw.kinds
  return {
    kinds: KIND_FIELDS.map(([kind]) => kind).filter((kind) => chosen.includes(kind)),
    threshold: raw.threshold ?? 4,
    bands: raw.bands ?? 'nrs-1-4-7',
    ttrConfirmWeeks: raw.ttrConfirmWeeks ?? 2,
    sustainWeeks: raw.sustainWeeks ?? 4,
    flareDelta: raw.flareDelta ?? 2,
    daily: raw.daily ?? false,
  }
}

/** Columns of adsl in the order they first appear. */
function resolveCovariateColumns(raw: RawStudy): Covariate[] {
  const columns = new Map<string, Covariate>()
  for (const source of raw.sources) {
    for (const [name, given] of Object.entries(source.covariates ?? {})) {
      if (columns.has(name)) continue
      const settings = typeof given === 'string' ? { column: given } : given
      columns.set(name, { name, label: settings.label ?? settings.column ?? name, type: settings.type ?? 'text' })
    }
  }
  return [...columns.values()]
}
