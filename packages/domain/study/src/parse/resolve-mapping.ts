import { FIELDS } from '../settings/fields.ts'
import type { RawMapping } from '../settings/source-settings.ts'
import type { FieldMapping, FieldName } from '../source.ts'
import { parseIsoDay } from '../time/calendar.ts'
import type { Complaints } from './complaints.ts'
import { suggestion } from './did-you-mean.ts'
import { printPath, type SettingPath } from './issue.ts'
import { namePatternFault } from './name-pattern.ts'

type Values = FieldMapping['values']

const YES_NO: Readonly<Record<string, string>> = {
  y: 'Y',
  yes: 'Y',
  true: 'Y',
  '1': 'Y',
  n: 'N',
  no: 'N',
  false: 'N',
  '0': 'N',
}
/** 4 is on the scale of cluster headache alone: checkAttacks. */
const GRADES: Readonly<Record<string, string>> = {
  '0': '0',
  '1': '1',
  '2': '2',
  '3': '3',
  '4': '4',
  none: '0',
  mild: '1',
  moderate: '2',
  severe: '3',
  'very severe': '4',
}

/** Column, constant or file name to a field, with its value map in the field's own words. */
export function resolveMapping(
  field: FieldName,
  raw: string | RawMapping,
  path: SettingPath,
  complaints: Complaints,
): FieldMapping {
  const given: RawMapping = typeof raw === 'string' ? { column: raw } : raw
  const origins = [given.column, given.constant, given.fileName].filter((origin) => origin !== undefined)
  if (origins.length !== 1) {
    complaints.error(path, `${printPath(path)} needs exactly one of column, constant, fileName`)
  }
  if (given.fileName !== undefined) {
    const fault = namePatternFault(given.fileName)
    if (fault !== null) complaints.error([...path, 'fileName'], `${printPath([...path, 'fileName'])}: ${fault}`)
  }
  if (given.constant !== undefined && given.values === undefined && !isConstantOf(field, given.constant)) {
    const at = [...path, 'constant']
    complaints.error(at, `${printPath(at)}: ${JSON.stringify(given.constant)} is no value of the field ${field}`)
  }
  if (given.parameter !== undefined && field !== 'value') {
    complaints.error([...path, 'parameter'], `${printPath([...path, 'parameter'])} belongs to the field value alone`)
  }
  return {
    field,
    name: given.parameter ?? null,
    column: given.column ?? null,
    constant: given.constant ?? null,
    fileName: given.fileName ?? null,
    values: resolveValues(field, given.values, [...path, 'values'], complaints),
    unit: resolveUnit(field, given.unit, [...path, 'unit'], complaints),
    missingWhenEmpty: given.missingWhenEmpty ?? null,
  }
}

/** A constant stands in place of cells of the field's kind; dates are written as 2026-03-31, days as numbers. */
function isConstantOf(field: FieldName, text: string): boolean {
  const whole = /^-?\d{1,6}$/.test(text)
  switch (FIELDS[field].kind) {
    case 'date':
      return whole || parseIsoDay(text) !== null
    case 'day':
    case 'minutes':
      return whole
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text))
    case 'instant':
      return false
    case 'flag':
    case 'grade':
    case 'word':
      return knownMeaning(field, text) === text
    case 'text':
      return FIELDS[field].words.length === 0 || FIELDS[field].words.includes(text)
    default:
      return true
  }
}

/** The unit of the cells: as written, else the field's first; null for fields without units. */
export function resolveUnit(
  field: FieldName,
  unit: FieldMapping['unit'] | undefined,
  path: SettingPath,
  complaints: Complaints,
): FieldMapping['unit'] {
  const { units } = FIELDS[field]
  if (unit === undefined || unit === null) return units[0] ?? null
  if (units.includes(unit)) return unit
  const known = units.length === 0 ? `${field} has no unit` : `expected one of ${units.join(', ')}`
  complaints.error(path, `${printPath(path)} is ${unit}; ${known}`)
  return null
}

/** Words of the export to words of the field: yes/no to Y/N, grades to 0-3, names of closed lists as they are. */
export function resolveValues(
  field: FieldName,
  values: Readonly<Record<string, string>> | undefined,
  path: SettingPath,
  complaints: Complaints,
): Values {
  if (values === undefined) return null
  if (field === 'product') {
    complaints.warn(path, `${printPath(path)} has no effect: products of the source gives names their classes`, 'name')
  }
  if (Object.hasOwn(values, '')) {
    complaints.warn(
      path,
      `${printPath(path)} maps the empty cell, which has no effect: it is no answer, never a no`,
      'name',
    )
  }
  const entries = Object.entries(values).map(([word, meaning]) => {
    const known = knownMeaning(field, meaning)
    if (known === null) {
      const at = [...path, word]
      complaints.error(at, `${printPath(at)} is ${JSON.stringify(meaning)}${suggestion(meaning, meanings(field))}`)
    }
    return [word, known ?? meaning] as const
  })
  return Object.fromEntries(entries)
}

function knownMeaning(field: FieldName, meaning: string): string | null {
  const { kind, words } = FIELDS[field]
  if (kind === 'flag') return YES_NO[meaning.toLowerCase()] ?? null
  if (kind === 'grade') return GRADES[meaning.toLowerCase()] ?? null
  if (words.length > 0) return words.includes(meaning) ? meaning : null
  return meaning
}

function meanings(field: FieldName): readonly string[] {
  const { kind, words } = FIELDS[field]
  if (kind === 'flag') return ['Y', 'N']
  return kind === 'grade' ? Object.keys(GRADES) : words
}
