import { computedParameters } from '../computed-parameters.ts'
import { MOOD_SCALES } from '../questionnaires/mood-scales.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { AnalyticStudy, FibromyalgiaDomain, FibromyalgiaFamily, MoodFamily } from '../study.ts'
import type { Complaints } from './complaints.ts'

/** A study without the families that rest on its other parameters. */
export type StudyBelow = Omit<AnalyticStudy, 'mood' | 'fibromyalgia'>

const codesOf = (study: StudyBelow): readonly string[] =>
  computedParameters({ ...study, mood: null, fibromyalgia: null }).map(({ code }) => code)

/** Pain over the visits of the study: their windows are the periods, unless the study has visits of its own. */
const painMean = ({ visits }: StudyBelow): string => (visits.windows === null ? 'PNAVGM' : 'PNAVGW')

const HEADACHE_CUT = 50
const PAIN_CUT = 30

/** Dual response: the study names the scale, or computes one alone; a preset leaves it out where that is not so. */
export function resolveMood(
  own: RawStudy['mood'],
  preset: RawStudy['mood'],
  study: StudyBelow,
  complaints: Complaints,
): MoodFamily | null {
  if (own === 'none' || (own ?? preset ?? 'none') === 'none') return null
  const raw = typeof own === 'object' ? own : {}
  const codes = codesOf(study)
  const scales = MOOD_SCALES.filter((scale) => codes.includes(scale))
  const scale = raw.scale ?? (scales.length === 1 ? scales[0] : undefined)
  const pain = raw.pain ?? (study.headache === null ? painMean(study) : 'MMD')
  if (own === undefined && (scale === undefined || !codes.includes(pain))) return null
  if (scale === undefined) {
    const found = scales.length === 0 ? 'none is computed' : `${scales.join(' and ')} are computed`
    complaints.error(
      ['mood', 'scale'],
      `mood.scale is missing: name one of ${MOOD_SCALES.join(', ')} (${found})`,
      'name',
    )
    return null
  }
  return { scale, pain, painCut: raw.painCut ?? (study.headache === null ? PAIN_CUT : HEADACHE_CUT) }
}

/** Parameters that can stand for a component, the preferred one first. T scores have no percentages: the study names them. */
const STANDARD: Readonly<Record<FibromyalgiaDomain, readonly string[]>> = {
  pain: ['BPISEV'],
  function: ['FIQRF', 'SFPF'],
  sleep: ['ISI', 'PSQI'],
  fatigue: [],
  depression: MOOD_SCALES,
  anxiety: ['GAD7', 'HADSA'],
  cognition: [],
  tenderness: ['WPI'],
  global: ['PGIC'],
}
export const FIBROMYALGIA_DOMAINS = Object.keys(STANDARD) as readonly FibromyalgiaDomain[]

/** Components of the fibromyalgia response: as named, else the first that the study computes. */
export function resolveFibromyalgia(
  own: RawStudy['fibromyalgia'],
  preset: RawStudy['fibromyalgia'],
  study: StudyBelow,
): FibromyalgiaFamily | null {
  if (own === 'none' || (own ?? preset ?? 'none') === 'none') return null
  const raw = typeof own === 'object' ? own : {}
  const codes = codesOf(study)
  const family = Object.fromEntries(
    FIBROMYALGIA_DOMAINS.map((domain) => {
      const named = raw[domain]
      const standard = domain === 'pain' ? [painMean(study), ...STANDARD.pain] : STANDARD[domain]
      const found = standard.find((code) => codes.includes(code)) ?? null
      return [domain, named === 'none' ? null : (named ?? found)]
    }),
  ) as FibromyalgiaFamily
  return own === undefined && lacking(family) !== null ? null : family
}

/** What the response cannot do without, in words; null: it has all. */
export function lacking({ pain, function: physical, sleep, fatigue }: FibromyalgiaFamily): string | null {
  if (pain === null) return 'pain'
  if (physical === null) return 'function'
  return sleep === null && fatigue === null ? 'sleep or fatigue' : null
}
