import { UTC_ALONE } from '@afferent/formats'
import type { Column, ColumnOf } from '@afferent/records'
import { allocate, isPresent, markPresent, withoutFullMask } from '@afferent/records'
import type { Zone } from '@afferent/study'
import { dayOfWall, wallOfDay } from '@afferent/study'
import type { FieldValues } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'

const MINUTE_MS = 60_000
/** Offset of a day on which clocks change. */
const CHANGES = 0x7fff
const SAYS = { twice: 'this hour exists twice', skipped: 'this hour does not exist' } as const

/** Instants in UTC beside the offsets at which they were written; no offset: the wall clock as written (no zone). */
export interface Instants {
  readonly utc: ColumnOf<'instant'>
  readonly offset: ColumnOf<'i16'> | undefined
  /** The wall clock as written. */
  readonly wall: Column
}

/**
 * Wall clocks to instants (R-TZ): by the offset in the cell, else that of the offset column, else the home zone (an hour
 * that exists twice: the earlier; one that does not exist: shifted forward, `clock-change`), else as written, without an
 * offset. An instant in UTC (Z) says nothing about the patient's clock: its local date is that of the offset column, else of
 * the home zone, else of UTC.
 */
export function toInstants(
  values: FieldValues,
  offsets: FieldValues | undefined,
  home: Zone | null,
  judge: RowJudge,
): Instants {
  const { column: wall, offset: inCell } = values
  const written = inCell === null ? null : allWritten(wall, inCell)
  if (written !== null) return written
  const rows = wall.values.length
  const utc = allocate.f64(rows)
  const offset = allocate.i16(rows)
  const known = allocate.mask(rows)
  const offsetOfDay = home === null ? null : dayOffsets(home)
  let anyKnown = false
  for (let row = 0; row < rows; row++) {
    if (!isPresent(wall.valid, row)) continue
    const clock = wall.values[row]
    const inUtc = inCell !== null && isPresent(inCell.valid, row) && inCell.values[row] === UTC_ALONE
    let minutes = writtenOffset(inUtc ? null : inCell, offsets?.column, row)
    let shift = 0
    if (inUtc) {
      minutes ??= home === null ? 0 : home.offsetAt(clock)
      shift = minutes * MINUTE_MS
    } else if (minutes === null && offsetOfDay !== null && home !== null) {
      minutes = offsetOfDay(dayOfWall(clock))
      if (minutes === CHANGES) {
        const instant = home.fromWall(clock)
        minutes = instant.offsetMinutes
        // A skipped wall clock is moved forward, so its instant is not clock minus offset.
        shift = instant.utc + minutes * MINUTE_MS - clock
        if (instant.kind !== 'exact' && !judge.isBad(row)) {
          judge.remark(row, 'clock-change', values.slot, SAYS[instant.kind])
        }
      }
    }
    utc[row] = clock + shift - (minutes ?? 0) * MINUTE_MS
    if (minutes === null) continue
    offset[row] = minutes
    markPresent(known, row)
    anyKnown = true
  }
  return {
    utc: { kind: 'instant', values: utc, valid: wall.valid },
    offset: anyKnown ? { kind: 'i16', values: offset, valid: withoutFullMask(known, rows) } : undefined,
    wall,
  }
}

/** Instants that all carry their offset in the cell; null: one does not, or is in UTC. */
function allWritten(wall: Column, offset: ColumnOf<'i16'>): Instants | null {
  if (offset.valid !== null || !(wall.values instanceof Float64Array)) return null
  const clocks = wall.values
  const minutes = offset.values
  const utc = allocate.f64(clocks.length)
  for (let row = 0; row < clocks.length; row++) {
    if (minutes[row] === UTC_ALONE) return null
    utc[row] = clocks[row] - minutes[row] * MINUTE_MS
  }
  return { utc: { kind: 'instant', values: utc, valid: wall.valid }, offset, wall }
}

/** Instants and their offsets. */
export type Clock = Pick<Instants, 'utc' | 'offset'>

export const offsetAt = ({ offset }: Clock, row: number): number | null =>
  offset !== undefined && isPresent(offset.valid, row) ? offset.values[row] : null

/** Local date of an instant, in its own offset. */
export const dateAt = (clock: Clock, row: number): number =>
  dayOfWall(clock.utc.values[row] + (offsetAt(clock, row) ?? 0) * MINUTE_MS)

/** Offset of a later instant that was written without one: the home zone's if the start was written in it, else the start's. */
export function laterOffset(start: Clock, row: number, utc: number, home: Zone | null): number | null {
  const offset = offsetAt(start, row)
  if (offset === null || home === null) return offset
  return home.offsetAt(start.utc.values[row]) === offset ? home.offsetAt(utc) : offset
}

/**
 * Without a home zone a later instant is read on the clock of its start: without an offset where the start has none, in the
 * start's offset where it has none itself. Otherwise 20:30+01:00 would lie before a start at 20:00.
 */
export function onClockOf(start: Clock, { utc, offset, wall }: Instants): Clock {
  const rows = wall.values.length
  const instants = utc.values.slice()
  const offsets = allocate.i16(rows)
  const known = allocate.mask(rows)
  for (let row = 0; row < rows; row++) {
    const startOffset = offsetAt(start, row)
    const own = offsetAt({ utc, offset }, row)
    const hasStart = isPresent(start.utc.valid, row)
    if (!isPresent(utc.valid, row) || (startOffset === null && (hasStart || own === null))) {
      instants[row] = wall.values[row]
      continue
    }
    offsets[row] = own ?? startOffset ?? 0
    if (own === null) instants[row] -= (startOffset ?? 0) * MINUTE_MS
    markPresent(known, row)
  }
  return {
    utc: { kind: 'instant', values: instants, valid: utc.valid },
    offset:
      start.offset === undefined ? undefined : { kind: 'i16', values: offsets, valid: withoutFullMask(known, rows) },
  }
}

function writtenOffset(inCell: Column | null, column: Column | undefined, row: number): number | null {
  if (inCell !== null && isPresent(inCell.valid, row)) return inCell.values[row]
  return column !== undefined && isPresent(column.valid, row) ? column.values[row] : null
}

/** Offset of a zone on a day of its wall clock, CHANGES where it changes around that day; each day is looked up once. */
function dayOffsets(home: Zone): (day: number) => number {
  const known = new Map<number, number>()
  let lastDay = Number.NaN
  let last = 0
  return (day) => {
    if (day === lastDay) return last
    lastDay = day
    const found = known.get(day)
    if (found !== undefined) {
      last = found
      return last
    }
    const before = home.offsetAt(wallOfDay(day - 1))
    const same = before === home.offsetAt(wallOfDay(day + 2)) && before === home.offsetAt(wallOfDay(day + 1) - 1)
    last = same ? before : CHANGES
    known.set(day, last)
    return last
  }
}
