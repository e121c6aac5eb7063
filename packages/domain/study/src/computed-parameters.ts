import { HRV_CODES, hrvParameter } from './autonomic/hrv-codes.ts'
import { logRatioCode } from './laboratory/analytes.ts'
import { mappedItems } from './questionnaires/answerable.ts'
import { safetyEventsOf } from './questionnaires/safety.ts'
import { knownInstrument } from './questionnaires/scores.ts'
import type { FieldName } from './source.ts'
import type { AnalyticStudy } from './study.ts'

/** A parameter of adeff that a study computes, and which schedule its visits follow. */
export interface ComputedParameter {
  readonly code: string
  readonly schedule: 'periods' | 'weeks' | 'visits' | 'values' | 'pooled' | 'attacks' | 'cluster'
}

/** endpoints.md section 3, per period; the package metrics defines them. */
const HEADACHE_CODES = (
  'MHD MMD MSHD SEVHD NMHD HFD CCD HHRS HSEV MATT MATTDUR ' +
  'CMPAT CMSTAT MOHCRIT MOSTAT ' +
  'AMD MSMD ERGD TRPD OPID CMBD PARD ASAD NSAD SMPD MULTD GEPD DITD'
).split(' ')
/** endpoints.md section 6, per 28-day period. */
const PAIN_DAY_CODES = ['PND0', 'PND4', 'FLARE', 'FLAREDY', 'PNSD7']
/** endpoints.md sections 4 and 5, per treated attack. */
const ACUTE_CODES = ['PF30', 'PF60', 'PF2H', 'PR2H', 'MBSF2H', 'SPF24', 'SPF48', 'RELAP48', 'RESC24', 'IMP1P']
const CLUSTER_ATTACK_CODES = ['CHPR15', 'CHPF15', 'CHSUS60']
/** endpoints.md section 5, per window of the preset. */
const CLUSTER_CODES = ['CHATT', 'CHO2', 'CHTRP']
const PAIN_CODES = { avg: 'PNAVG', worst: 'PNWST', least: 'PNLST', now: 'PNNOW' } as const

/** endpoints.md section 11; the package metrics says which of them the exports can feed. */
function adherenceCodes({ adherence, sources }: AnalyticStudy): string[] {
  if (adherence === null) return []
  const gives = (field: FieldName): boolean => sources.some(({ fields }) => fields.some((one) => one.field === field))
  const timed = gives('minutes') || adherence.sessionMinutes !== null
  const charged = timed && gives('current') && gives('pulseWidth') && gives('frequency')
  const known = adherence.sessionsPerDay !== null || gives('prescribed')
  return [...(known ? ['STIMADH'] : []), ...(timed ? ['STIMMIN'] : []), ...(charged ? ['STIMCHG'] : [])]
}

/** About weekly pain where it is rated, else about migraine days. */
function worsening({ headache, pain }: AnalyticStudy): ComputedParameter[] {
  if ((pain?.kinds.length ?? 0) > 0) return [{ code: 'WORSE', schedule: 'weeks' }]
  return headache === null ? [] : [{ code: 'WORSE', schedule: 'periods' }]
}

/** Parameters that can be a study's primary one: those with a value per visit. In byte order of the code. */
export function computedParameters(study: AnalyticStudy): ComputedParameter[] {
  const periods = (codes: readonly string[]): ComputedParameter[] =>
    codes.map((code) => ({ code, schedule: 'periods' }))
  const pooled = (codes: readonly string[]): ComputedParameter[] => codes.map((code) => ({ code, schedule: 'pooled' }))
  const attacks = (codes: readonly string[]): ComputedParameter[] =>
    codes.map((code) => ({ code, schedule: 'attacks' }))
  const clusterWindows = [
    ...CLUSTER_CODES.map((code): ComputedParameter => ({ code, schedule: 'cluster' })),
    ...pooled(['CHFREE']),
  ]
  const values = study.values?.parameters ?? []
  const kinds = study.pain?.kinds ?? []
  const found = [
    ...(study.headache === null ? [] : periods(HEADACHE_CODES)),
    ...(study.headache === null ? [] : pooled(['MHDP', 'MMDP'])),
    ...(study.headache === null && study.pain === null ? [] : periods(['DIARYCMP', 'DIARYOBS'])),
    ...(kinds.includes('avg') ? periods(PAIN_DAY_CODES) : []),
    ...periods(kinds.map((kind) => `${PAIN_CODES[kind]}M`)),
    ...kinds.map((kind): ComputedParameter => ({ code: `${PAIN_CODES[kind]}W`, schedule: 'weeks' })),
    ...worsening(study),
    ...(study.acute === null ? [] : attacks(ACUTE_CODES)),
    ...(study.acute === null ? [] : pooled(['PF50ATT'])),
    ...(study.cluster === null ? [] : attacks(CLUSTER_ATTACK_CODES)),
    ...(study.cluster === null || study.cluster.preset === 'attacks' ? [] : clusterWindows),
    ...periods(adherenceCodes(study)),
    ...questionnaireParameters(study),
    ...(study.mood === null ? [] : visits(['DUALRSP'])),
    ...(study.fibromyalgia === null ? [] : visits(fibromyalgiaCodes(study.fibromyalgia))),
    ...visits((study.laboratory?.analytes ?? []).flatMap(({ code }) => [code, logRatioCode(code)])),
    ...visits(
      (study.autonomic?.stimulation ?? []).flatMap((state) => HRV_CODES.map((code) => hrvParameter(code, state))),
    ),
    ...values.map(({ code }): ComputedParameter => ({ code, schedule: 'values' })),
    ...pooled(values.filter((value) => value.pooled).map(({ code }) => `${code}P`)),
  ]
  return found.sort((a, b) => (a.code < b.code ? -1 : 1))
}

const visits = (codes: readonly string[]): ComputedParameter[] => codes.map((code) => ({ code, schedule: 'visits' }))

/** Scores per visit; of instruments answered daily the months are the periods of the diary. */
function questionnaireParameters(study: AnalyticStudy): ComputedParameter[] {
  return (study.questionnaires?.instruments ?? []).flatMap(({ code, scores }) => {
    const schedule = knownInstrument(code).daily ? 'periods' : 'visits'
    return [
      ...scores.map((score): ComputedParameter => ({ code: score, schedule })),
      ...visits(safetyCodes(study, code)),
    ]
  })
}

/** Safety events that the items mapped can make. */
export function safetyCodes(study: Pick<AnalyticStudy, 'sources'>, instrument: string): string[] {
  const mapped = mappedItems(study.sources, instrument)
  return safetyEventsOf(knownInstrument(instrument))
    .filter(({ event }) => mapped === null || mapped.has(event.item))
    .map(({ event }) => event.code)
}

/** The shorter definition needs sleep or fatigue, the longer two of the five further symptoms (endpoints.md section 6). */
export function fibromyalgiaCodes(family: NonNullable<AnalyticStudy['fibromyalgia']>): string[] {
  const { pain, function: physical, sleep, fatigue, depression, anxiety, cognition } = family
  if (pain === null || physical === null) return []
  const measured = [sleep, fatigue, depression, anxiety, cognition].filter((code) => code !== null).length
  return [...(sleep === null && fatigue === null ? [] : ['FM30S']), ...(measured < 2 ? [] : ['FM30L'])]
}
