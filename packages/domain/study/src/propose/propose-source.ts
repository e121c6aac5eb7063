import type { ColumnProfile, ExportProfile } from '@afferent/records'
import type { SettingPath } from '../parse/issue.ts'
import { FIELDS } from '../settings/fields.ts'
import type { FieldName, Source } from '../study.ts'
import { knownProduct } from './known-products.ts'
import { LONG_CODE, numberedColumns, proposeParts, type Remarks } from './propose-values.ts'
import { flagWords, gradeWords, type Recognised } from './recognise-columns.ts'

/** How an unknown export is most likely read: layout, mapped columns, and remarks for its author. */
export interface ProposedSource {
  readonly layout: Source['layout']
  readonly family: 'headache' | 'pain' | 'values' | 'none'
  readonly settings: Readonly<Record<string, unknown>>
  readonly columns: Readonly<Record<string, unknown>>
  /** What stands after the columns: products, values, days. */
  readonly parts: Readonly<Record<string, unknown>>
  /** Index of the column whose dates need a day 0; null: none is needed. */
  readonly dates: number | null
  /** Whether times of day occur, which need a home zone. */
  readonly clocks: boolean
  readonly remarks: readonly { readonly path: SettingPath; readonly text: string }[]
}

const COLUMNS: SettingPath = ['sources', 0, 'columns']

export function proposeSource(profile: ExportProfile, found: Recognised): ProposedSource {
  const remarks: Remarks = []
  const layout = proposeLayout(profile, found)
  const fields = chooseFields(layout, profile, found)
  const columns = mapColumns(fields, layout, profile, remarks)
  const parts = { ...proposeParts(layout, profile, found, remarks), ...proposeProducts(fields, remarks) }
  const day = fields.get('start') ?? fields.get('date')
  const dated = day !== undefined && !fields.has('treatmentStart') && !fields.has('randomised')
  const clocks = (['start', 'end', 'submitted', 'taken'] as const).some((field) => fields.has(field))
  const settings = proposeSettings(profile, fields, remarks)
  const family = layout === 'days-wide' ? daysFamily(parts) : familyOf(fields, layout)
  return {
    layout,
    family,
    settings,
    columns,
    parts,
    dates: dated ? day.index : null,
    clocks,
    remarks,
  }
}

function proposeLayout(profile: ExportProfile, found: Recognised): Source['layout'] {
  if (found.has('start')) return 'episodes'
  if (found.has('date') || found.has('studyDay')) return found.has('product') && !hasForm(found) ? 'intakes' : 'daily'
  const runs = numberedColumns(profile, found)
  if (runs.some(({ columns }) => columns.length >= 7)) return 'days-wide'
  return runs.length > 0 || (found.has('visit') && found.has('value')) ? 'visits' : 'subjects'
}

const FORM: readonly FieldName[] = ['headache', 'severity', 'painAvg', 'painWorst', 'painLeast', 'painNow', 'hours']
const hasForm = (found: Recognised): boolean => FORM.some((field) => found.has(field))

/** The recognised fields that the layout takes, one for each question. */
function chooseFields(
  layout: Source['layout'],
  profile: ExportProfile,
  found: Recognised,
): Map<FieldName, ColumnProfile> {
  const fields = new Map([...found].filter(([field]) => FIELDS[field].layouts.includes(layout)))
  const drop = (field: FieldName, other: FieldName): void => {
    if (fields.has(other)) fields.delete(field)
  }
  if (layout === 'visits' && numberedColumns(profile, found).length > 0) nameWideRows(fields, profile)
  drop('studyDay', 'date')
  drop('duration', 'end')
  drop('acute', 'product')
  const grade = fields.get('severity')
  if (grade !== undefined && isScale(grade)) {
    fields.delete('severity')
    const headache = layout === 'episodes' || fields.has('headache') || fields.has('hours')
    fields.set(headache ? 'severityNrs' : fields.has('painAvg') ? 'painWorst' : 'painAvg', grade)
  }
  return fields
}

/** With a column per visit, several rows of one subject are its phases, each with its own treatment. */
function nameWideRows(fields: Map<FieldName, ColumnProfile>, profile: ExportProfile): void {
  const [phase, arm, subject] = [fields.get('visit'), fields.get('arm'), fields.get('subject')]
  fields.delete('visit')
  fields.delete('value')
  if (phase === undefined || subject === undefined || subject.distinct >= profile.rows) return
  fields.set('phase', phase)
  fields.delete('arm')
  if (arm !== undefined) fields.set('treatment', arm)
}

/** More than four grades: a scale from 0 to 10 (or to 100). */
const isScale = (column: ColumnProfile): boolean =>
  gradeWords(column) === null && (column.type === 'number' || Number(column.max) > 3)

function mapColumns(
  fields: Recognised,
  layout: Source['layout'],
  profile: ExportProfile,
  remarks: Remarks,
): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  if (!fields.has('subject')) {
    out.subject = { fileName: '(.+?)(?:\\.[^.]*)?$' }
    remarks.push({
      path: [...COLUMNS, 'subject'],
      text: 'CHECK: no column names the subject; the name of the file does',
    })
  }
  for (const [field, column] of fields) {
    const scaled = FIELDS[field].units.includes('vas') && Number(column.max) > 10
    const values = valuesFor(field, column)
    const minutes = FIELDS[field].units[0] === 'hours' && /min/i.test(column.name)
    const more = {
      ...(field === 'value' ? { parameter: LONG_CODE } : {}),
      ...(values === null ? {} : { values }),
      ...(scaled ? { unit: 'vas' } : {}),
      ...(minutes ? { unit: 'minutes' } : {}),
    }
    out[field] = Object.keys(more).length === 0 ? column.name : { column: column.name, ...more }
    if (scaled)
      remarks.push({ path: [...COLUMNS, field], text: `CHECK: values up to ${column.max}, read as VAS 0 to 100` })
  }
  if (layout !== 'days-wide' && familyOf(fields, layout) === 'none') {
    const names = profile.columns.map(({ name }) => JSON.stringify(name)).join(', ')
    remarks.push({
      path: COLUMNS,
      text: `CHECK: nothing to compute was recognised; map a field by hand (columns: ${names})`,
    })
  }
  return out
}

function valuesFor(field: FieldName, column: ColumnProfile): Record<string, string> | null {
  const { kind } = FIELDS[field]
  const words = kind === 'flag' ? flagWords(column) : kind === 'grade' ? gradeWords(column) : null
  if (field === 'symptoms') return symptomWords(column)
  return words === null || Object.keys(words).length === 0 ? null : words
}

const SYMPTOM_WORDS: readonly (readonly [RegExp, string])[] = [
  [/light|licht|lumiere|photoph/i, 'photophobia'],
  [/sound|noise|laerm|lärm|bruit|phonoph/i, 'phonophobia'],
  [/nausea|uebel|übel|nausee|nausée/i, 'nausea'],
  [/vomit|erbrech/i, 'vomiting'],
  [/throb|puls/i, 'pulsating'],
  [/one side|einseit|unilat/i, 'unilateral'],
  [/aura/i, 'aura'],
]

/** Names of symptoms in lists to features; what is no known symptom is another one. */
function symptomWords(column: ColumnProfile): Record<string, string> | null {
  const names = listedNames(column)
  const feature = (name: string): string => SYMPTOM_WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'otherSymptom'
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, feature(name)]))
}

/** Entries of the lists in a column, each once. */
function listedNames(column: ColumnProfile): string[] {
  const names = column.values.flatMap(({ value }) => value.split(/[,;|+]/).map((name) => name.trim()))
  return [...new Set(names)].filter((name) => name !== '' && !/^(no medication|none|keine|aucun)$/i.test(name))
}

function proposeProducts(fields: Recognised, remarks: Remarks): Record<string, unknown> {
  const column = fields.get('product')
  if (column === undefined) return {}
  const names = listedNames(column)
  if (names.length === 0) return {}
  const products = Object.fromEntries(names.map((name) => [name.toLowerCase(), knownProduct(name) ?? 'unspecified']))
  remarks.push({
    path: ['sources', 0, 'products'],
    text: 'CHECK: class of each medication; the export may hold further names',
  })
  return { products }
}

function proposeSettings(profile: ExportProfile, fields: Recognised, remarks: Remarks): Record<string, unknown> {
  const unclear = [...fields].filter(([, column]) => column.dateOrder === 'ambiguous')
  if (unclear.length > 0) {
    const names = unclear.map(([, column]) => JSON.stringify(column.name)).join(', ')
    const question = `QUESTION: the dates of ${names} fit day/month and month/day. Which? Add one of the lines`
    remarks.push({ path: COLUMNS, text: `${question}\n   dateOrder: dmy\n   dateOrder: mdy` })
  }
  const day = fields.get('studyDay')
  const holdsZero = day !== undefined && Number(day.min) <= 0 && Number(day.max) >= 0
  if (holdsZero) {
    const text = 'CHECK: day 0 is taken as the day of the first treatment; before, if it is the day before it'
    remarks.push({ path: ['sources', 0, 'dayZero'], text })
  }
  return {
    ...(profile.headerLine > 1 ? { headerLine: profile.headerLine } : {}),
    ...(holdsZero ? { dayZero: 'first' } : {}),
  }
}

function familyOf(fields: Recognised, layout: Source['layout']): ProposedSource['family'] {
  if (layout === 'visits') return 'values'
  if ((['headache', 'start', 'severity', 'severityNrs', 'hours'] as const).some((field) => fields.has(field)))
    return 'headache'
  return (['painAvg', 'painWorst', 'painLeast', 'painNow'] as const).some((field) => fields.has(field))
    ? 'pain'
    : 'none'
}

const daysFamily = (parts: Readonly<Record<string, unknown>>): ProposedSource['family'] =>
  'painAvg' in (parts.days as object) ? 'pain' : 'headache'
