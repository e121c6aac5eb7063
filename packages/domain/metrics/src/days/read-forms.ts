import { type ColumnOf, FEATURES, isPresent, type RecordTable, YES } from '@afferent/records'
import type { PainKind } from '@afferent/study'
import { PAIN_KINDS } from '../windows/quantities.ts'
import { MIGRAINE_SPECIFIC } from './medication.ts'
import { FORM, type SubjectDays } from './subject-days.ts'

/** An aura of these minutes makes a migraine day under leiden-30m [C2]. */
const AURA_MINUTES = { least: 5, most: 60 } as const

export const isTypicalAura = (minutes: number): boolean => minutes >= AURA_MINUTES.least && minutes <= AURA_MINUTES.most

/**
 * Headache part of the daily forms of one subject (rows `from` to `to`), onto `days`.
 *
 * The answer of a form is its headache field; without one, what severity, hours or the patient's migraine answer imply;
 * a form that is a mere log entry (`isLog`) says 'no headache but in episodes'. Several forms of one date (slots) are
 * united: yes before no, the higher severity, the longer duration. One loop per column: rows never become objects.
 */
export function readForms(
  days: SubjectDays,
  diary: RecordTable<'diary'>,
  from: number,
  to: number,
  zero: number,
  isLog: boolean,
): void {
  const { columns } = diary
  const at = placesOf(days, columns.day?.values as Int32Array, from, to, zero)
  const allAnswered = readAnswers(days, columns.headache, at, from)
  readPeaks(days, columns.severity, at, from)
  readHours(days, columns.hours, at, from)
  readPatient(days, columns.migraine, at, from)
  readFeatures(days, columns.features, at, from)
  readAura(days, columns.auraMinutes, at, from)
  readMedication(days, columns, at, from)
  if (!allAnswered) inferAnswers(days, at, isLog)
}

/** Position of each row's date on `days`; -1: outside. Valid until the next call. */
function placesOf(days: SubjectDays, day: Int32Array, from: number, to: number, zero: number): Int32Array {
  const shift = zero + days.start
  const n = to - from
  const places = days.placesFor(n)
  for (let k = 0; k < n; k++) {
    const i = (day[from + k] as number) - shift
    places[k] = i >= 0 && i < days.length ? i : -1
  }
  return places
}

/** Whether every form answers the headache question itself. */
function readAnswers(days: SubjectDays, column: U8 | undefined, at: Int32Array, from: number): boolean {
  const { form } = days
  let allAnswered = true
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    if (i < 0) continue
    let answer: number = FORM.unanswered
    if (column !== undefined && isPresent(column.valid, from + k)) {
      answer = column.values[from + k] === YES ? FORM.yes : FORM.no
    } else {
      allAnswered = false
    }
    if (answer > (form[i] as number)) form[i] = answer
  }
  return allAnswered
}

function readPeaks(days: SubjectDays, column: U8 | undefined, at: Int32Array, from: number): void {
  if (column === undefined) return
  const { formPeak } = days
  const { values, valid } = column
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    if (i < 0 || !isPresent(valid, from + k)) continue
    const peak = values[from + k] as number
    if (peak > (formPeak[i] as number)) formPeak[i] = peak
  }
}

function readHours(days: SubjectDays, column: F64 | undefined, at: Int32Array, from: number): void {
  if (column === undefined) return
  const { formHours } = days
  const { values, valid } = column
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    if (i < 0 || !isPresent(valid, from + k)) continue
    const hours = values[from + k] as number
    if (hours > (formHours[i] as number)) formHours[i] = hours
  }
}

function readPatient(days: SubjectDays, column: U8 | undefined, at: Int32Array, from: number): void {
  if (column === undefined) return
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    if (i >= 0 && isPresent(column.valid, from + k) && column.values[from + k] === YES) days.formPatient[i] = 1
  }
}

function readFeatures(days: SubjectDays, column: U16 | undefined, at: Int32Array, from: number): void {
  if (column === undefined) return
  const { features } = days
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    if (i >= 0) features[i] = (features[i] as number) | (column.values[from + k] as number)
  }
}

function readAura(days: SubjectDays, column: F64 | undefined, at: Int32Array, from: number): void {
  if (column === undefined) return
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    if (i < 0 || !isPresent(column.valid, from + k)) continue
    const minutes = column.values[from + k] as number
    if (isTypicalAura(minutes)) days.aura[i] = 1
    if (minutes > 0) days.features[i] = (days.features[i] as number) | FEATURES.aura
  }
}

function readMedication(
  days: SubjectDays,
  columns: RecordTable<'diary'>['columns'],
  at: Int32Array,
  from: number,
): void {
  const { medication, medicationAsked, medicationEffective } = columns
  if (medication === undefined) return
  const { treated, acute, medicationAnswered, effective } = days
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    if (i < 0) continue
    const taken = medication.values[from + k] as number
    const asked =
      medicationAsked === undefined ? isPresent(medication.valid, from + k) : medicationAsked.values[from + k] !== 0
    if (asked || taken !== 0) medicationAnswered[i] = 1
    if (taken === 0) continue
    treated[i] = (treated[i] as number) | taken
    acute[i] = (acute[i] as number) | taken
    const isMsm = (taken & MIGRAINE_SPECIFIC) !== 0
    if (isMsm && medicationEffective !== undefined && isPresent(medicationEffective.valid, from + k)) {
      if (medicationEffective.values[from + k] === YES) effective[i] = 1
    }
  }
}

function inferAnswers(days: SubjectDays, at: Int32Array, isLog: boolean): void {
  const { form, formPeak, formHours, formPatient } = days
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    if (i < 0 || form[i] !== FORM.unanswered) continue
    const peak = formPeak[i] as number
    const hours = formHours[i] as number
    if (peak > 0 || hours > 0 || formPatient[i] === 1) form[i] = FORM.yes
    else if (peak === 0 || hours === 0 || isLog) form[i] = FORM.no
  }
}

type U8 = ColumnOf<'u8'>
type U16 = ColumnOf<'u16'>
type F64 = ColumnOf<'f64'>

const PAIN_COLUMNS = { avg: 'painAvg', worst: 'painWorst', least: 'painLeast', now: 'painNow' } as const

/**
 * Daily pain of one subject: one rating per date and kind. Several ratings of a date: the mean for average and current
 * pain, the highest for worst, the lowest for least [P].
 */
export function readPain(
  days: SubjectDays,
  diary: RecordTable<'diary'>,
  from: number,
  to: number,
  zero: number,
  kinds: readonly PainKind[],
): void {
  const day = diary.columns.day?.values as Int32Array
  const shift = zero + days.start
  for (const kind of kinds) {
    const column = diary.columns[PAIN_COLUMNS[kind]]
    if (column === undefined) continue
    const k = PAIN_KINDS.indexOf(kind)
    const pain = days.pain[k] as Float64Array
    const ratings = days.ratings[k] as Uint8Array
    for (let row = from; row < to; row++) {
      const i = (day[row] as number) - shift
      if (i < 0 || i >= days.length || !isPresent(column.valid, row)) continue
      const value = column.values[row] as number
      const n = ratings[i] as number
      pain[i] = n === 0 ? value : unite(kind, pain[i] as number, value)
      ratings[i] = n + 1
    }
    if (kind === 'avg' || kind === 'now') toMeans(pain, ratings)
  }
}

function unite(kind: PainKind, before: number, value: number): number {
  if (kind === 'worst') return Math.max(before, value)
  if (kind === 'least') return Math.min(before, value)
  return before + value
}

function toMeans(pain: Float64Array, ratings: Uint8Array): void {
  for (let i = 0; i < pain.length; i++) {
    const n = ratings[i] as number
    if (n > 1) pain[i] = (pain[i] as number) / n
  }
}
