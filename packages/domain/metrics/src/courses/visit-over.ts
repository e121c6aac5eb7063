import { toStudyDay } from '@afferent/study'
import type { Span } from '../windows/schedule.ts'
import { type Course, type CourseVisit, visitOf } from './course.ts'

/**
 * The value of another parameter that belongs to a visit: of one with windows that of the window in which the visit ends (the
 * week, the period), of one without (exported values) that of the same visit number; the baseline of either is its visit 0 [P].
 */
export function visitOver(course: Course | null, span: Span): CourseVisit | null {
  if (course === null || span.visit === 0) return visitOf(course, span.visit)
  const end = toStudyDay(span.to)
  const windowed = course.visits.filter(({ visit, from }) => visit !== 0 && !Number.isNaN(from))
  if (windowed.length === 0) return visitOf(course, span.visit)
  return windowed.find(({ from, to }) => from <= end && end <= to) ?? null
}
