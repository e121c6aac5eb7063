import type { Column, ColumnOf, FollowUpKind } from '@afferent/records'
import { allocate, FOLLOW_UPS, isPresent, markPresent, maskBytes } from '@afferent/records'
import { type FieldName, type Zone, zone } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { checkSubmission } from '../rules/check-submission.ts'
import { toFeatures } from './bits.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { type FollowUpTimes, type TimeFields, toFollowUpTimes } from './follow-up-times.ts'
import { dateAt, type Instants, toInstants } from './instants.ts'
import { toKind } from './to-kind.ts'

/** What a row says once about its attack: the instant, or the time since t0. */
const EVENTS = [
  ['rescue', 'rescue', 'rescueAfter'],
  ['dose', 'secondDose', 'secondDoseAfter'],
  ['headache', 'nextHeadache', 'nextHeadacheAfter'],
] as const satisfies readonly (readonly [FollowUpKind, FieldName, FieldName])[]

/** Readings of one time after t0, in columns of the attack's row. */
export interface ReadingColumns {
  /** Minutes after t0. */
  readonly at: number
  readonly view: FieldView
}

/**
 * Treated attacks: one record per row, and one follow-up for each reading, rescue, second dose and next headache that the
 * row holds. Follow-ups know their attack by t0.
 */
export function convertAttacks(
  view: FieldView,
  readings: readonly ReadingColumns[],
  { study }: ConvertContext,
  judge: RowJudge,
): Converted[] {
  const home = study.timezone === null ? null : zone(study.timezone)
  const written = view.get('t0')
  if (written === undefined) throw new Error('layout attacks without a t0')
  const t0 = toInstants(written, view.get('t0Offset'), home, judge)
  const followUps = [
    ...readings.map((reading) => toReading(reading, t0, home, judge)),
    ...EVENTS.flatMap((event) => toEvent(event, view, t0, home, judge)),
  ]
  const day = allocate.i32(view.rows)
  for (let row = 0; row < view.rows; row++) day[row] = dateAt(t0, row)
  const submitted = toSubmitted(view, t0, day, followUps, { home, lateHours: study.diary.lateHours }, judge)
  const features = toFeatures(view)
  const columns = {
    day: { kind: 'i32', values: day, valid: null } as const,
    number: toNumbers(view),
    t0: t0.utc,
    t0Offset: t0.offset,
    submitted,
    pain: toPain(view),
    features: features?.bits,
    featuresAsked: features?.asked,
    mbs: toWords(view, 'mbs'),
  }
  return [
    { columns: present(columns), empty: null },
    ...followUps.map(({ columns: own, empty }): Converted => {
      return { table: 'followUps', columns: present({ ...own, t0: t0.utc, submitted }), empty }
    }),
  ]
}

interface FollowUp {
  readonly columns: Readonly<Record<string, Column | undefined>> & { readonly day: ColumnOf<'i32'> }
  readonly empty: Uint8Array
}

function toReading({ at, view }: ReadingColumns, t0: Instants, home: Zone | null, judge: RowJudge): FollowUp {
  const fields = { taken: view.get('taken'), offsets: undefined, after: view.get('minutes'), nominal: at }
  const pain = toPain(view)
  const features = toFeatures(view)
  const columns = { ...toTimes(fields, t0, home, judge), kind: oneKind('reading', view.rows) }
  return {
    columns: { ...columns, pain, features: features?.bits, featuresAsked: features?.asked },
    empty: emptyRows(view.rows, (row) => says(pain, row) || (features?.asked.values[row] ?? 0) !== 0),
  }
}

function toEvent(
  [kind, instant, after]: (typeof EVENTS)[number],
  view: FieldView,
  t0: Instants,
  home: Zone | null,
  judge: RowJudge,
): FollowUp[] {
  const fields = { taken: view.get(instant), offsets: undefined, after: view.get(after), nominal: null }
  if (fields.taken === undefined && fields.after === undefined) return []
  const times = toTimes(fields, t0, home, judge)
  const empty = emptyRows(view.rows, (row) => says(times.taken, row) || says(times.seconds, row))
  return [{ columns: { ...times, kind: oneKind(kind, view.rows) }, empty }]
}

const toTimes = (fields: TimeFields, t0: Instants, home: Zone | null, judge: RowJudge) => ({
  ...(toFollowUpTimes(fields, t0, home, judge) satisfies FollowUpTimes),
})

const says = (column: Column | undefined, row: number): boolean => column !== undefined && isPresent(column.valid, row)

function emptyRows(rows: number, speaks: (row: number) => boolean): Uint8Array {
  const empty = new Uint8Array(maskBytes(rows))
  for (let row = 0; row < rows; row++) if (!speaks(row)) markPresent(empty, row)
  return empty
}

/** Submissions, judged by the date of the last thing that the row holds [P]: a row with a reading at 48 h is not late then. */
function toSubmitted(
  view: FieldView,
  t0: Instants,
  day: Int32Array,
  followUps: readonly FollowUp[],
  { home, lateHours }: { readonly home: Zone | null; readonly lateHours: number },
  judge: RowJudge,
): ColumnOf<'instant'> | undefined {
  const submission = view.get('submitted')
  if (submission === undefined) return undefined
  const submitted = toInstants(submission, undefined, home, judge)
  const last = day.slice()
  for (const { columns, empty } of followUps) {
    for (let row = 0; row < last.length; row++) {
      if (isPresent(empty, row) || !isPresent(columns.day.valid, row)) continue
      last[row] = Math.max(last[row], columns.day.values[row])
    }
  }
  checkSubmission({ submitted, slot: submission.slot, day: last, start: t0, home, lateHours }, judge)
  return submitted.utc
}

export function oneKind(kind: FollowUpKind, rows: number): ColumnOf<'u8'> {
  return { kind: 'u8', values: allocate.u8(rows).fill(FOLLOW_UPS.indexOf(kind)), valid: null }
}

export function toPain(view: FieldView): ColumnOf<'u8'> | undefined {
  const pain = view.get('pain')
  return pain === undefined ? undefined : toKind(pain.column, 'u8')
}

export function toNumbers(view: FieldView): ColumnOf<'i32'> | undefined {
  const number = view.get('attack')
  return number === undefined ? undefined : toKind(number.column, 'i32')
}

function toWords(view: FieldView, field: 'mbs'): ColumnOf<'u8'> | undefined {
  const values = view.get(field)
  return values === undefined ? undefined : toKind(values.column, 'u8')
}
