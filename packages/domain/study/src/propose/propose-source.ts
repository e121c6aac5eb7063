import type { ColumnProfile, ExportProfile } from '@afferent/records'
import type { SettingPath } from '../parse/issue.ts'
import { FIELDS } from '../settings/fields.ts'
import type { FieldName, Source } from '../source.ts'
import { chooseFields, leaveFactsApart } from './choose-fields.ts'
import { knownProduct } from './known-products.ts'
import { dayColumns, numberedColumns } from './numbered-columns.ts'
import { proposeDateOrder } from './propose-date-order.ts'
import { codeWords, type ProposedFamily, proposeFamily, unitBy } from './propose-family.ts'
import { LONG_CODE, proposeParts, type Remarks } from './propose-values.ts'
import { flagWords, gradeWords, type Recognised } from './recognise-columns.ts'
import { type RecognisedLayout, recogniseLayout } from './recognise-layout.ts'

/** How an unknown export is most likely read: layout, mapped columns, and remarks for its author. */
export interface ProposedSource {
  readonly layout: Source['layout']
  /** Settings of the study that name the method. */
  readonly methods: Readonly<Record<string, unknown>>
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
  const special = recogniseLayout(profile, found, hasForm(found))
  const layout = special?.layout ?? proposeLayout(profile, found)
  const fields = special === null ? chooseFields(layout, profile, found) : fieldsOf(special, profile, found)
  leaveFactsApart(fields, profile, remarks)
  if (layout === 'episodes') {
    const text =
      'CHECK: true, if every day without an attack was free of headache; false: such a day counts as not observed, ' +
      'and periods with few attacks have no value'
    remarks.push({ path: ['diary'], text })
  }
  const columns = mapColumns(fields, layout, profile, remarks)
  const own: ProposedFamily | null = special === null ? null : proposeFamily(special.layout, profile, fields, remarks)
  if (special?.layout === 'rr-intervals' && !fields.has('stimulating')) {
    columns.stimulating = { constant: 'N' }
    remarks.push({
      path: [...COLUMNS, 'stimulating'],
      text: 'CHECK: no column says whether there was stimulation meanwhile',
    })
  }
  const parts = own?.parts ?? { ...proposeParts(layout, profile, found, remarks), ...proposeProducts(fields, remarks) }
  const day = DAYS.map((field) => fields.get(field)).find((column) => column !== undefined)
  const dated = day !== undefined && !fields.has('treatmentStart') && !fields.has('randomised')
  const clocks = (['start', 'end', 'submitted', 'taken', 't0', 'rescue', 'secondDose', 'nextHeadache'] as const).some(
    (field) => fields.has(field),
  )
  const settings = proposeSettings(profile, fields, remarks)
  const family = layout === 'days-wide' ? daysFamily(parts) : familyOf(fields, layout)
  return {
    layout,
    methods: own?.methods ?? METHODS[family],
    settings,
    columns,
    parts,
    dates: dated ? day.index : null,
    clocks,
    remarks,
  }
}

type Family = 'headache' | 'pain' | 'values' | 'none'

const METHODS: Readonly<Record<Family, Record<string, unknown>>> = {
  headache: { preset: 'headache-diary' },
  pain: { preset: 'chronic-pain' },
  none: { preset: 'headache-diary' },
  values: { condition: 'other', responders: { missing: 'OC' } },
}

/** Fields that date a row. */
const DAYS: readonly FieldName[] = ['t0', 'onset', 'start', 'taken', 'date']

/** The own fields of a layout, and the common ones in columns that are left. */
function fieldsOf(
  { layout, fields }: RecognisedLayout,
  profile: ExportProfile,
  found: Recognised,
): Map<FieldName, ColumnProfile> {
  const taken = new Set(fields.values())
  const common = [...chooseFields(layout, profile, found)].filter(([, column]) => !taken.has(column))
  const all = new Map([...common, ...fields])
  // A column per item or analyte: a lone column 'score' or 'test' is none of them.
  const long = all.has('value') && (all.has('item') || all.has('analyte'))
  if (!long)
    for (const field of ['value', 'instrument', 'analyte', 'item', 'unit', 'lloq', 'uloq'] as const) all.delete(field)
  return all
}

const FORM: readonly FieldName[] = ['headache', 'severity', 'painAvg', 'painWorst', 'painLeast', 'painNow', 'hours']
const hasForm = (found: Recognised): boolean => FORM.some((field) => found.has(field))

function proposeLayout(profile: ExportProfile, found: Recognised): Source['layout'] {
  if (found.has('start')) return 'episodes'
  if (found.has('product') && found.has('taken') && !hasForm(found)) return 'intakes'
  if (dayColumns(profile, found) !== null && !hasForm(found)) return 'days-wide'
  if (found.has('date') || found.has('studyDay')) return found.has('product') && !hasForm(found) ? 'intakes' : 'daily'
  const runs = numberedColumns(profile, found)
  return runs.length > 0 || (found.has('visit') && found.has('value')) ? 'visits' : 'subjects'
}

const BESIDE: readonly Source['layout'][] = ['subjects', 'intakes']
const NEEDS_FORM: readonly Source['layout'][] = ['daily', 'episodes', 'visits', ...BESIDE]

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
    const unit = unitBy(field, column)
    const minutes = FIELDS[field].units[0] === 'hours' && /min/i.test(column.name)
    const more = {
      ...(field === 'value' && layout === 'visits' ? { parameter: LONG_CODE } : {}),
      ...(values === null ? {} : { values }),
      ...(scaled ? { unit: 'vas' } : {}),
      ...(minutes ? { unit: 'minutes' } : {}),
      ...(unit === null ? {} : { unit }),
    }
    out[field] = Object.keys(more).length === 0 ? column.name : { column: column.name, ...more }
    if (scaled)
      remarks.push({ path: [...COLUMNS, field], text: `CHECK: values up to ${column.max}, read as VAS 0 to 100` })
  }
  if (BESIDE.includes(layout) && fields.size > 1) {
    remarks.push({ path: COLUMNS, text: `CHECK: ${layout} are read beside a diary; add a source for it` })
  } else if (NEEDS_FORM.includes(layout) && familyOf(fields, layout) === 'none') {
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
  if (field === 'instrument' || field === 'analyte') return codeWords(field, column)
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
  const dateOrder = proposeDateOrder(profile, fields, remarks)
  const day = fields.get('studyDay')
  const holdsZero = day !== undefined && Number(day.min) <= 0 && Number(day.max) >= 0
  if (holdsZero) {
    const text = 'CHECK: day 0 is taken as the day of the first treatment; before, if it is the day before it'
    remarks.push({ path: ['sources', 0, 'dayZero'], text })
  }
  return {
    ...(profile.headerLine > 1 ? { headerLine: profile.headerLine } : {}),
    ...(dateOrder === null ? {} : { dateOrder }),
    ...(holdsZero ? { dayZero: 'first' } : {}),
  }
}

function familyOf(fields: Recognised, layout: Source['layout']): Family {
  if (layout === 'visits') return 'values'
  if ((['headache', 'start', 'severity', 'severityNrs', 'hours'] as const).some((field) => fields.has(field)))
    return 'headache'
  return (['painAvg', 'painWorst', 'painLeast', 'painNow'] as const).some((field) => fields.has(field))
    ? 'pain'
    : 'none'
}

const daysFamily = (parts: Readonly<Record<string, unknown>>): Family =>
  'painAvg' in (parts.days as object) ? 'pain' : 'headache'
