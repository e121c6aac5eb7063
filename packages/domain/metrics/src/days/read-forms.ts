import { type ColumnOf, FEATURES, isPresent, type RecordTable, type Validity, YES } from '@afferent/records'
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
  const forms = formsInside(days, columns.day?.values as Int32Array, from, to, zero)
  const allAnswered = readAnswers(days, columns.headache, forms)
  readPeaks(days, columns.severity, forms)
  readHours(days, columns.hours, forms)
  readPatient(days, columns.migraine, forms)
  readFeatures(days, columns.features, forms)
  readAura(days, columns.auraMinutes, forms)
  readMedication(days, columns, forms)
  if (!allAnswered) inferAnswers(days, forms, isLog)
}

/** Rows whose dates lie on `days`, each at `day - shift`. */
interface Forms {
  readonly from: number
  readonly to: number
  readonly day: Int32Array
  readonly shift: number
}

/** Rows are sorted by day. */
function formsInside(days: SubjectDays, day: Int32Array, from: number, to: number, zero: number): Forms {
  const shift = zero + days.start
  let first = from
  let end = to
  while (first < end && (day[first] as number) < shift) first++
  while (end > first && (day[end - 1] as number) >= shift + days.length) end--
  return { from: first, to: end, day, shift }
}

// Whether a patient had headache on a date is close to chance for the processor, too: a branch on it costs more than all the
// rest of a row. So the loops compute with 0 and 1 instead; what a column holds where a value is missing is 0.

/** 1 where the row has a value, else 0. */
const presence = (valid: Validity, row: number): number =>
  valid === null ? 1 : ((valid[row >> 3] as number) >> (row & 7)) & 1

/** The higher of two small whole numbers. */
function higher(a: number, b: number): number {
  const more = b - a
  return a + (more & ~(more >> 31))
}

/** Whether every form answers the headache question itself. */
function readAnswers({ form }: SubjectDays, column: U8 | undefined, { from, to, day, shift }: Forms): boolean {
  if (column === undefined) {
    for (let row = from; row < to; row++) {
      const i = (day[row] as number) - shift
      if (form[i] === FORM.none) form[i] = FORM.unanswered
    }
    return from === to
  }
  const { values, valid } = column
  let answered = 0
  for (let row = from; row < to; row++) {
    const i = (day[row] as number) - shift
    const isAnswered = presence(valid, row)
    form[i] = higher(form[i] as number, FORM.unanswered + isAnswered + (isAnswered & (values[row] as number)))
    answered += isAnswered
  }
  return answered === to - from
}

function readPeaks({ formPeak }: SubjectDays, column: U8 | undefined, { from, to, day, shift }: Forms): void {
  if (column === undefined) return
  const { values, valid } = column
  for (let row = from; row < to; row++) {
    const i = (day[row] as number) - shift
    formPeak[i] = higher(formPeak[i] as number, (values[row] as number) + presence(valid, row) - 1)
  }
}

function readHours({ formHours }: SubjectDays, column: F64 | undefined, { from, to, day, shift }: Forms): void {
  if (column === undefined) return
  const { values, valid } = column
  for (let row = from; row < to; row++) {
    const i = (day[row] as number) - shift
    formHours[i] = Math.max(formHours[i] as number, (values[row] as number) + (presence(valid, row) - 1))
  }
}

function readPatient({ formPatient }: SubjectDays, column: U8 | undefined, { from, to, day, shift }: Forms): void {
  if (column === undefined) return
  const { values, valid } = column
  for (let row = from; row < to; row++) {
    if (values[row] === YES && isPresent(valid, row)) formPatient[(day[row] as number) - shift] = 1
  }
}

function readFeatures({ features }: SubjectDays, column: U16 | undefined, { from, to, day, shift }: Forms): void {
  if (column === undefined) return
  const { values } = column
  for (let row = from; row < to; row++) {
    const i = (day[row] as number) - shift
    features[i] = (features[i] as number) | (values[row] as number)
  }
}

function readAura(days: SubjectDays, column: F64 | undefined, { from, to, day, shift }: Forms): void {
  if (column === undefined) return
  const { aura, features } = days
  for (let row = from; row < to; row++) {
    if (!isPresent(column.valid, row)) continue
    const i = (day[row] as number) - shift
    const minutes = column.values[row] as number
    if (isTypicalAura(minutes)) aura[i] = 1
    if (minutes > 0) features[i] = (features[i] as number) | FEATURES.aura
  }
}

function readMedication(
  days: SubjectDays,
  { medication, medicationAsked, medicationEffective }: RecordTable<'diary'>['columns'],
  forms: Forms,
): void {
  if (medication === undefined) return
  const { treated, acute, medicationAnswered } = days
  const { from, to, day, shift } = forms
  const { values, valid } = medication
  const asked = medicationAsked?.values
  for (let row = from; row < to; row++) {
    const i = (day[row] as number) - shift
    const taken = values[row] as number
    const isAsked = asked === undefined ? presence(valid, row) : (asked[row] as number)
    medicationAnswered[i] = (medicationAnswered[i] as number) | Number((isAsked | taken) !== 0)
    treated[i] = (treated[i] as number) | taken
    acute[i] = (acute[i] as number) | taken
  }
  if (medicationEffective !== undefined) readEffective(days, medication, medicationEffective, forms)
}

function readEffective({ effective }: SubjectDays, taken: U16, column: U8, { from, to, day, shift }: Forms): void {
  const { values, valid } = column
  for (let row = from; row < to; row++) {
    const isMsm = ((taken.values[row] as number) & MIGRAINE_SPECIFIC) !== 0
    if (isMsm && values[row] === YES && isPresent(valid, row)) effective[(day[row] as number) - shift] = 1
  }
}

function inferAnswers(days: SubjectDays, { from, to, day, shift }: Forms, isLog: boolean): void {
  const { form, formPeak, formHours, formPatient } = days
  for (let row = from; row < to; row++) {
    const i = (day[row] as number) - shift
    if (form[i] !== FORM.unanswered) continue
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
