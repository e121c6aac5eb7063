import type { Column, ColumnOf } from '@afferent/records'
import { allocate, markPresent, withoutFullMask } from '@afferent/records'
import { type FieldName, zone } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { checkContradictions } from '../rules/check-contradictions.ts'
import { checkHours } from '../rules/check-hours.ts'
import { checkSubmission } from '../rules/check-submission.ts'
import { toFeatures, toMedication } from './bits.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { toDayChecks } from './day-checks.ts'
import { toInstants } from './instants.ts'
import { mapNumbers } from './map-words.ts'
import { DEFAULT_CUTS, toSeverity } from './severity.ts'
import { toDays } from './study-days.ts'
import { forEachValue, toKind } from './to-kind.ts'

const MINUTES_AN_HOUR = 60

/** Daily forms: one record per row. */
export function convertDiary(view: FieldView, context: ConvertContext, judge: RowJudge): Converted {
  const { source, study } = context
  const day = toDays(view, source.dayZero, judge) as ColumnOf<'i32'>
  const items = convertDailyItems(view, context, day, judge)
  const home = study.timezone === null ? null : zone(study.timezone)
  const submission = study.calendar === 'relative' ? undefined : view.get('submitted')
  const submitted = submission === undefined ? undefined : toInstants(submission, undefined, home, judge)
  if (submission !== undefined && submitted !== undefined) {
    const { lateHours } = study.diary
    checkSubmission({ submitted, slot: submission.slot, day: day.values, start: null, home, lateHours }, judge)
  }
  const columns = { day, slot: toSlots(view, judge), submitted: submitted?.utc, ...items }
  return { columns: present({ ...columns, ...toDayChecks(view, source.dayZero, judge) }), empty: null }
}

/** The answers of a daily form, without its day. */
export function convertDailyItems(
  view: FieldView,
  { source, study }: ConvertContext,
  day: ColumnOf<'i32'>,
  judge: RowJudge,
): Record<string, Column> {
  const kept = <K extends 'u8' | 'f64'>(field: FieldName, kind: K) => {
    const values = view.get(field)
    return values === undefined ? undefined : toKind(values.column, kind)
  }
  const severity = toSeverity(view, study.headache?.nrsCuts ?? DEFAULT_CUTS)
  const hours = toHours(view)
  checkHours(view, hours, day.values, study, judge)
  const fields = ['headache', 'migraine', 'painAvg', 'painWorst', 'painLeast'] as const
  const answers = Object.fromEntries(fields.map((field) => [field, view.get(field)]))
  const graded = view.get('severity') ?? view.get('severityNrs')
  checkContradictions(
    {
      ...(answers as Record<(typeof fields)[number], ReturnType<FieldView['get']>>),
      severity: graded,
      hours: view.get('hours'),
    },
    study.headache !== null,
    judge,
  )
  const features = toFeatures(view)
  const medication = toMedication(view, source.products, judge)
  const migraine = kept('migraine', 'u8')
  return present({
    headache: kept('headache', 'u8') ?? impliedHeadache(view.rows, [severity, hours], migraine),
    migraine,
    severity,
    hours,
    features: features?.bits,
    featuresAsked: features?.asked,
    auraMinutes: toMinutes(view),
    medication: medication?.bits,
    medicationAsked: medication?.asked,
    medicationEffective: kept('effective', 'u8'),
    painAvg: kept('painAvg', 'f64'),
    painWorst: kept('painWorst', 'f64'),
    painLeast: kept('painLeast', 'f64'),
    painNow: kept('painNow', 'f64'),
  })
}

/**
 * Headache yes or no of exports that do not ask it: yes where severity or hours are above 0 or the day is a migraine day,
 * no where severity or hours are 0. A migraine-free day may still be a headache day.
 */
function impliedHeadache(
  rows: number,
  amounts: readonly (Column | undefined)[],
  migraine: Column | undefined,
): ColumnOf<'u8'> | undefined {
  const given = amounts.filter((column) => column !== undefined)
  if (given.length === 0) return undefined
  const values = allocate.u8(rows)
  const valid = allocate.mask(rows)
  for (const column of given) {
    forEachValue(column, (value, row) => {
      if (value > 0) values[row] = 1
      markPresent(valid, row)
    })
  }
  if (migraine !== undefined) {
    forEachValue(migraine, (value, row) => {
      if (value === 0) return
      values[row] = 1
      markPresent(valid, row)
    })
  }
  return { kind: 'u8', values, valid: withoutFullMask(valid, rows) }
}

function toHours(view: FieldView): ColumnOf<'f64'> | undefined {
  const hours = view.get('hours')
  if (hours === undefined) return undefined
  return toKind(hours.column, 'f64', hours.slot.unit === 'minutes' ? 1 / MINUTES_AN_HOUR : 1)
}

export function toMinutes(view: FieldView): ColumnOf<'f64'> | undefined {
  const aura = view.get('auraMinutes')
  if (aura === undefined) return undefined
  return toKind(aura.column, 'f64', aura.slot.unit === 'hours' ? MINUTES_AN_HOUR : 1)
}

function toSlots(view: FieldView, judge: RowJudge): ColumnOf<'u8'> | undefined {
  const slot = view.get('slot')
  if (slot === undefined) return undefined
  return toKind(slot.column.kind === 'text' ? mapNumbers(slot, judge) : slot.column, 'u8')
}
