import type { Column } from '@afferent/records'
import { CLUSTER_TYPES, isPresent } from '@afferent/records'
import { type AnalyticStudy, type FieldName, type Source, toIsoDay } from '@afferent/study'
import { asText, type FieldValues, type FieldView } from '../read/field-view.ts'
import type { Slot } from '../read/read-plan.ts'
import type { RowJudge } from '../read/row-judge.ts'
import type { ConvertContext } from './converted.ts'
import { mapWords } from './map-words.ts'
import { fromTableDay, toTableDays } from './study-days.ts'

/** Days of intercurrent events that end no treatment by themselves. */
export const EVENT_DAYS = ['preventiveChanged', 'rescueBeyond', 'deviceFailed', 'pregnancy', 'death'] as const

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
  'surgery',
  'treatmentEnd',
  ...EVENT_DAYS,
  'treated',
  'clusterType',
  'guess',
] as const satisfies readonly FieldName[]
export const DAY_FACTS: ReadonlySet<string> = new Set([
  'treatmentStart',
  'randomised',
  'enrolled',
  'lastDay',
  'surgery',
  'treatmentEnd',
  ...EVENT_DAYS,
])

/** One fact about subjects, row by row. */
export interface FactColumn {
  readonly slot: Slot
  readonly column: Column
}

export const isFact = ({ field }: Pick<Slot, 'field'>): boolean =>
  field === 'covariate' || (SUBJECT_FACTS as readonly FieldName[]).includes(field)

/** Facts of all rows, in the words of the study file; study days as record tables count them. */
export function convertFacts(
  view: FieldView,
  slots: readonly Slot[],
  { source, study }: ConvertContext,
  judge: RowJudge,
): FactColumn[] {
  return slots.filter(isFact).map((slot) => {
    const values = view.of(slot)
    if (values.column.kind === 'text') return { slot, column: mapWords(inOwnWords(values), judge) }
    const isStudyDay = DAY_FACTS.has(slot.field) && study.calendar === 'relative'
    return { slot, column: isStudyDay ? toTableDays(values, source.dayZero, judge) : values.column }
  })
}

/** Types of cluster headache without a value map: episodic and chronic themselves, in any case; other words are unknown. */
function inOwnWords(values: FieldValues): FieldValues {
  const { slot } = values
  if (slot.field !== 'clusterType' || slot.values !== null) return values
  const words = asText(values).dictionary.flatMap((text) => {
    const type = CLUSTER_TYPES.find((known) => known === text.toLowerCase())
    return type === undefined ? [] : [[text, type] as const]
  })
  const own = CLUSTER_TYPES.map((type) => [type, type] as const)
  return { ...values, slot: { ...slot, values: Object.fromEntries([...own, ...words]) } }
}

/** What one range says about its subjects in one field: each value once per subject, with the first line it stands in. */
export interface FactReports {
  readonly subject: Int32Array
  /** Numbers, or codes of the dictionary. */
  readonly value: Float64Array
  readonly dictionary: readonly string[] | null
  readonly line: Int32Array
}

/** Reports of the rows that are not quarantined. `lineOf` gives the line of a row; `subject` its subject. */
export function collectReports(
  { column }: FactColumn,
  subjects: number,
  subject: Int32Array,
  lineOf: (row: number) => number,
  judge: RowJudge,
): FactReports {
  const says = rowsThatSay(column.valid, subject.length, judge)
  const values = new Float64Array(column.values)
  const rows = rowsOfNews(subject, values, says, new Float64Array(subjects).fill(Number.NaN))
  return {
    subject: at(rows, subject, new Int32Array(rows.length)),
    value: at(rows, values, new Float64Array(rows.length)),
    dictionary: column.kind === 'text' ? column.dictionary : null,
    line: rows.map(lineOf),
  }
}

/** A byte per row: whether it has a value and is not quarantined. */
function rowsThatSay(valid: Uint8Array | null, rows: number, judge: RowJudge): Uint8Array {
  const says = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) if (isPresent(valid, row) && !judge.isBad(row)) says[row] = 1
  return says
}

/** Rows whose value is new for their subject. `first`: NaN for each subject. */
function rowsOfNews(subject: Int32Array, value: Float64Array, says: Uint8Array, first: Float64Array): Int32Array {
  const others = new Map<number, Set<number>>()
  const rows = new Int32Array(subject.length)
  let count = 0
  for (let row = 0; row < rows.length; row++) {
    const s = subject[row]
    if (says[row] === 0 || first[s] === value[row]) continue
    if (Number.isNaN(first[s])) first[s] = value[row]
    else if (!isNewOf(others, s, value[row])) continue
    rows[count++] = row
  }
  return rows.subarray(0, count)
}

function isNewOf(known: Map<number, Set<number>>, subject: number, value: number): boolean {
  const values = known.get(subject)
  if (values?.has(value)) return false
  if (values === undefined) known.set(subject, new Set([value]))
  else values.add(value)
  return true
}

function at<T extends Int32Array | Float64Array>(rows: Int32Array, values: T, out: T): T {
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]]
  return out
}

/** Line of the first row of each subject that is not quarantined, 0 where there is none. */
export function firstLines(
  subjects: number,
  subject: Int32Array,
  lineOf: (row: number) => number,
  judge: RowJudge,
): Int32Array {
  const first = new Int32Array(subjects)
  let last = -1
  for (let row = 0; row < subject.length; row++) {
    const s = subject[row]
    if (s === last || s < 0 || judge.isBad(row)) continue
    if (first[s] === 0) first[s] = lineOf(row)
    last = s
  }
  return first
}

/** A fact as its file writes it, dates as ISO dates. */
export function printFact(
  value: number | string,
  field: string,
  { calendar }: Pick<AnalyticStudy, 'calendar'>,
  dayZero: Source['dayZero'],
): string {
  if (!DAY_FACTS.has(field)) return String(value)
  return calendar === 'dates' ? toIsoDay(value as number) : String(fromTableDay(value as number, dayZero))
}
