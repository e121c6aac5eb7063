import { type Column, isPresent, type RecordTable, YES } from '@afferent/records'
import type { PainKind } from '@afferent/study'
import { MIGRAINE_SPECIFIC } from './medication.ts'
import { PAIN_KINDS } from './quantities.ts'
import { FORM, type SubjectDays } from './subject-days.ts'

/** An aura of these minutes makes a migraine day under leiden-30m [C2]. */
const AURA_MINUTES = { least: 5, most: 60 } as const

export const isTypicalAura = (minutes: number): boolean => minutes >= AURA_MINUTES.least && minutes <= AURA_MINUTES.most

/**
 * Headache part of the daily forms of one subject (rows `from` to `to`), onto `days`.
 *
 * The answer of a form is its headache field; without one, what severity, hours or the patient's migraine answer imply.
 * Several forms of one date (slots) are united: yes before no, the higher severity, the longer duration.
 */
export function readForms(
  days: SubjectDays,
  diary: RecordTable<'diary'>,
  from: number,
  to: number,
  zero: number,
  isLog: boolean,
): void {
  const c = diary.columns
  const day = c.day?.values as Int32Array
  const shift = zero + days.start
  for (let row = from; row < to; row++) {
    const i = (day[row] as number) - shift
    if (i < 0 || i >= days.length) continue
    const peak = has(c.severity, row) ? (c.severity?.values[row] as number) : -1
    const hours = has(c.hours, row) ? (c.hours?.values[row] as number) : -1
    const patient = has(c.migraine, row) ? (c.migraine?.values[row] as number) : -1
    const headache = has(c.headache, row) ? (c.headache?.values[row] as number) : -1
    const answer = answerOf(headache, peak, hours, patient, isLog)
    if (answer > (days.form[i] as number)) days.form[i] = answer
    if (peak > (days.formPeak[i] as number)) days.formPeak[i] = peak
    if (hours > (days.formHours[i] as number)) days.formHours[i] = hours
    if (patient === YES) days.formPatient[i] = 1
    if (c.features !== undefined) days.features[i] = (days.features[i] as number) | (c.features.values[row] as number)
    if (has(c.auraMinutes, row) && isTypicalAura(c.auraMinutes?.values[row] as number)) days.aura[i] = 1
    if (c.medication !== undefined) readMedication(days, diary, row, i)
  }
}

function answerOf(headache: number, peak: number, hours: number, patient: number, isLog: boolean): number {
  if (headache >= 0) return headache === YES ? FORM.yes : FORM.no
  if (peak >= 0) return peak > 0 ? FORM.yes : FORM.no
  if (hours >= 0) return hours > 0 ? FORM.yes : FORM.no
  if (patient === YES) return FORM.yes
  return isLog ? FORM.no : FORM.unanswered
}

function readMedication(days: SubjectDays, diary: RecordTable<'diary'>, row: number, i: number): void {
  const c = diary.columns
  const taken = c.medication?.values[row] as number
  if (taken !== 0) {
    days.treated[i] = (days.treated[i] as number) | taken
    days.acute[i] = (days.acute[i] as number) | taken
    if (taken & MIGRAINE_SPECIFIC && has(c.medicationEffective, row) && c.medicationEffective?.values[row] === YES) {
      days.effective[i] = 1
    }
  }
  const asked = c.medicationAsked === undefined ? has(c.medication, row) : c.medicationAsked.values[row] !== 0
  if (taken !== 0 || asked) days.medicationAnswered[i] = 1
}

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

const has = (column: Column | undefined, row: number): boolean => column !== undefined && isPresent(column.valid, row)
