import type { Complaints } from '../parse/complaints.ts'
import { suggestion } from '../parse/did-you-mean.ts'
import { printPath, type SettingPath } from '../parse/issue.ts'
import { columnsOf } from '../parse/resolve-source.ts'
import type { FieldName, Source } from '../source.ts'
import type { AnalyticStudy } from '../study.ts'
import { checkAssessments } from './check-assessments.ts'
import { checkIntervals, checkMeasurements } from './check-laboratory.ts'

/** What a source needs besides a valid form: its subject, its day or start, no two answers to one question. */
export function checkSources(study: AnalyticStudy, complaints: Complaints): void {
  for (const [i, source] of study.sources.entries()) {
    const path = ['sources', i]
    checkNames(study.sources, i, complaints)
    checkSubject(source, path, complaints)
    checkPlace(source, path, complaints)
    if (source.layout === 'assessments') checkAssessments(study, source, path, complaints)
    if (source.layout === 'measurements') checkMeasurements(study, source, path, complaints)
    if (source.layout === 'rr-intervals') checkIntervals(study, source, path, complaints)
    checkPositions(source, path, complaints)
    checkParameters(study, source, path, complaints)
    checkRivals(source, path, complaints)
    checkLeftovers(source, path, complaints)
  }
}

const gives = (source: Source, field: FieldName): boolean => source.fields.some((mapping) => mapping.field === field)

function checkNames(sources: readonly Source[], i: number, complaints: Complaints): void {
  const source = sources[i] as Source
  const earlier = sources.slice(0, i)
  if (earlier.some(({ files }) => files === source.files)) {
    const at = ['sources', i, 'files']
    complaints.error(at, `${printPath(at)} is the pattern of an earlier source: no file would ever come here`)
  }
  if (earlier.some(({ name }) => name === source.name)) {
    const at = ['sources', i, 'name']
    complaints.error(at, `${printPath(at)} is the name of an earlier source`)
  }
}

function checkSubject(source: Source, path: SettingPath, complaints: Complaints): void {
  if (!gives(source, 'subject')) {
    const at = [...path, 'columns', 'subject']
    complaints.error(at, `${printPath(at)} is missing: a column, a constant, or { fileName: '(\\w+)\\.csv' }`, 'name')
  }
}

/** Fields of which a layout needs one, and how to say so. */
const PLACES: Readonly<Partial<Record<Source['layout'], { fields: readonly FieldName[]; says: string }>>> = {
  daily: { fields: ['date', 'studyDay'], says: 'a daily form needs date or studyDay' },
  episodes: { fields: ['start'], says: 'an episode needs start' },
  stimulation: { fields: ['start', 'date', 'studyDay'], says: 'a session needs start, date or studyDay' },
  'adverse-events': { fields: ['term'], says: 'an event needs term' },
  intakes: { fields: ['taken', 'date', 'studyDay'], says: 'an intake needs taken, date or studyDay' },
  assessments: { fields: ['date', 'studyDay', 'visit'], says: 'a questionnaire needs date, studyDay or visit' },
  measurements: {
    fields: ['taken', 'date', 'studyDay', 'visit'],
    says: 'a result needs taken, date, studyDay or visit',
  },
  'rr-intervals': {
    fields: ['taken', 'date', 'studyDay', 'visit'],
    says: 'a record needs taken, date, studyDay or visit',
  },
  attacks: { fields: ['t0'], says: 'a treated attack needs t0' },
  'follow-ups': { fields: ['attack', 't0'], says: 'a follow-up needs attack or t0, to know what it follows' },
}

function checkPlace(source: Source, path: SettingPath, complaints: Complaints): void {
  const columns = [...path, 'columns']
  const place = PLACES[source.layout]
  if (place !== undefined && !place.fields.some((field) => gives(source, field))) {
    complaints.error(columns, `${printPath(columns)}: ${place.says}`, 'name')
  }
  if (source.layout === 'days-wide' && source.days.length === 0) {
    complaints.error(
      path,
      `${printPath([...path, 'days'])} is missing: layout days-wide names its columns there`,
      'name',
    )
  }
  if (source.layout === 'follow-ups' && !gives(source, 'taken') && !gives(source, 'minutes')) {
    complaints.error(columns, `${printPath(columns)}: a follow-up needs taken or minutes`, 'name')
  }
  if (source.layout === 'visits') checkVisits(source, path, complaints)
}

/** A file without a header has columns by position. */
function checkPositions(source: Source, path: SettingPath, complaints: Complaints): void {
  if (source.csv.headerLine !== 'none') return
  const named = columnsOf(source).filter((column) => !/^[1-9]\d{0,3}$/.test(column))
  if (named.length === 0) return
  const at = [...path, 'headerLine']
  const says = `is none: columns are named by position ('1', '2', ...), not ${JSON.stringify(named[0])}`
  complaints.error(at, `${printPath(at)} ${says}`)
}

function checkVisits(source: Source, path: SettingPath, complaints: Complaints): void {
  const long = gives(source, 'value')
  if (!long && source.wide.length === 0) {
    const says = 'layout visits needs columns under values, or the fields visit and value'
    complaints.error(path, `${printPath(path)}: ${says}`, 'name')
  }
  if (!long) return
  const at = [...path, 'columns', 'value']
  const named = source.fields.some(({ field, name }) => field === 'value' && name !== null)
  if (!gives(source, 'visit')) complaints.error(at, `${printPath(at)} needs the field visit beside it`, 'name')
  if (named === gives(source, 'parameter')) {
    complaints.error(at, `${printPath(at)}: name its parameter here or map the field parameter, one of the two`, 'name')
  }
}

/** Parameters that a long export names are described under `values` of some source. */
function checkParameters(study: AnalyticStudy, source: Source, path: SettingPath, complaints: Complaints): void {
  const known = study.values?.parameters.map(({ code }) => code) ?? []
  for (const { field, name, values, constant } of source.fields) {
    const named = field === 'value' ? [name] : field === 'parameter' ? [...Object.values(values ?? {}), constant] : []
    for (const code of named) {
      if (code === null || known.includes(code)) continue
      const at = [...path, 'columns', field]
      const says = `${JSON.stringify(code)} is not described under values`
      complaints.error(at, `${printPath(at)}: ${says}${suggestion(code, known)}`)
    }
  }
}

/** Two fields that answer one question. */
const RIVALS: readonly (readonly [FieldName, FieldName, string])[] = [
  ['date', 'studyDay', 'the other may be dayCheck'],
  ['end', 'duration', 'the end decides'],
  ['severity', 'severityNrs', 'they are two scales of one thing'],
  ['taken', 'date', 'the instant holds the date'],
  ['taken', 'studyDay', 'the instant holds the date'],
  ['medicationClass', 'product', 'a product has one class, by products'],
  ['rescue', 'rescueAfter', 'they are one time'],
  ['secondDose', 'secondDoseAfter', 'they are one time'],
  ['nextHeadache', 'nextHeadacheAfter', 'they are one time'],
]

function checkRivals(source: Source, path: SettingPath, complaints: Complaints): void {
  for (const [a, b, why] of RIVALS) {
    if (!gives(source, a) || !gives(source, b)) continue
    const at = [...path, 'columns', b]
    complaints.error(at, `${printPath(at)}: ${a} and ${b} are both mapped; map one (${why})`, 'name')
  }
  const rows = new Map<string, string>()
  for (const { column, parameter, visit } of source.wide) {
    const key = `${parameter} at visit ${visit}`
    const other = rows.get(column)
    if (other !== undefined) {
      const at = [...path, 'values', parameter, 'visits', String(visit)]
      complaints.error(at, `${printPath(at)}: column ${JSON.stringify(column)} is already ${other}`)
    }
    rows.set(column, key)
  }
}

/** Settings that would do nothing: most often a misunderstanding. */
function checkLeftovers(source: Source, path: SettingPath, complaints: Complaints): void {
  const warn = (setting: string, why: string): void =>
    complaints.warn([...path, setting], `${printPath([...path, setting])} has no effect: ${why}`, 'name')
  const mapped = columnsOf(source)
  const both = source.ignore.filter((column) => mapped.includes(column))
  if (both.length > 0) warn('ignore', `${both.map((column) => JSON.stringify(column)).join(', ')} is mapped`)
  if (source.dayZero !== 'none' && !gives(source, 'studyDay') && source.days.length === 0) {
    warn('dayZero', 'no column gives study days')
  }
  const products = Object.keys(source.products).length
  if (products > 0 && !gives(source, 'product')) warn('products', 'the field product is not mapped')
  if (products === 0 && gives(source, 'product') && source.layout !== 'subjects') {
    const at = [...path, 'columns', 'product']
    complaints.warn(at, `${printPath(at)}: no products are named, so no intake has a class`, 'name')
  }
}
