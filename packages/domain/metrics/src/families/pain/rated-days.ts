import type { PainKind } from '@afferent/study'
import type { Points } from '../../points/points.ts'
import { PAIN_KINDS } from '../../windows/quantities.ts'
import type { Span } from '../../windows/schedule.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'

/** Daily pain of the subject at hand from day `from` to day `to` (distances from day 1), NaN where a date is not rated. */
export function painOn({ days }: SubjectPass, kind: PainKind, from: number, to: number): Float64Array {
  const pain = days.pain[PAIN_KINDS.indexOf(kind)] as Float64Array
  return pain.slice(Math.max(0, from - days.start), Math.max(0, to - days.start + 1))
}

export const countRated = (pain: Float64Array): number =>
  pain.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0)

/** First and last day any window of the study reaches. */
export function reachOf(schedules: readonly { readonly spans: readonly Span[] }[]): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const { spans } of schedules) {
    for (const span of spans) {
      from = Math.min(from, span.from)
      to = Math.max(to, span.to)
    }
  }
  return { from, to }
}

/** Names the forms of a window to whoever asked where a value comes from: `note` null means the form gave nothing. */
export function nameForms(
  points: Points,
  { settled, diaryRows, zero }: SubjectPass,
  span: Pick<Span, 'from' | 'to'>,
  noteOn: (day: number) => string | null,
): void {
  const day = settled.diary?.columns.day?.values
  if (points.trace === null || day === undefined || zero === null) return
  for (let row = diaryRows.from; row < diaryRows.to; row++) {
    const distance = (day[row] as number) - zero
    if (distance < span.from || distance > span.to) continue
    const note = noteOn(distance)
    if (note === null) points.leaves('diary', row, 'not rated')
    else points.uses('diary', row, note)
  }
}
