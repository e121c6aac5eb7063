import { type ComputedParameter, computedParameters } from '../computed-parameters.ts'
import type { Complaints } from '../parse/complaints.ts'
import { suggestion } from '../parse/did-you-mean.ts'
import { printPath } from '../parse/issue.ts'
import { givesField } from '../parse/resolve-source.ts'
import { HEADACHE_FIELDS, PAIN_FIELDS } from '../settings/fields.ts'
import { PRESET_NAMES } from '../settings/preset-names.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { FieldName } from '../source.ts'
import type { AnalyticStudy } from '../study.ts'
import { PREVA_VISIT, periodWindow, SPAN_VISIT } from '../time/windows.ts'
import { checkAttacks } from './check-attacks.ts'
import { checkCohort } from './check-cohort.ts'
import { checkIndividual } from './check-individual.ts'
import { checkTakenAtVisits } from './check-laboratory.ts'
import { checkFibromyalgia, checkMood } from './check-mood.ts'
import { checkQuestionnaires } from './check-questionnaires.ts'
import { checkSafety } from './check-safety.ts'

/** Something is computed, every family names its method (R-METH) and has columns to feed it. */
export function checkFamilies(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  if (COMPUTED.every((family) => study[family] === null)) {
    const says = `set preset (one of ${PRESET_NAMES.join(', ')}), or ${COMPUTED.filter((family) => family !== 'values').join(', ')}, or values of a source`
    complaints.error([], `nothing is computed: ${says}`)
    checkTakenAtVisits(raw, study, complaints)
    return
  }
  checkMethods(raw, study, complaints)
  checkFed(study, complaints)
  checkAttacks(study, complaints)
  checkSafety(raw, study, complaints)
  checkCodes(study, complaints)
  checkQuestionnaires(study, complaints)
  checkMood(study, complaints)
  checkFibromyalgia(study, complaints)
  checkTakenAtVisits(raw, study, complaints)
  checkPrimary(study, complaints)
  checkCohort(raw, study, complaints)
  checkIndividual(study, complaints)
  checkResponders(study, complaints)
}

const COMPUTED = [
  'headache',
  'pain',
  'values',
  'questionnaires',
  'laboratory',
  'autonomic',
  'acute',
  'cluster',
  'adherence',
  'safety',
] as const
/** Families whose parameters can have responders. */
const RESPONDING = ['headache', 'pain', 'values', 'questionnaires'] as const

function checkMethods(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  if (raw.preset !== undefined) return
  const demand = (path: string[], words: string): void =>
    complaints.error(path, `${printPath(path)} is missing: without a preset, name the method (${words})`, 'name')
  const headache = typeof raw.headache === 'object' ? raw.headache : null
  if (headache !== null && headache.preset === undefined)
    demand(['headache', 'preset'], 'any, ihs-4h, leiden-30m, cm-mod4h')
  if (typeof raw.acute === 'object' && raw.acute.preset === undefined) demand(['acute', 'preset'], 'standard, early')
  if (typeof raw.cluster === 'object' && raw.cluster.preset === undefined) {
    demand(['cluster', 'preset'], 'preva, gal-ech, weekly, attacks')
  }
  const periodic = study.headache !== null || study.pain !== null || study.adherence !== null
  if (periodic && raw.periods?.missing === undefined) {
    demand(['periods', 'missing'], 'prorate14, half, d20, strict80, complete')
  }
  const responds = RESPONDING.some((family) => study[family] !== null)
  if (responds && raw.responders?.missing === undefined) demand(['responders', 'missing'], 'NRI, OC')
}

function checkFed(study: AnalyticStudy, complaints: Complaints): void {
  const fed = (fields: readonly FieldName[]): boolean =>
    study.sources.some((source) => fields.some((field) => givesField(source, field)))
  const check = (family: 'headache' | 'pain', fields: readonly FieldName[]): void => {
    if (study[family] === null || fed(fields)) return
    const says = `no source maps one of ${fields.join(', ')}; map one, or set ${family}: none`
    complaints.error([family], `${family} is to be computed, but ${says}`, 'name')
  }
  check('headache', HEADACHE_FIELDS)
  check('pain', PAIN_FIELDS)
  if (study.pain?.kinds.length === 0 && fed(PAIN_FIELDS)) complaints.error(['pain', 'kinds'], 'pain.kinds is empty')
  const unmapped = (study.pain?.kinds ?? []).filter((kind) => !fed([KIND_FIELD[kind]]))
  if (unmapped.length > 0 && fed(PAIN_FIELDS)) {
    complaints.error(['pain', 'kinds'], `pain.kinds asks for ${unmapped.join(', ')}, which no source maps`)
  }
}

const KIND_FIELD = { avg: 'painAvg', worst: 'painWorst', least: 'painLeast', now: 'painNow' } as const

/** A value of the export must not take the code of a parameter that is computed. */
function checkCodes(study: AnalyticStudy, complaints: Complaints): void {
  const own = new Set(study.values?.parameters.map(({ code }) => code))
  const seen = new Set<string>()
  for (const { code } of computedParameters(study)) {
    if (!seen.has(code)) seen.add(code)
    else if (own.size > 0 || study.laboratory !== null)
      complaints.error(['sources'], `sources: two parameters would be called ${code}; rename the value`)
  }
}

function checkPrimary(study: AnalyticStudy, complaints: Complaints): void {
  if (study.primary === null) return
  const { parameter, visit } = study.primary
  const computed = computedParameters(study)
  const found = computed.find(({ code }) => code === parameter)
  if (found === undefined) {
    const codes = computed.map(({ code }) => code)
    const at = ['primary', 'parameter']
    complaints.error(at, `primary.parameter ${parameter} is not computed by this study${suggestion(parameter, codes)}`)
    return
  }
  const visits = scheduledVisits(study, found.schedule, parameter)
  if (visits === null || visits.includes(visit)) return
  const known = visits.length > 12 ? `${visits[0]} to ${visits.at(-1)}` : visits.join(', ')
  complaints.error(
    ['primary', 'visit'],
    `primary.visit ${visit} is not scheduled for ${parameter} (scheduled: ${known})`,
  )
}

/** AVISITN of the visits after the baseline; null when the data decide how many there are. */
function scheduledVisits(
  study: AnalyticStudy,
  schedule: ComputedParameter['schedule'],
  parameter: string,
): number[] | null {
  if (schedule === 'pooled') return [SPAN_VISIT]
  if (schedule === 'values') {
    const values = study.values?.parameters.find(({ code }) => code === parameter)
    return values?.visits.map(({ visit }) => visit).filter((visit) => visit > 0) ?? []
  }
  if (schedule === 'attacks') return null
  if (schedule === 'cluster') return clusterVisits(study)
  const windows = (schedule === 'visits' ? study.visits.windows : null) ?? study.periods.windows
  if (schedule !== 'weeks' && windows !== null) return windows.map(({ visit }) => visit)
  const count = schedule === 'weeks' ? study.weeks.count : study.periods.count
  if (count === null) return null
  return Array.from({ length: count }, (_, i) =>
    schedule === 'weeks' ? i + 1 : periodWindow(study.periods, i + 1).visit,
  )
}

/** Windows of the weekly attacks; null where the data decide how many weeks there are. */
function clusterVisits({ cluster, weeks }: AnalyticStudy): number[] | null {
  if (cluster?.preset === 'preva') return [PREVA_VISIT]
  if (weeks.count === null) return null
  const own = Array.from({ length: weeks.count }, (_, w) => w + 1)
  return cluster?.preset === 'gal-ech' ? [...own, SPAN_VISIT] : own
}

function checkResponders(study: AnalyticStudy, complaints: Complaints): void {
  const { cuts } = study.responders
  if (cuts.some((cut, i) => i > 0 && cut <= (cuts[i - 1] as number))) {
    complaints.error(['responders', 'cuts'], `responders.cuts (${cuts.join(', ')}) must rise, each once`)
  }
  const bands = study.headache?.nrsCuts
  if (bands !== undefined && (bands[0] >= bands[1] || bands[1] >= bands[2])) {
    complaints.error(['headache', 'nrsCuts'], `headache.nrsCuts (${bands.join(', ')}) must rise`)
  }
}
