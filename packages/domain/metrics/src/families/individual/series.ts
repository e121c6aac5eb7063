import { fromStudyDay, type PainKind } from '@afferent/study'
import type { Plan } from '../../catalogue/entry.ts'
import type { Course } from '../../courses/course.ts'
import type { Span } from '../../windows/schedule.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
import { DAILY_CODES } from '../pain/pain-entries.ts'
import { countRated, painOn } from '../pain/rated-days.ts'

/** Values of one patient before and from day 1 on, occasion by occasion in order of time; NaN: not observed. */
export interface Series {
  readonly before: Phase
  readonly after: Phase
}

export interface Phase {
  readonly values: Float64Array
  /** Distance of each occasion from day 1; NaN: the occasion has no day. */
  readonly days: Float64Array
}

const DAYS_OF_A_WEEK = 7
const KINDS = Object.entries(DAILY_CODES) as [PainKind, string][]

/** The kind of rating that a code of daily pain is about; null: the code is no daily one. */
export const dailyKindOf = (code: string): PainKind | null => KINDS.find(([, daily]) => daily === code)?.[0] ?? null

/** The kind whose weekly mean a code is; null: it is none. */
const weeklyKindOf = (code: string): PainKind | null => KINDS.find(([, daily]) => `${daily}W` === code)?.[0] ?? null

/** Daily ratings: the baseline window, and the days from day 1 to `last`. */
export function dailySeries(pass: SubjectPass, kind: PainKind, baseline: Span, last: number): Series {
  return {
    before: { values: painOn(pass, kind, baseline.from, baseline.to), days: range(baseline.from, baseline.to) },
    after: { values: painOn(pass, kind, 0, last), days: range(0, last) },
  }
}

/**
 * Values by visit: the baseline is one occasion. A weekly mean of pain has the whole weeks of the baseline window instead,
 * counted back from the baseline week's last day, each valid as any week is [P].
 */
export function visitSeries(plan: Plan, pass: SubjectPass, course: Course): Series {
  const after = course.visits.filter(({ visit }) => visit !== 0)
  const base = course.visits.find(({ visit }) => visit === 0)
  const kind = weeklyKindOf(course.code)
  const values = Float64Array.from(after, (one) => one.value)
  const days = Float64Array.from(after, (one) => (Number.isNaN(one.to) ? Number.NaN : fromStudyDay(one.to)))
  if (kind !== null) return { before: baselineWeeks(plan, pass, kind), after: { values, days } }
  const at = base === undefined || Number.isNaN(base.to) ? Number.NaN : fromStudyDay(base.to)
  return {
    before: { values: Float64Array.of(base?.value ?? Number.NaN), days: Float64Array.of(at) },
    after: { values, days },
  }
}

function baselineWeeks({ periods, weeks }: Plan, pass: SubjectPass, kind: PainKind): Phase {
  const { to, minObserved } = weeks.spans[0] as Span
  const { from } = periods.spans[0] as Span
  const values: number[] = []
  const days: number[] = []
  for (let end = to; end - DAYS_OF_A_WEEK + 1 >= from; end -= DAYS_OF_A_WEEK) {
    const week = painOn(pass, kind, end - DAYS_OF_A_WEEK + 1, end)
    values.unshift(countRated(week) >= minObserved ? meanOf(week) : Number.NaN)
    days.unshift(end)
  }
  return { values: Float64Array.from(values), days: Float64Array.from(days) }
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (const value of values) if (!Number.isNaN(value)) sum += value
  return sum / countRated(values)
}

const range = (from: number, to: number): Float64Array =>
  Float64Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)

/** The occasions of a phase that were observed. */
export function observedOf({ values, days }: Phase): Phase {
  const keep = (_: number, i: number): boolean => !Number.isNaN(values[i] as number)
  return { values: values.filter(keep), days: days.filter(keep) }
}
