import type { Column, ColumnOf } from '@afferent/records'
import { allocate, FOLLOW_UPS, isPresent, markPresent, withoutFullMask } from '@afferent/records'
import { zone } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { checkSubmission } from '../rules/check-submission.ts'
import { oneKind, toNumbers, toPain } from './attacks.ts'
import { type Bits, toFeatures } from './bits.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { toFollowUpTimes } from './follow-up-times.ts'
import { toInstants } from './instants.ts'
import { toKind } from './to-kind.ts'

const READING = FOLLOW_UPS.indexOf('reading')

/** Follow-ups of attacks in rows of their own: a reading, a rescue, a further dose or a headache each. */
export function convertFollowUps(view: FieldView, { study }: ConvertContext, judge: RowJudge): Converted {
  const home = study.timezone === null ? null : zone(study.timezone)
  const start = view.get('t0')
  const t0 = start === undefined ? null : toInstants(start, view.get('t0Offset'), home, judge)
  const fields = {
    taken: view.get('taken'),
    offsets: view.get('takenOffset'),
    after: view.get('minutes'),
    nominal: null,
  }
  const times = toFollowUpTimes(fields, t0, home, judge)
  const number = toNumbers(view)
  const kind = toKinds(view)
  const pain = toPain(view)
  const features = toFeatures(view)
  requireOne(view, [number, t0?.utc], ['attack', 't0'], judge)
  requireOne(view, [times.taken, times.seconds], ['taken', 'minutes'], judge)
  excludeSilent(view, kind, pain, features, judge)
  const columns = {
    ...times,
    number,
    t0: t0?.utc,
    kind,
    submitted: toSubmitted(view, times.day, home, study.diary.lateHours, judge),
    pain,
    features: features?.bits,
    featuresAsked: features?.asked,
  }
  return { columns: present(columns), empty: null }
}

/** Without a field that says so, every row is a reading; so is a row that leaves it empty. */
function toKinds(view: FieldView): ColumnOf<'u8'> {
  const values = view.get('followUp')
  if (values === undefined) return oneKind('reading', view.rows)
  const kind = toKind(values.column, 'u8')
  const own = allocate.u8(view.rows)
  for (let row = 0; row < view.rows; row++) own[row] = isPresent(kind.valid, row) ? kind.values[row] : READING
  return { kind: 'u8', values: own, valid: null }
}

/** A row needs one of two fields: whose follow-up it is, and when it was. */
function requireOne(
  view: FieldView,
  columns: readonly (Column | undefined)[],
  fields: readonly ['attack', 't0'] | readonly ['taken', 'minutes'],
  judge: RowJudge,
): void {
  const slot = (view.get(fields[0]) ?? view.get(fields[1]))?.slot ?? null
  for (let row = 0; row < view.rows; row++) {
    const known = columns.some((column) => column !== undefined && isPresent(column.valid, row))
    if (!known && !judge.isBad(row)) judge.reject(row, 'value-missing', slot, `one of ${fields.join(', ')} is expected`)
  }
}

/** A reading that was due and holds nothing. */
function excludeSilent(
  view: FieldView,
  kind: ColumnOf<'u8'>,
  pain: ColumnOf<'u8'> | undefined,
  features: Bits | undefined,
  judge: RowJudge,
): void {
  for (let row = 0; row < view.rows; row++) {
    if (kind.values[row] !== READING) continue
    const speaks =
      (pain !== undefined && isPresent(pain.valid, row)) || (features !== undefined && features.asked.values[row] !== 0)
    if (!speaks) judge.exclude(row, 'row-without-values', null)
  }
}

/** Submissions of rows whose date is known; another is on time. */
function toSubmitted(
  view: FieldView,
  day: ColumnOf<'i32'>,
  home: ReturnType<typeof zone> | null,
  lateHours: number,
  judge: RowJudge,
): ColumnOf<'instant'> | undefined {
  const submission = view.get('submitted')
  if (submission === undefined) return undefined
  const submitted = toInstants(submission, undefined, home, judge)
  const judged = allocate.mask(view.rows)
  for (let row = 0; row < view.rows; row++) {
    if (isPresent(day.valid, row) && isPresent(submitted.utc.valid, row)) markPresent(judged, row)
  }
  const dated = { ...submitted, utc: { ...submitted.utc, valid: withoutFullMask(judged, view.rows) } }
  checkSubmission({ submitted: dated, slot: submission.slot, day: day.values, start: null, home, lateHours }, judge)
  return submitted.utc
}
