import { INSTRUMENTS, type Instrument } from '@afferent/instruments'
import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { ANALYTES } from '../laboratory/analytes.ts'
import type { Analyte } from '../study.ts'
import { headerSpellings, plainHeader } from './header-names.ts'
import type { SpecialLayout } from './layout-headers.ts'
import { analyteColumns, itemColumns } from './named-columns.ts'
import type { Remarks } from './propose-values.ts'
import type { Recognised } from './recognise-columns.ts'

/** What a layout needs beside its columns: settings of the study, and parts of the source after the columns. */
export interface ProposedFamily {
  readonly methods: Readonly<Record<string, unknown>>
  readonly parts: Readonly<Record<string, unknown>>
}

const DIARY = { preset: 'headache-diary' }

export function proposeFamily(
  layout: SpecialLayout,
  profile: ExportProfile,
  fields: Recognised,
  remarks: Remarks,
): ProposedFamily {
  switch (layout) {
    case 'attacks':
      return { methods: proposeAcute(fields, remarks), parts: proposeFollowUps(profile, fields, remarks) }
    case 'follow-ups':
      remarks.push({
        path: ['sources', 0, 'layout'],
        text: 'CHECK: follow-ups belong to attacks; add a source of layout attacks for these',
      })
      return { methods: proposeAcute(fields, remarks), parts: {} }
    case 'stimulation':
      if (!fields.has('prescribed')) {
        const text =
          'QUESTION: how many sessions were prescribed per day? Add sessionsPerDay, or map the column prescribed'
        remarks.push({ path: ['adherence'], text })
      }
      return { methods: { ...DIARY, adherence: {} }, parts: {} }
    case 'adverse-events':
      return { methods: { ...DIARY, safety: 'standard' }, parts: {} }
    case 'rr-intervals':
      return { methods: { ...DIARY, autonomic: 'standard' }, parts: {} }
    case 'measurements':
      remarks.push({
        path: ['laboratory'],
        text: 'CHECK: what stands for a result below the limit of quantification: sqrt2 (limit / sqrt(2)) or half',
      })
      return {
        methods: { ...DIARY, laboratory: proposeLaboratory(fields) },
        parts: proposeResults(profile, fields, remarks),
      }
    case 'assessments':
      return proposeForms(profile, fields, remarks)
  }
}

/** Pain up to 4 is the scale of cluster headache. */
function proposeAcute(fields: Recognised, remarks: Remarks): Record<string, unknown> {
  const cluster = Number(fields.get('pain')?.max) === 4
  remarks.push({ path: ['preset'], text: 'CHECK: migraine-acute or cluster-acute' })
  if (cluster && !fields.has('clusterType')) {
    const text =
      'QUESTION: is the cluster headache episodic or chronic? Add clusterType: { constant: episodic }, or map it in the ' +
      'source of the subjects'
    remarks.push({ path: ['sources', 0, 'columns'], text })
  }
  return { preset: cluster ? 'cluster-acute' : 'migraine-acute' }
}

const READINGS = ['pain', 'nausea', 'vomiting', 'photophobia', 'phonophobia'] as const

/** Columns of a reading end with its time: pain120, pain_2h, min120; without a unit these are minutes. */
function proposeFollowUps(profile: ExportProfile, fields: Recognised, remarks: Remarks): Record<string, unknown> {
  const taken = new Set(fields.values())
  const times = new Map<number, Record<string, string>>()
  for (const column of profile.columns) {
    const parts = /^(.*?[a-z])[ _-]*(\d{1,4})[ _-]*(h|hr|hours|min|m)?$/i.exec(column.name)
    if (parts === null || taken.has(column) || column.type === 'empty') continue
    const stem = plainHeader(parts[1] as string)
    const field = READINGS.find((one) => one === stem) ?? (/^(min|minutes)$/.test(stem) ? 'minutes' : null)
    const minutes = Number(parts[2]) * (/^h/i.test(parts[3] ?? '') ? 60 : 1)
    if (field === null || minutes === 0) continue
    times.set(minutes, { ...times.get(minutes), [field]: column.name })
  }
  // A time alone is no reading.
  const readings = [...times].filter(([, columns]) => Object.keys(columns).some((field) => field !== 'minutes'))
  if (readings.length === 0) return {}
  remarks.push({ path: ['sources', 0, 'followUps'], text: 'CHECK: minutes since t0 of each reading' })
  return { followUps: Object.fromEntries(readings.sort(([a], [b]) => a - b)) }
}

/** A row per result does not say beforehand which analytes there are. */
function proposeLaboratory(fields: Recognised): string | Record<string, unknown> {
  if (!fields.has('analyte')) return 'sqrt2'
  return { blq: 'sqrt2', analytes: Object.fromEntries(analytesSeen(fields).map(({ code }) => [code, {}])) }
}

const analytesSeen = (fields: Recognised): Analyte[] =>
  ANALYTES.filter(({ code, label }) => holds(fields.get('analyte'), [code, label]))

function proposeResults(profile: ExportProfile, fields: Recognised, remarks: Remarks): Record<string, unknown> {
  if (fields.has('analyte')) {
    if (fields.has('unit')) return {}
    const seen = analytesSeen(fields)
    for (const { code } of seen) remarks.push(unitQuestion(code))
    return { results: Object.fromEntries(seen.map(({ code }) => [code, {}])) }
  }
  const found = analyteColumns(profile)
  for (const { analyte, unit } of found) if (unit === null) remarks.push(unitQuestion(analyte.code))
  const results = found.map(({ analyte, unit, column }) => [
    analyte.code,
    { column: column.name, ...(unit === null ? {} : { unit }) },
  ])
  return { results: Object.fromEntries(results) }
}

/** A unit is never guessed: the study file is complete once somebody names it. */
const unitQuestion = (code: string): Remarks[number] => ({
  path: ['sources', 0, 'results', code],
  text: `QUESTION: in which unit are the results of ${code}? Add unit: ${ANALYTES.find((one) => one.code === code)?.unit}, or another`,
})

const holds = (column: ColumnProfile | undefined, names: readonly string[]): boolean =>
  column?.values.some(({ value }) => names.map(plainHeader).includes(plainHeader(value))) === true

function proposeForms(profile: ExportProfile, fields: Recognised, remarks: Remarks): ProposedFamily {
  const long = fields.has('item')
  const wide = long ? [] : itemColumns(profile)
  const instruments = long
    ? INSTRUMENTS.filter(({ code }) => holds(fields.get('instrument'), [code]))
    : wide.map(({ instrument }) => instrument)
  for (const instrument of instruments) askAbout(instrument, fields.has('version'), remarks)
  const questionnaires = Object.fromEntries(instruments.map(({ code }) => [code, {}]))
  if (long) return { methods: { ...DIARY, questionnaires }, parts: {} }
  const items = wide.map(({ instrument, columns }) => [
    instrument.code,
    patternOf(columns) ?? Object.fromEntries(columns.map(([item, { name }]) => [item, name])),
  ])
  const totals = wide.flatMap(({ instrument, total }) => (total === null ? [] : [[instrument.code, total.name]]))
  const parts = {
    items: Object.fromEntries(items),
    ...(totals.length === 0 ? {} : { totals: Object.fromEntries(totals) }),
  }
  return { methods: { ...DIARY, questionnaires }, parts }
}

/** `phq9_{item}`, where all names are the item behind the same text. */
function patternOf(columns: readonly (readonly [string, ColumnProfile])[]): string | null {
  const stems = columns.map(([item, { name }]) =>
    name.endsWith(item) ? name.slice(0, name.length - item.length) : null,
  )
  const [stem] = stems
  return columns.length > 1 && stem != null && stems.every((one) => one === stem) ? `${stem}{item}` : null
}

/** What only the study's author knows: the licence, the version, the choices that have no standard. */
function askAbout(instrument: Instrument, hasVersion: boolean, remarks: Remarks): void {
  const { code, licence, needsVersion, versions, options } = instrument
  const missing = [
    ...(licence === 'free' ? [] : ['licence: true, if you may use it']),
    ...(needsVersion && !hasVersion ? [`version: ${versions.join(' or ')}`] : []),
    ...options.flatMap(({ id, standard, choices }) => (standard === null ? [`${id}: ${choices.join(' or ')}`] : [])),
  ]
  if (missing.length === 0) return
  remarks.push({ path: ['questionnaires', code], text: `QUESTION: ${code} needs ${missing.join('; ')}` })
}

/** Names of questionnaires or analytes as an export writes them (HIT-6), to their codes; null where these are the codes. */
export function codeWords(field: string, column: ColumnProfile): Record<string, string> | null {
  if (field !== 'instrument' && field !== 'analyte') return null
  const known: readonly (readonly [string, string])[] =
    field === 'instrument'
      ? INSTRUMENTS.map(({ code }) => [code, plainHeader(code)] as const)
      : ANALYTES.flatMap(({ code, label }) => [[code, plainHeader(code)] as const, [code, plainHeader(label)] as const])
  const words = column.values.flatMap(({ value }) => {
    const found = known.find(([, plain]) => plain === plainHeader(value))
    return found === undefined ? [] : [[value, found[0]] as const]
  })
  return words.every(([word, code]) => word.toUpperCase() === code) ? null : Object.fromEntries(words)
}

/** Unit of a column where its name or its values say that it is not the default of the field. */
export function unitBy(field: string, column: ColumnProfile): string | null {
  const spelled = headerSpellings(column.name)
  const ends = (...endings: string[]): boolean =>
    endings.some((ending) => spelled.some((name) => name.endsWith(ending)))
  switch (field) {
    case 'minutes':
      return ends('seconds', 'sec') ? 'seconds' : ends('hours') ? 'hours' : null
    case 'current':
      return ends('ua') ? 'uA' : null
    case 'pulseWidth':
      return ends('ms') ? 'ms' : null
    case 'onShare':
      return Number(column.max) > 1 ? 'percent' : null
    case 'rr':
      return Number(column.max) < 10 ? 's' : null
    case 'rescueAfter':
    case 'secondDoseAfter':
    case 'nextHeadacheAfter':
      return ends('hours') ? 'hours' : null
    default:
      return null
  }
}
