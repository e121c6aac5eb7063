import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { FIELDS } from '../settings/fields.ts'
import type { FieldName } from '../source.ts'
import { HEADER_NAMES, headerSpellings, plainHeader } from './header-names.ts'
import { knownProduct } from './known-products.ts'
import { dayColumns } from './numbered-columns.ts'

/** Columns of an unknown export by what they most likely mean; each column means at most one thing. */
export type Recognised = ReadonlyMap<FieldName, ColumnProfile>

export function recogniseColumns(profile: ExportProfile): Recognised {
  const found = new Map<FieldName, ColumnProfile>()
  const taken = new Set<ColumnProfile>()
  const spellings = profile.columns.map((column) => headerSpellings(column.name))
  for (const [field, names] of HEADER_NAMES) {
    const column = names
      .split(' ')
      .map((name) => profile.columns.find((c, i) => !taken.has(c) && spellings[i]?.includes(name) && canHold(field, c)))
      .find((candidate) => candidate !== undefined)
    if (column === undefined) continue
    found.set(field, column)
    taken.add(column)
  }
  startOfTreatment(profile, found)
  return found
}

/** Beside diary days, a column 'start' of dates without a time of day is the start of the treatment. */
function startOfTreatment(profile: ExportProfile, found: Map<FieldName, ColumnProfile>): void {
  const start = found.get('start')
  const beside = found.has('date') || found.has('studyDay') || dayColumns(profile, found) !== null
  if (start?.type !== 'date' || found.has('end') || found.has('duration') || !beside) return
  found.delete('start')
  if (!found.has('treatmentStart')) found.set('treatmentStart', start)
}

/** Whether the cells look like what the field takes. */
export function canHold(field: FieldName, column: ColumnProfile): boolean {
  const { type } = column
  if (type === 'empty') return false
  switch (FIELDS[field].kind) {
    case 'flag':
      return type === 'yes-no' || isCount(column) || flagWords(column) !== null
    case 'grade':
      return type === 'integer' || type === 'number' || gradeWords(column) !== null
    case 'list':
      return type === 'text' && (field !== 'product' || column.values.some(({ value }) => knownProduct(value) !== null))
    case 'number':
      if (field === 'visit') return type === 'integer' && Number(column.min) >= 0
      return type === 'integer' || type === 'number' || type === 'yes-no' || (field === 'duration' && type === 'text')
    case 'day':
    case 'minutes':
      return type === 'integer' || type === 'yes-no'
    case 'date':
      return type === 'date'
    case 'instant':
      return type === 'instant' || type === 'date'
    default:
      return field === 'subject' || field === 'arm' || field === 'sex' || field === 'site' || type === 'text'
  }
}

const isCount = ({ type, min }: ColumnProfile): boolean => type === 'integer' && Number(min) >= 0

const YES = new Set(['yes', 'y', 'ja', 'j', 'oui', 'o', 'true', 'wahr', 'vrai', '1', 'x'])
const NO = new Set(['no', 'n', 'nein', 'non', 'false', 'falsch', 'faux', '0'])
/** What a flag is without a value map. */
const PLAIN_FLAGS = new Set(['y', 'n', 'yes', 'no', '1', '0', 'true', 'false'])

/** Value map of a yes/no column in another language; an empty one where none is needed; null: no yes/no column. */
export function flagWords(column: ColumnProfile): Record<string, string> | null {
  if (column.type === 'yes-no' || column.type === 'integer') {
    if (column.values.every(({ value }) => PLAIN_FLAGS.has(value.toLowerCase()) || isCount(column))) return {}
  }
  const words = column.values.map(({ value }) => value)
  if (words.length === 0 || column.distinct > 4 || words.length < column.distinct) return null
  if (!words.every((word) => YES.has(word.toLowerCase()) || NO.has(word.toLowerCase()))) return null
  if (words.every((word) => PLAIN_FLAGS.has(word.toLowerCase()))) return {}
  return Object.fromEntries(words.map((word) => [word, YES.has(word.toLowerCase()) ? 'Y' : 'N']))
}

const GRADE_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    '0 none no keine kein aucune aucun non',
    '1 mild light leicht schwach legere leger faible',
    '2 moderate medium mittel maessig moderee modere moyenne',
    '3 severe strong stark schwer severe forte intense',
  ].flatMap((line) => {
    const [grade, ...words] = line.split(' ')
    return words.map((word) => [word, grade as string])
  }),
)

/** Value map of a column with words such as mild or stark; null where other words occur. */
export function gradeWords(column: ColumnProfile): Record<string, string> | null {
  const words = column.values.map(({ value }) => value)
  if (column.type !== 'text' || words.length === 0 || words.length < column.distinct) return null
  const entries = words.map((word) => [word, GRADE_WORDS[plainHeader(word)]] as const)
  if (entries.some(([, grade]) => grade === undefined)) return null
  return Object.fromEntries(entries as [string, string][])
}
