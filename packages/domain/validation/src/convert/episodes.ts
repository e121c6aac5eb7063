import type { Column, ColumnOf } from '@afferent/records'
import { allocate, isPresent, markPresent, withoutFullMask } from '@afferent/records'
import { dayOfWall, zone } from '@afferent/study'
import type { FieldView } from '../read/field-view.ts'
import type { RowJudge } from '../read/row-judge.ts'
import { checkAttackDurations } from '../rules/check-attack-durations.ts'
import { checkSubmission } from '../rules/check-submission.ts'
import { toFeatures, toMedication } from './bits.ts'
import { type ConvertContext, type Converted, present } from './converted.ts'
import { toMinutes } from './diary.ts'
import { type Clock, type Instants, laterOffset, offsetAt, onClockOf, toInstants } from './instants.ts'
import { DEFAULT_CUTS, toSeverity } from './severity.ts'
import { toKind } from './to-kind.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Headache or pain episodes: one record per row. The end is that of the export, else the start plus the duration. */
export function convertEpisodes(view: FieldView, { source, study }: ConvertContext, judge: RowJudge): Converted {
  const home = study.timezone === null ? null : zone(study.timezone)
  const written = view.get('start')
  if (written === undefined) throw new Error('layout episodes without a start')
  const start = toInstants(written, view.get('startOffset'), home, judge)
  const end = toEnds(view, start, home, judge)
  if (study.cluster !== null) checkAttackDurations(view, start, end, judge)
  const submission = view.get('submitted')
  const submitted = submission === undefined ? undefined : toInstants(submission, undefined, home, judge)
  if (submission !== undefined && submitted !== undefined) {
    const day = lastDates(start, end)
    const entry = { submitted, slot: submission.slot, day, home, lateHours: study.diary.lateHours }
    checkSubmission({ ...entry, start }, judge)
  }
  const features = toFeatures(view)
  const medication = toMedication(view, source.products, judge)
  const columns = {
    start: start.utc,
    startOffset: start.offset,
    end: end?.utc,
    endOffset: end?.offset,
    endReason: asU8(view, 'endReason'),
    submitted: submitted?.utc,
    severity: toSeverity(view, study.headache?.nrsCuts ?? DEFAULT_CUTS),
    migraine: asU8(view, 'migraine'),
    features: features?.bits,
    featuresAsked: features?.asked,
    auraMinutes: toMinutes(view),
    medication: medication?.bits,
    medicationAsked: medication?.asked,
    medicationEffective: asU8(view, 'effective'),
  }
  return { columns: present(columns), empty: null }
}

function asU8(view: FieldView, field: 'endReason' | 'migraine' | 'effective'): ColumnOf<'u8'> | undefined {
  const values = view.get(field)
  return values === undefined ? undefined : toKind(values.column, 'u8')
}

function toEnds(view: FieldView, start: Instants, home: ReturnType<typeof zone> | null, judge: RowJudge): Clock | null {
  const written = view.get('end')
  const own = written === undefined ? null : toInstants(written, view.get('endOffset'), home, judge)
  const ends = own === null || home !== null ? own : onClockOf(start, own)
  if (written !== undefined && ends !== null) {
    for (let row = 0; row < judge.rows; row++) {
      if (!isPresent(ends.utc.valid, row) || judge.isBad(row)) continue
      if (ends.utc.values[row] < start.utc.values[row]) judge.reject(row, 'end-before-start', written.slot)
    }
  }
  const duration = view.get('duration')
  if (duration === undefined) return ends
  const unitMs = duration.slot.unit === 'minutes' ? MINUTE_MS : HOUR_MS
  return addDurations(ends, start, duration.column, unitMs, view.get('endOffset')?.column, home)
}

/**
 * Ends of episodes that have only a duration: elapsed time after the start. Their offset is the one written for the end,
 * else the home zone's, else the start's.
 */
function addDurations(
  ends: Clock | null,
  start: Instants,
  duration: Column,
  unitMs: number,
  offset: Column | undefined,
  home: ReturnType<typeof zone> | null,
): Clock {
  const rows = duration.values.length
  const values = allocate.f64(rows)
  const offsets = allocate.i16(rows)
  const valid = allocate.mask(rows)
  const known = allocate.mask(rows)
  let anyKnown = false
  for (let row = 0; row < rows; row++) {
    const given = ends !== null && isPresent(ends.utc.valid, row)
    if (!given && (!isPresent(duration.valid, row) || !isPresent(start.utc.valid, row))) continue
    const utc = given ? ends.utc.values[row] : Math.round(start.utc.values[row] + duration.values[row] * unitMs)
    values[row] = utc
    markPresent(valid, row)
    const written = offset !== undefined && isPresent(offset.valid, row) ? offset.values[row] : null
    const minutes = given ? offsetAt(ends, row) : (written ?? laterOffset(start, row, utc, home))
    if (minutes === null) continue
    offsets[row] = minutes
    markPresent(known, row)
    anyKnown = true
  }
  return {
    utc: { kind: 'instant', values, valid: withoutFullMask(valid, rows) },
    offset: anyKnown ? { kind: 'i16', values: offsets, valid: withoutFullMask(known, rows) } : undefined,
  }
}

/** Local date of the end of each episode, of its start where it has none. */
function lastDates(start: Instants, end: Clock | null): Int32Array {
  const days = new Int32Array(start.utc.values.length)
  for (let row = 0; row < days.length; row++) {
    const from = end !== null && isPresent(end.utc.valid, row) ? end : start
    days[row] = dayOfWall(from.utc.values[row] + (offsetAt(from, row) ?? 0) * MINUTE_MS)
  }
  return days
}
