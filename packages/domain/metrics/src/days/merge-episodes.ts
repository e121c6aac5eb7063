import { type Column, END_REASONS, FEATURES, isPresent, type RecordTable, YES } from '@afferent/records'
import type { Zone } from '@afferent/study'
import type { Headaches } from './headaches.ts'
import { dateOf, fits, HOUR_MS, lastDateOf, midnightOf } from './midnights.ts'
import { isTypicalAura } from './read-forms.ts'
import { ASLEEP } from './record-marks.ts'
import { FORM, type SubjectDays } from './subject-days.ts'

/** R-END: longest duration an episode without an end is given. */
const IMPUTED_HOURS = { headache: 72, cluster: 3 } as const
const NO_PAIN = 0
const ONGOING = END_REASONS.indexOf('ongoing')

export interface EpisodeRules {
  readonly zone: Zone | null
  readonly cluster: boolean
}

/**
 * Episodes of one subject (rows `from` to `to`, sorted by start) as headaches: touching or overlapping episodes are one
 * headache with the highest peak and every feature of its parts (section 3).
 *
 * R-END  A missing end is the earlier of 00:00 of the first later date whose form says no headache and 72 h after the
 *        start (180 min for cluster headache), but never past the next record's start. An imputed end does not merge
 *        with what it touches, and dates reached only by it are not observed through it.
 * An episode of severity 0 is no headache: `notePainless`.
 */
export function mergeEpisodes(
  into: Headaches,
  days: SubjectDays,
  episodes: RecordTable<'episodes'>,
  from: number,
  to: number,
  zero: number,
  rules: EpisodeRules,
): void {
  const c = episodes.columns
  const starts = c.start?.values as Float64Array
  into.clear()
  let k = -1
  for (let row = from; row < to; row++) {
    const start = starts[row] as number
    const offset = has(c.startOffset, row) ? (c.startOffset?.values[row] as number) : 0
    if (has(c.severity, row) && c.severity?.values[row] === NO_PAIN) {
      notePainless(days, episodes, row, start, offset, rules.zone, zero)
      continue
    }
    const merges = k >= 0 && into.hasRecordedEnd[k] === 1 && start <= (into.recordedEnd[k] as number)
    if (!merges) {
      k = into.open(start, offset)
      into.firstRow[k] = row
    }
    into.lastRow[k] = row
    into.lastRecordedDate[k] = dateOf(start, offset)
    addPart(
      into,
      k,
      episodes,
      row,
      start,
      offset,
      rules,
      row + 1 < to ? (starts[row + 1] as number) : Infinity,
      days,
      zero,
    )
  }
  for (let h = 0; h < into.count; h++) placeDates(into, h, rules.zone, zero + days.start)
}

/**
 * An episode of severity 0, such as an aura without headache, is no headache and parts or joins none. Its dates are observed,
 * and its aura and symptoms are theirs; without an end it touches the date of its start [P].
 */
function notePainless(
  days: SubjectDays,
  { columns: c }: RecordTable<'episodes'>,
  row: number,
  start: number,
  offset: number,
  home: Zone | null,
  zero: number,
): void {
  const end = has(c.end, row) ? (c.end?.values[row] as number) : start
  const endOffset = has(c.endOffset, row) ? (c.endOffset?.values[row] as number) : offsetOf(home, start, offset, end)
  const zone = fits(home, start, offset) && fits(home, end, endOffset) ? home : null
  const minutes = has(c.auraMinutes, row) ? (c.auraMinutes?.values[row] as number) : 0
  const features = (c.features?.values[row] ?? 0) | (minutes > 0 ? FEATURES.aura : 0)
  const shift = zero + days.start
  const last = Math.min(lastDateOf(start, offset, end, endOffset, zone) - shift, days.length - 1)
  for (let i = Math.max(0, dateOf(start, offset) - shift); i <= last; i++) {
    days.noted[i] = 1
    days.notedFeatures[i] = (days.notedFeatures[i] as number) | features
    if (isTypicalAura(minutes)) days.aura[i] = 1
  }
}

function addPart(
  into: Headaches,
  k: number,
  episodes: RecordTable<'episodes'>,
  row: number,
  start: number,
  offset: number,
  rules: EpisodeRules,
  nextStart: number,
  days: SubjectDays,
  zero: number,
): void {
  const c = episodes.columns
  if (has(c.severity, row)) into.peak[k] = Math.max(into.peak[k] as number, c.severity?.values[row] as number)
  if (c.features !== undefined) into.features[k] = (into.features[k] as number) | (c.features.values[row] as number)
  if (has(c.auraMinutes, row)) {
    const minutes = c.auraMinutes?.values[row] as number
    if (isTypicalAura(minutes)) into.aura[k] = 1
    if (minutes > 0) into.features[k] = (into.features[k] as number) | FEATURES.aura
  }
  if (has(c.migraine, row) && c.migraine?.values[row] === YES) into.patient[k] = 1

  const recorded = has(c.end, row)
  const end = recorded ? (c.end?.values[row] as number) : imputedEnd(start, offset, rules, nextStart, days, zero)
  if (recorded && (into.hasRecordedEnd[k] === 0 || end > (into.recordedEnd[k] as number))) {
    into.recordedEnd[k] = end
    into.hasRecordedEnd[k] = 1
  }
  if (end >= (into.end[k] as number)) {
    into.end[k] = end
    into.endOffset[k] =
      recorded && has(c.endOffset, row)
        ? (c.endOffset?.values[row] as number)
        : offsetOf(rules.zone, start, offset, end)
    const ongoing = has(c.endReason, row) && c.endReason?.values[row] === ONGOING
    into.endsFree[k] = recorded && !ongoing ? 1 : 0
    into.asleep[k] = recorded && has(c.endReason, row) && c.endReason?.values[row] === ASLEEP ? 1 : 0
  }
}

/** Offset of an end nobody wrote: that of the home zone if the start fits it, else the start's. */
function offsetOf(zone: Zone | null, start: number, startOffset: number, end: number): number {
  return zone !== null && fits(zone, start, startOffset) ? zone.offsetAt(end) : startOffset
}

function imputedEnd(
  start: number,
  offset: number,
  rules: EpisodeRules,
  nextStart: number,
  days: SubjectDays,
  zero: number,
): number {
  const hours = rules.cluster ? IMPUTED_HOURS.cluster : IMPUTED_HOURS.headache
  const latest = Math.min(start + hours * HOUR_MS, nextStart)
  const zone = fits(rules.zone, start, offset) ? rules.zone : null
  for (let date = dateOf(start, offset) + 1; ; date++) {
    const midnight = midnightOf(date, zone, offset)
    if (midnight >= latest) return latest
    if (days.form[date - zero - days.start] === FORM.no) return midnight
  }
}

function placeDates(into: Headaches, k: number, homeZone: Zone | null, shift: number): void {
  const start = into.start[k] as number
  const startOffset = into.startOffset[k] as number
  const end = into.end[k] as number
  const endOffset = into.endOffset[k] as number
  const zone = fits(homeZone, start, startOffset) && fits(homeZone, end, endOffset) ? homeZone : null
  const recordedEnd = into.recordedEnd[k] as number
  into.firstDate[k] = dateOf(start, startOffset) - shift
  into.lastDate[k] = lastDateOf(start, startOffset, end, endOffset, zone) - shift
  const lastOfRecorded =
    recordedEnd === end
      ? (into.lastDate[k] as number)
      : lastDateOf(start, startOffset, recordedEnd, offsetOf(homeZone, start, startOffset, recordedEnd), zone) - shift
  // A part without an end may begin at the midnight where the recorded ones end: its start is recorded too.
  into.lastRecordedDate[k] = Math.max(lastOfRecorded, (into.lastRecordedDate[k] as number) - shift)
}

const has = (column: Column | undefined, row: number): boolean => column !== undefined && isPresent(column.valid, row)
