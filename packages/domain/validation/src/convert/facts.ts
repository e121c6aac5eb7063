import type { Column } from '@afferent/records'
import { isPresent } from '@afferent/records'
import type { FieldName } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { Slot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { mapWords } from './map-words.ts'

export const SUBJECT_FACTS = [
  'site',
  'arm',
  'condition',
  'sex',
  'age',
  'bmi',
  'painDuration',
  'treatmentStart',
  'randomised',
  'enrolled',
  'lastDay',
] as const satisfies readonly FieldName[]
export const TEXT_FACTS: ReadonlySet<string> = new Set(['site', 'arm', 'condition', 'sex'])
export const DAY_FACTS: ReadonlySet<string> = new Set(['treatmentStart', 'randomised', 'enrolled', 'lastDay'])

/** What one range says about its subjects in one field: each value once per subject, with the first line it stands in. */
export interface FactReports {
  readonly slot: Slot
  readonly isText: boolean
  readonly subject: readonly number[]
  readonly value: readonly (number | string)[]
  readonly line: readonly number[]
}

/** Facts of all rows that are not quarantined. `lineOf` gives the line of a row; `subject` its subject, -1 for none. */
export function collectFacts(
  view: FieldView,
  slots: readonly Slot[],
  subject: Int32Array,
  lineOf: (row: number) => number,
  judge: RowJudge,
): FactReports[] {
  const isFact = (slot: Slot) =>
    slot.field === 'covariate' || (SUBJECT_FACTS as readonly FieldName[]).includes(slot.field)
  return slots.filter(isFact).map((slot) => {
    const values = view.of(slot)
    const column = values.column.kind === 'text' ? mapWords(values, judge) : values.column
    return { slot, isText: column.kind === 'text', ...collect(column, subject, lineOf, judge) }
  })
}

function collect(
  column: Column,
  subject: Int32Array,
  lineOf: (row: number) => number,
  judge: RowJudge,
): Pick<FactReports, 'subject' | 'value' | 'line'> {
  const reports = { subject: [] as number[], value: [] as (number | string)[], line: [] as number[] }
  const seen = new Map<number, Set<number>>()
  let lastSubject = -1
  let lastValue = 0
  for (let row = 0; row < subject.length; row++) {
    const s = subject[row]
    const value = column.values[row]
    if (s === lastSubject && value === lastValue) continue
    if (s < 0 || judge.isBad(row) || !isPresent(column.valid, row)) continue
    lastSubject = s
    lastValue = value
    const known = seen.get(s)
    if (known?.has(value)) continue
    if (known === undefined) seen.set(s, new Set([value]))
    else known.add(value)
    reports.subject.push(s)
    reports.value.push(column.kind === 'text' ? column.dictionary[value] : value)
    reports.line.push(lineOf(row))
  }
  return reports
}
