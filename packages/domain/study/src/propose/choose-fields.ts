import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { FIELDS } from '../settings/fields.ts'
import type { FieldName, Source } from '../source.ts'
import { numberedColumns } from './numbered-columns.ts'
import type { Remarks } from './propose-values.ts'
import { gradeWords, type Recognised } from './recognise-columns.ts'

/** The recognised fields that the layout takes, one for each question. */
export function chooseFields(
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
  if (layout === 'days-wide' && !fields.has('date')) dateOfFirstDay(fields, profile)
  const length = found.get('duration')
  const whole = layout === 'daily' || layout === 'days-wide'
  if (whole && length !== undefined && length.type !== 'text' && !fields.has('hours')) fields.set('hours', length)
  const pain = found.get('painWorst') ?? found.get('painAvg')
  if (layout === 'episodes' && pain !== undefined && !fields.has('severity')) fields.set('severity', pain)
  const grade = fields.get('severity')
  if (grade !== undefined && isScale(grade)) {
    fields.delete('severity')
    const headache = layout === 'episodes' || fields.has('headache') || fields.has('hours')
    fields.set(headache ? 'severityNrs' : fields.has('painAvg') ? 'painWorst' : 'painAvg', grade)
  }
  return fields
}

/** A row per calendar sheet has the date of its day 1 in the one column of dates that means nothing else. */
function dateOfFirstDay(fields: Map<FieldName, ColumnProfile>, profile: ExportProfile): void {
  const taken = new Set(fields.values())
  const dates = profile.columns.filter((column) => column.type === 'date' && !taken.has(column))
  if (dates.length === 1) fields.set('date', dates[0] as ColumnProfile)
}

const FACTS: readonly FieldName[] = ['arm', 'treatmentStart', 'randomised', 'enrolled', 'sex', 'age', 'bmi', 'site']

/**
 * Facts of a subject that stand on rows without a day (REDCap's events and repeated instruments) cannot be read together
 * with the diary: they are left out, and the remark says how to export them.
 */
export function leaveFactsApart(fields: Map<FieldName, ColumnProfile>, profile: ExportProfile, remarks: Remarks): void {
  const day = fields.get('date') ?? fields.get('studyDay') ?? fields.get('start')
  if (day === undefined || day.missing === 0) return
  const apart = FACTS.filter((field) => (fields.get(field)?.missing ?? 0) + day.missing >= profile.rows)
  if (apart.length === 0) return
  const names = apart.map((field) => JSON.stringify(fields.get(field)?.name)).join(', ')
  for (const field of apart) fields.delete(field)
  const text =
    `CHECK: ${names} stand on rows without a day and are left out; export these rows as a file of their own and ` +
    'add a source for it with layout: subjects'
  remarks.push({ path: ['sources', 0, 'columns'], text })
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
