import type { ColumnOf } from '@afferent/records'
import { allocate, isPresent, MEDICATIONS, markPresent, withoutFullMask } from '@afferent/records'
import { dayOfWall, type FieldName, zone } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import { asText } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { checkSubmission } from '../rules/check-submission.ts'
import { classOf, isNoMedication, remarkUnknown } from './bits.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { type Instants, toInstants } from './instants.ts'
import { toDays } from './study-days.ts'
import { toKind } from './to-kind.ts'

const MINUTE_MS = 60_000
const UNSPECIFIED = MEDICATIONS.indexOf('unspecified')

/** Intakes of acute medication: one record per row; a row that says 'no medication' is none (`no-medication`). */
export function convertIntakes(view: FieldView, context: ConvertContext, judge: RowJudge): Converted {
  const { source, study } = context
  const home = study.timezone === null ? null : zone(study.timezone)
  const written = view.get('taken')
  const taken = written === undefined ? null : toInstants(written, view.get('takenOffset'), home, judge)
  const day = toIntakeDays(view, taken, context, judge)
  const submission = study.calendar === 'relative' ? undefined : view.get('submitted')
  const submitted = submission === undefined ? undefined : toInstants(submission, undefined, home, judge)
  if (submission !== undefined && submitted !== undefined) {
    const { lateHours } = study.diary
    checkSubmission({ submitted, slot: submission.slot, day: day.values, start: null, home, lateHours }, judge)
  }
  const columns = {
    day,
    taken: taken === null ? undefined : onlyTimed(taken.utc, written?.timed ?? null),
    takenOffset: taken?.offset,
    submitted: submitted?.utc,
    medicationClass: toClasses(view, source.products, judge),
    product: toProducts(view, judge),
    forHeadache: asU8(view, 'forHeadache'),
    effective: asU8(view, 'effective'),
  }
  return { columns: present(columns), empty: null }
}

function asU8(view: FieldView, field: FieldName): ColumnOf<'u8'> | undefined {
  const values = view.get(field)
  return values === undefined ? undefined : toKind(values.column, 'u8')
}

/** Local date of the intake, else the date of the row; a row with neither is `value-missing`. */
function toIntakeDays(
  view: FieldView,
  taken: Instants | null,
  { source }: ConvertContext,
  judge: RowJudge,
): ColumnOf<'i32'> {
  const dated = toDays(view, source.dayZero, judge)
  const values = allocate.i32(view.rows)
  const slot = (view.get('taken') ?? view.get('date') ?? view.get('studyDay'))?.slot ?? null
  for (let row = 0; row < view.rows; row++) {
    const date = dated !== undefined && isPresent(dated.valid, row) ? dated.values[row] : null
    const local = taken !== null && isPresent(taken.utc.valid, row) ? dateOf(taken, row) : null
    values[row] = local ?? date ?? 0
    if (judge.isBad(row)) continue
    if (local === null && date === null) judge.reject(row, 'value-missing', slot)
    if (local !== null && date !== null && local !== date) {
      judge.remark(row, 'contradiction', slot, 'the intake falls on another date than its row')
    }
  }
  return { kind: 'i32', values, valid: null }
}

function dateOf({ utc, offset }: Instants, row: number): number {
  const minutes = offset !== undefined && isPresent(offset.valid, row) ? offset.values[row] : 0
  return dayOfWall(utc.values[row] + minutes * MINUTE_MS)
}

/** Instants of rows whose cell held a time of day. */
function onlyTimed(utc: ColumnOf<'instant'>, timed: Uint8Array | null): ColumnOf<'instant'> {
  if (timed === null) return utc
  const values = allocate.f64(utc.values.length)
  const valid = allocate.mask(values.length)
  for (let row = 0; row < values.length; row++) {
    if (!isPresent(utc.valid, row) || !isPresent(timed, row)) continue
    values[row] = utc.values[row]
    markPresent(valid, row)
  }
  return { kind: 'instant', values, valid: withoutFullMask(valid, values.length) }
}

/** Class as reported, else that of the product, else unspecified. */
function toClasses(view: FieldView, products: Parameters<typeof classOf>[1], judge: RowJudge): ColumnOf<'u8'> {
  const values = allocate.u8(view.rows).fill(UNSPECIFIED)
  const product = view.get('product')
  if (product !== undefined) {
    const column = asText(product)
    const codes = column.dictionary.map((name) => MEDICATIONS.indexOf(classOf(name, products) ?? 'unspecified'))
    for (let row = 0; row < view.rows; row++) {
      if (isPresent(column.valid, row)) values[row] = codes[column.values[row]]
    }
  }
  const reported = view.get('medicationClass')
  if (reported !== undefined) {
    for (let row = 0; row < view.rows; row++) {
      if (isPresent(reported.column.valid, row)) values[row] = reported.column.values[row]
    }
  } else if (product !== undefined) remarkUnknown(product, products, judge)
  return { kind: 'u8', values, valid: null }
}

function toProducts(view: FieldView, judge: RowJudge) {
  const product = view.get('product')
  if (product === undefined) return undefined
  const column = asText(product)
  const nothing = column.dictionary.map(isNoMedication)
  if (nothing.includes(true)) {
    for (let row = 0; row < view.rows; row++) {
      if (isPresent(column.valid, row) && nothing[column.values[row]]) judge.exclude(row, 'no-medication', product.slot)
    }
  }
  return column
}
