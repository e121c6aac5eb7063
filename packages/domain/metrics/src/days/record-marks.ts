import { END_REASONS, MARKS, type MarkName, type RecordTable } from '@afferent/records'
import type { Headaches } from './headaches.ts'
import { HOUR_MS } from './midnights.ts'
import type { SubjectDays } from './subject-days.ts'

/** What the records of a date went through, as bits of `SubjectDays.marks`. */
export const MARK = {
  /** A headache of the date has an imputed end (R-END). */
  ENDFL: 1,
  /** The date belongs to an attack of more than 72 h (R-END). */
  STATMFL: 2,
  /** A run of headache dates reaches the date across a missing one (R-ATT). */
  GAPFL: 4,
} as const

/** Bits of the marks that validation leaves (MARKS), above those found here. */
export const markBit = (name: MarkName): number => 8 << MARKS.indexOf(name)

/** Marks of validation of the subject at hand, rows `from` to `to`. */
export function readMarks(
  days: SubjectDays,
  { columns }: RecordTable<'marks'>,
  from: number,
  to: number,
  zero: number,
): void {
  for (let row = from; row < to; row++) {
    const i = (columns.day?.values[row] as number) - zero - days.start
    mark(days, 8 << (columns.kind?.values[row] as number), i, i)
  }
}

const STATUS_HOURS = 72
/** Remissions up to this long by sleep or medication do not end an attack (ICHD-3 1.4.1). */
const REMISSION_HOURS = 12
export const ASLEEP = END_REASONS.indexOf('asleep')

/**
 * Marks dates touched by headaches with an imputed end, and by attacks of more than 72 h.
 *
 * An attack here is a headache with all that follow it after at most 12 h of remission by sleep or medication; its length
 * runs from the first start to the last recorded end. An imputed end never makes an attack long.
 *
 * Source  endpoint definitions, R-END; ICHD-3 1.4.1 [L].
 */
export function markHeadaches(days: SubjectDays, headaches: Headaches): void {
  let first = 0
  for (let k = 0; k < headaches.count; k++) {
    if ((headaches.end[k] as number) > (headaches.recordedEnd[k] as number) || headaches.hasRecordedEnd[k] === 0) {
      mark(days, MARK.ENDFL, headaches.firstDate[k] as number, headaches.lastDate[k] as number)
    }
    if (k > 0 && !continues(headaches, k)) first = k
    const hours = ((headaches.recordedEnd[k] as number) - (headaches.start[first] as number)) / HOUR_MS
    if (headaches.hasRecordedEnd[k] === 1 && hours > STATUS_HOURS) {
      mark(days, MARK.STATMFL, headaches.firstDate[first] as number, headaches.lastDate[k] as number)
    }
  }
}

function continues(headaches: Headaches, k: number): boolean {
  const before = k - 1
  const remission = (headaches.start[k] as number) - (headaches.end[before] as number)
  if (headaches.hasRecordedEnd[before] === 0 || remission > REMISSION_HOURS * HOUR_MS) return false
  return headaches.asleep[before] === 1 || headaches.relieved[before] === 1
}

function mark({ marks, length }: SubjectDays, bit: number, from: number, to: number): void {
  for (let i = Math.max(0, from); i <= Math.min(to, length - 1); i++) marks[i] = (marks[i] as number) | bit
}
