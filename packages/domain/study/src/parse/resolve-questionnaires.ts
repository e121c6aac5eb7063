import { INSTRUMENTS, type Instrument, instrumentOf, plainSettings, scoresUnder } from '@afferent/instruments'
import type { RawQuestionnaire } from '../settings/questionnaire-settings.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { Source } from '../source.ts'
import type { QuestionnaireSettings, QuestionnairesFamily } from '../study.ts'
import type { Complaints } from './complaints.ts'
import { suggestion } from './did-you-mean.ts'
import { printPath } from './issue.ts'

type Raw = RawStudy['questionnaires']
/** Settings that the study file keeps as choices of the instrument, by the name of the choice. */
const CHOICES = ['orientation'] as const

const FAMILY_NAMES = new Set(INSTRUMENTS.map(({ family }) => family))

/** What the study file says of an instrument; what it says of the instrument's family (PROMIS) holds for all of them. */
export function rawQuestionnaire(raw: Raw, { code, family }: Pick<Instrument, 'code' | 'family'>): RawQuestionnaire {
  if (raw === undefined || raw === 'none') return {}
  return { ...raw[family], ...raw[code] }
}

/** Instruments that the study file names or that a source holds. Licence, version and table are checked later. */
export function resolveQuestionnaires(
  raw: Raw,
  sources: readonly Source[],
  complaints: Complaints,
): QuestionnairesFamily | null {
  if (raw === 'none') return null
  for (const code of Object.keys(raw ?? {})) checkName(code, complaints)
  const named = new Set([...Object.keys(raw ?? {}), ...sources.flatMap(instrumentsIn)])
  const instruments = INSTRUMENTS.filter(({ code }) => named.has(code)).map((instrument) =>
    resolveOne(instrument, rawQuestionnaire(raw, instrument), sources, complaints),
  )
  return instruments.length === 0 ? null : { instruments }
}

function checkName(code: string, complaints: Complaints): void {
  if (instrumentOf(code) !== undefined || FAMILY_NAMES.has(code)) return
  const at = ['questionnaires', code]
  const known = [...new Set([...INSTRUMENTS.map((instrument) => instrument.code), ...FAMILY_NAMES])]
  complaints.error(
    at,
    `${printPath(at)}: ${JSON.stringify(code)} is no questionnaire${suggestion(code, known)}`,
    'name',
  )
}

/** Instruments that a source names in its columns or words. */
function instrumentsIn(source: Source): string[] {
  if (source.layout !== 'assessments') return []
  const words = source.fields.flatMap(({ field, values, constant }) =>
    field === 'instrument'
      ? [...Object.values(values ?? {}), ...(values === null && constant !== null ? [constant] : [])]
      : [],
  )
  return [...words, ...source.cells.flatMap(({ name }) => name ?? [])]
}

function resolveOne(
  instrument: Instrument,
  raw: RawQuestionnaire,
  sources: readonly Source[],
  complaints: Complaints,
): QuestionnaireSettings {
  const version = raw.version ?? (instrument.needsVersion ? null : (instrument.versions[0] as string))
  return {
    code: instrument.code,
    licence: raw.licence ?? false,
    version,
    choices: Object.fromEntries(CHOICES.flatMap((id) => (raw[id] === undefined ? [] : [[id, raw[id]]]))),
    table: raw.table ?? null,
    scores: resolveScores(instrument, raw, version, sources, complaints),
    thresholds: resolveThresholds(instrument, raw, complaints),
  }
}

function resolveScores(
  instrument: Instrument,
  { scores, table }: RawQuestionnaire,
  version: string | null,
  sources: readonly Source[],
  complaints: Complaints,
): string[] {
  const known = instrument.scores.map(({ code }) => code)
  const at = ['questionnaires', instrument.code, 'scores']
  for (const code of scores ?? []) {
    if (known.includes(code)) continue
    complaints.error(at, `${printPath(at)}: ${instrument.code} has no score ${code}${suggestion(code, known)}`)
  }
  if (scores !== undefined) return known.filter((code) => scores.includes(code))
  const settings = plainSettings(instrument)
  const under =
    version === null
      ? instrument.scores.filter(({ kind }) => kind !== 'external')
      : scoresUnder(instrument, { ...settings, version, table: NOTHING })
  const tabled = table === undefined ? (instrument.table?.scores ?? []) : []
  const totals = new Set(
    sources.flatMap(({ cells }) => cells.flatMap(({ name, item }) => (name === instrument.code ? [item] : []))),
  )
  const computed = under.map(({ code }) => code).filter((code) => !tabled.includes(code))
  return known.filter((code) => computed.includes(code) || totals.has(code))
}

/** Any table: which scores need one is told apart from what it holds. */
const NOTHING: ReadonlyMap<number, number> = new Map()

/** Changes of one person that matter: as the study file says, else the largest published one [P]. */
function resolveThresholds(
  instrument: Instrument,
  { thresholds }: RawQuestionnaire,
  complaints: Complaints,
): Record<string, number> {
  const found: Record<string, number> = {}
  const known = instrument.scores.map(({ code }) => code)
  for (const code of Object.keys(thresholds ?? {})) {
    if (known.includes(code)) continue
    const at = ['questionnaires', instrument.code, 'thresholds', code]
    complaints.error(at, `${printPath(at)}: ${instrument.code} has no score ${code}${suggestion(code, known)}`, 'name')
  }
  for (const score of instrument.scores) {
    const own = thresholds?.[score.code]
    if (own === 'none') continue
    const published = score.thresholds
      .filter(({ kind }) => kind === 'within-person')
      .map(({ value }) => Math.abs(value))
    const size = own ?? Math.max(0, ...published)
    if (size > 0) found[score.code] = size
  }
  return found
}
