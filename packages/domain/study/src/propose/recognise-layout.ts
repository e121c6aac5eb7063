import { INSTRUMENTS } from '@afferent/instruments'
import type { ColumnProfile, ExportProfile } from '@afferent/records'
import { ANALYTES } from '../laboratory/analytes.ts'
import { FIELDS } from '../settings/fields.ts'
import type { FieldName } from '../source.ts'
import { headerSpellings, plainHeader } from './header-names.ts'
import { LAYOUT_HEADERS, type SpecialLayout } from './layout-headers.ts'
import { analyteColumns, itemColumns } from './named-columns.ts'
import { canHold, type Recognised } from './recognise-columns.ts'

/** A layout with columns nothing else has, and the columns of its own fields. */
export interface RecognisedLayout {
  readonly layout: SpecialLayout
  readonly fields: Recognised
}

const RELATIONS: readonly FieldName[] = ['relDevice', 'relProcedure', 'relStimulation', 'relDrug']
const PULSES: readonly FieldName[] = ['current', 'pulseWidth', 'frequency', 'onShare']
const SESSIONS: readonly FieldName[] = [...PULSES, 'minutes', 'prescribed', 'delivered', 'logGap']

/**
 * The layout of an export that is no diary: heart beats, treated attacks and what follows them, stimulation, adverse events,
 * laboratory, questionnaires. Null: none of these. A diary that also holds answers or results stays a diary.
 */
export function recogniseLayout(profile: ExportProfile, found: Recognised, diary: boolean): RecognisedLayout | null {
  const as = (layout: SpecialLayout, fits: (has: Has, fields: Recognised) => boolean): RecognisedLayout | null => {
    const fields = ownFields(profile, layout)
    return fits((field) => fields.has(field), fields) ? { layout, fields } : null
  }
  const lasts = found.has('end')
  return (
    as('rr-intervals', (has) => has('rr')) ??
    as('follow-ups', (has) => {
      const after = has('minutes') || has('taken')
      return after && has('pain') && (has('t0') || (has('attack') && !lasts && !found.has('start')))
    }) ??
    as('attacks', (has) => has('t0')) ??
    as('stimulation', (has) => {
      const told = SESSIONS.filter(has)
      return told.length >= 2 && told.some((field) => field !== 'minutes' && field !== 'frequency')
    }) ??
    as('adverse-events', (has) => {
      return has('term') && has('onset') && (has('serious') || has('organClass') || RELATIONS.some(has))
    }) ??
    (diary
      ? null
      : (as(
          'measurements',
          (has, fields) => has('analyte') && has('value') && names(fields.get('analyte'), ANALYTE_NAMES),
        ) ??
        as('measurements', () => analyteColumns(profile).length > 0) ??
        as('assessments', (has, fields) => {
          return has('item') && has('value') && names(fields.get('instrument'), INSTRUMENT_NAMES)
        }) ??
        as('assessments', () => itemColumns(profile).length > 0)))
  )
}

type Has = (field: FieldName) => boolean

const ANALYTE_NAMES = new Set(ANALYTES.flatMap(({ code, label }) => [plainHeader(code), plainHeader(label)]))
const INSTRUMENT_NAMES = new Set(INSTRUMENTS.map(({ code }) => plainHeader(code)))

/** Whether some cell is one of the names. */
const names = (column: ColumnProfile | undefined, known: ReadonlySet<string>): boolean =>
  column?.values.some(({ value }) => known.has(plainHeader(value))) === true

function ownFields(profile: ExportProfile, layout: SpecialLayout): Recognised {
  const fields = new Map<FieldName, ColumnProfile>()
  const taken = new Set<ColumnProfile>()
  for (const [field, names] of LAYOUT_HEADERS[layout]) {
    const fits = (column: ColumnProfile, name: string): boolean =>
      !taken.has(column) && headerSpellings(column.name).includes(name) && looksLike(field, column)
    const column = names
      .split(' ')
      .map((name) => profile.columns.find((one) => fits(one, name)))
      .find((one) => one !== undefined)
    if (column === undefined) continue
    fields.set(field, column)
    taken.add(column)
  }
  return fields
}

/** A text field of these layouts may hold numbers (items, results with '<') or partial dates; an empty column none. */
function looksLike(field: FieldName, column: ColumnProfile): boolean {
  if (column.type === 'empty') return field === 'resolved'
  if (field === 'value') return true
  const { kind } = FIELDS[field]
  return kind === 'text' || (kind === 'word' && column.type === 'text') || (kind !== 'word' && canHold(field, column))
}
