import type { Column, ColumnOf } from '@afferent/records'
import { allocate, isPresent, markPresent, withoutFullMask } from '@afferent/records'
import { dayOfWall, type Zone } from '@afferent/study'
import type { FieldValues } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { type Clock, type Instants, laterOffset, offsetAt, onClockOf, toInstants } from './instants.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const SECONDS_PER = { seconds: 1, minutes: 60, hours: 3600 } as const
/** Seconds that a column of 32 bits holds: 68 years. */
const MOST_SECONDS = 0x7fffffff

/** Where the times of one kind of follow-up stand. */
export interface TimeFields {
  readonly taken: FieldValues | undefined
  readonly offsets: FieldValues | undefined
  /** Time since t0. */
  readonly after: FieldValues | undefined
  /** Minutes after t0 of rows that say neither; null: such rows have no time. */
  readonly nominal: number | null
}

/** When the follow-up of each row took place; `day` is its local date, where it can be told. */
export interface FollowUpTimes {
  readonly taken: ColumnOf<'instant'> | undefined
  readonly takenOffset: ColumnOf<'i16'> | undefined
  readonly seconds: ColumnOf<'i32'> | undefined
  readonly day: ColumnOf<'i32'>
}

/**
 * Times of follow-ups: the instant that was written, else the time since t0, else the time its column stands for.
 *
 * Rejected   a follow-up before its t0 (`follow-up-before-attack`).
 * R-TZ       an hour that exists twice is the earlier one, unless it would then lie before t0: the later one is meant [P].
 */
export function toFollowUpTimes(
  fields: TimeFields,
  t0: Clock | null,
  home: Zone | null,
  judge: RowJudge,
): FollowUpTimes {
  const { rows } = judge
  const written = fields.taken === undefined ? null : readTaken(fields, t0, home, judge)
  const seconds = allocate.i32(rows)
  const elapsed = allocate.mask(rows)
  const day = allocate.i32(rows)
  const dated = allocate.mask(rows)
  for (let row = 0; row < rows; row++) {
    const start = t0 !== null && isPresent(t0.utc.valid, row) ? t0.utc.values[row] : null
    let utc: number | null = null
    let offset: number | null = null
    if (written !== null && isPresent(written.utc.valid, row)) {
      utc = written.utc.values[row]
      offset = offsetAt(written, row)
      if (start !== null && utc < start && !judge.isBad(row)) {
        judge.reject(row, 'follow-up-before-attack', fields.taken?.slot ?? null)
      }
    } else {
      const after = secondsAt(fields, row, judge)
      if (after === null) continue
      seconds[row] = after
      markPresent(elapsed, row)
      if (start !== null && t0 !== null) {
        utc = start + after * 1000
        offset = laterOffset(t0, row, utc, home)
      }
    }
    if (utc === null) continue
    day[row] = dayOfWall(utc + (offset ?? 0) * MINUTE_MS)
    markPresent(dated, row)
  }
  const relative = fields.after !== undefined || fields.nominal !== null
  return {
    taken: written?.utc,
    takenOffset: written?.offset,
    seconds: relative ? { kind: 'i32', values: seconds, valid: withoutFullMask(elapsed, rows) } : undefined,
    day: { kind: 'i32', values: day, valid: withoutFullMask(dated, rows) },
  }
}

function secondsAt({ after, nominal }: TimeFields, row: number, judge: RowJudge): number | null {
  if (after === undefined || !isPresent(after.column.valid, row)) return nominal === null ? null : nominal * 60
  const seconds = Math.round(
    after.column.values[row] * SECONDS_PER[(after.slot.unit ?? 'minutes') as keyof typeof SECONDS_PER],
  )
  if (seconds <= MOST_SECONDS) return seconds
  if (!judge.isBad(row)) judge.reject(row, 'out-of-range', after.slot)
  return null
}

function readTaken({ taken, offsets }: TimeFields, t0: Clock | null, home: Zone | null, judge: RowJudge): Clock | null {
  if (taken === undefined) return null
  const instants = toInstants(taken, offsets, home, judge)
  if (t0 === null) return instants
  return home === null ? onClockOf(t0, instants) : afterTheChange(instants, taken.offset, offsets?.column, t0, home)
}

/** Clocks of an hour that exists twice which would lie before their t0, an hour later. */
function afterTheChange(
  { utc, offset, wall }: Instants,
  inCell: Column | null,
  inColumn: Column | undefined,
  t0: Clock,
  home: Zone,
): Clock {
  const isWritten = (row: number): boolean =>
    (inCell !== null && isPresent(inCell.valid, row)) || (inColumn !== undefined && isPresent(inColumn.valid, row))
  const values = utc.values.slice()
  const offsets = offset?.values.slice()
  let moved = false
  for (let row = 0; row < values.length; row++) {
    if (!isPresent(utc.valid, row) || !isPresent(t0.utc.valid, row)) continue
    if (values[row] >= t0.utc.values[row] || isWritten(row)) continue
    const clock = wall.values[row]
    if (home.fromWall(clock).kind !== 'twice') continue
    const later = home.offsetAt(clock + DAY_MS)
    values[row] = clock - later * MINUTE_MS
    if (offsets !== undefined) offsets[row] = later
    moved = true
  }
  if (!moved) return { utc, offset }
  return {
    utc: { ...utc, values },
    offset: offset === undefined || offsets === undefined ? offset : { ...offset, values: offsets },
  }
}
