import { FEATURES, MEDICATIONS, type MedicationClass } from '@afferent/records'
import type { AnalyticStudy, FieldName, PainKind, Source } from '@afferent/study'
import { PAIN_KINDS } from '../windows/quantities.ts'

/**
 * What the exports of a study can tell at all, by the fields its sources map. It decides which parameters exist
 * (a quantity nobody records is not a parameter) and which can never be answered (a criterion no field can meet:
 * MISSING_ITEMS, R-FORM). It never depends on data.
 */
export interface Inputs {
  /** Daily forms, or a log of the days with an entry. */
  readonly forms: boolean
  readonly episodes: boolean
  /** A form answers the headache question; without such a field a form is a log entry that says 'observed'. */
  readonly formsAnswer: boolean
  readonly duration: boolean
  readonly severity: boolean
  readonly m2: boolean
  readonly m3: boolean
  /** The patient's own 'this was a migraine', and whether episodes carry it. */
  readonly patient: boolean
  readonly episodesPatient: boolean
  /** Any symptom of FEATURES. */
  readonly symptoms: boolean
  /** Bits of the medication classes that can occur; 0: acute medication is not recorded. */
  readonly medication: number
  /** Acute medication is asked in the daily form and nowhere else. */
  readonly medicationOnForms: boolean
  readonly pain: readonly PainKind[]
  /** Classes that intakes can have, and those that episodes name: there each use is recorded, not only the day. */
  readonly intakes: number
  readonly onEpisodes: number
  /** Treated attacks, and whether they name a most bothersome symptom. */
  readonly attacks: boolean
  readonly mbs: boolean
  /** Minutes after t0 that readings of attacks stand for; any: their times are exported. */
  readonly readings: 'any' | readonly number[]
}

const FEATURE_NAMES = new Set<string>(Object.keys(FEATURES))
const CLASS_NAMES = new Set<string>(MEDICATIONS)
const PAIN_FIELDS: Readonly<Record<PainKind, FieldName>> = {
  avg: 'painAvg',
  worst: 'painWorst',
  least: 'painLeast',
  now: 'painNow',
}
const ALL_CLASSES = (1 << MEDICATIONS.length) - 1

export function inputsOf(study: AnalyticStudy): Inputs {
  const sources = study.sources
  const daily = sources.filter((source) => source.layout === 'daily' || source.layout === 'days-wide')
  const episodes = sources.filter((source) => source.layout === 'episodes')
  const intakes = sources.filter((source) => source.layout === 'intakes')
  const attacks = sources.filter((source) => source.layout === 'attacks')
  const onForms = fieldsOf(daily)
  const onEpisodes = fieldsOf(episodes)
  const all = new Set([...onForms, ...onEpisodes])
  const features = featuresOf([...daily, ...episodes], all)
  const severity = all.has('severity') || all.has('severityNrs')
  const elsewhere = classesOf(episodes) | classesOf(intakes)
  return {
    forms: daily.length > 0,
    episodes: episodes.length > 0,
    formsAnswer: ['headache', 'severity', 'severityNrs', 'hours', 'migraine'].some((field) => onForms.has(field)),
    duration: onForms.has('hours') || onEpisodes.has('end') || onEpisodes.has('duration'),
    severity,
    m2: countOf(features, ['unilateral', 'pulsating', 'aggravated']) + (severity ? 1 : 0) >= 2,
    m3: countOf(features, ['nausea', 'vomiting']) > 0 || countOf(features, ['photophobia', 'phonophobia']) === 2,
    patient: all.has('migraine'),
    episodesPatient: onEpisodes.has('migraine'),
    symptoms: features.size > 0,
    medication: classesOf(daily) | elsewhere,
    medicationOnForms: elsewhere === 0,
    intakes: classesOf(intakes),
    onEpisodes: classesOf(episodes),
    attacks: attacks.length > 0,
    mbs: fieldsOf(attacks).has('mbs'),
    readings: readingsOf(sources),
    pain: PAIN_KINDS.filter((kind) => study.pain?.kinds.includes(kind) === true && onForms.has(PAIN_FIELDS[kind])),
  }
}

function fieldsOf(sources: readonly Source[]): Set<string> {
  const fields = new Set<string>()
  for (const source of sources) {
    for (const mapping of source.fields) fields.add(mapping.field)
    for (const column of source.days) fields.add(column.field)
  }
  return fields
}

/** Rows of their own, and readings with their actual time, can lie anywhere. */
function readingsOf(sources: readonly Source[]): Inputs['readings'] {
  const cells = sources.flatMap((source) => (source.layout === 'attacks' ? source.cells : []))
  const anywhere = cells.some(({ field }) => field === 'taken' || field === 'minutes')
  if (anywhere || sources.some((source) => source.layout === 'follow-ups')) return 'any'
  return [...new Set(cells.map(({ at }) => at))]
}

/** Symptoms with a field of their own, and those a symptom list can name. */
function featuresOf(sources: readonly Source[], fields: ReadonlySet<string>): Set<string> {
  const features = new Set([...fields].filter((field) => FEATURE_NAMES.has(field)))
  for (const source of sources) {
    for (const mapping of [...source.fields, ...source.days]) {
      if (mapping.field !== 'symptoms') continue
      const named = mapping.values === null ? FEATURE_NAMES : Object.values(mapping.values)
      for (const name of named) if (FEATURE_NAMES.has(name)) features.add(name)
    }
  }
  return features
}

const countOf = (set: ReadonlySet<string>, names: readonly string[]): number =>
  names.filter((name) => set.has(name)).length

function classesOf(sources: readonly Source[]): number {
  let bits = 0
  for (const source of sources) {
    for (const mapping of [...source.fields, ...source.days]) bits |= classesOfField(source, mapping)
  }
  return bits
}

function classesOfField(
  source: Source,
  mapping: { field: FieldName; values: Readonly<Record<string, string>> | null },
): number {
  if (CLASS_NAMES.has(mapping.field)) return bitOf(mapping.field as MedicationClass)
  if (mapping.field === 'acute') return bitOf('unspecified')
  if (mapping.field === 'product') return bitsOf(Object.values(source.products)) | bitOf('unspecified')
  if (mapping.field !== 'medicationClass') return 0
  return mapping.values === null ? ALL_CLASSES : bitsOf(Object.values(mapping.values))
}

const bitOf = (name: MedicationClass): number => 1 << MEDICATIONS.indexOf(name)

function bitsOf(names: readonly string[]): number {
  let bits = 0
  for (const name of names) if (CLASS_NAMES.has(name)) bits |= bitOf(name as MedicationClass)
  return bits
}
