import type { StudyFacts } from '@afferent/records'
import {
  type AnalyticStudy,
  fromStudyDay,
  type PeriodMissing,
  periodWindow,
  type Window,
  weekWindow,
} from '@afferent/study'

/** A visit window as distances from the first treatment day, both ends included. */
export interface Span {
  readonly visit: number
  readonly label: string
  readonly from: number
  readonly to: number
  /** Days that must be observed for the window to be valid. */
  readonly minObserved: number
}

/** Baseline first, then the scheduled windows by visit. */
export interface Schedule {
  readonly spans: readonly Span[]
}

const PERIOD_DAYS = 28

/**
 * Days a period of 28 days must have observed (section 2); a study's own window of another length asks for the same
 * share, rounded up [P].
 */
export function minObservedOf(rule: PeriodMissing, days: number): number {
  const share = (of28: number): number => Math.ceil((of28 * days) / PERIOD_DAYS)
  switch (rule) {
    case 'prorate14':
      return share(14)
    case 'half':
      return Math.floor(days / 2) + 1
    case 'd20':
      return share(20)
    case 'strict80':
      return Math.ceil((80 * days) / 100)
    case 'complete':
      return days
  }
}

export function periodSchedule(study: AnalyticStudy, facts: StudyFacts): Schedule {
  const { periods } = study
  const count = periods.windows?.length ?? facts.periods
  const windows = Array.from({ length: count }, (_, k) => periodWindow(periods, k + 1))
  const spans = windows.map((window) => {
    const span = toSpan(window, 0)
    const days = span.to - span.from + 1
    return { ...span, minObserved: periods.minObserved ?? minObservedOf(periods.missing, days) }
  })
  return { spans: [toSpan(periods.baseline, periods.baselineMinObserved), ...spans.sort(byVisit)] }
}

export function weekSchedule(study: AnalyticStudy, facts: StudyFacts): Schedule {
  const { baseline, minObserved } = study.weeks
  const weeks = Array.from({ length: facts.weeks }, (_, w) => toSpan(weekWindow(w + 1), minObserved))
  return { spans: [toSpan(baseline, minObserved), ...weeks] }
}

/** Visits of what is not asked daily. A window of the periods that reaches into the baseline begins behind it. */
export function visitSchedule(study: AnalyticStudy, facts: StudyFacts): Schedule {
  const { baseline, windows } = study.visits
  const first = toSpan(baseline, 0)
  if (windows !== null) return { spans: [first, ...windows.map((window) => toSpan(window, 0)).sort(byVisit)] }
  const after = periodSchedule(study, facts).spans.slice(1)
  return {
    spans: [first, ...after.map((span) => ({ ...span, from: Math.max(span.from, first.to + 1), minObserved: 0 }))],
  }
}

const byVisit = (a: Span, b: Span): number => a.visit - b.visit

function toSpan(window: Window, minObserved: number): Span {
  return {
    visit: window.visit,
    label: window.label,
    from: fromStudyDay(window.from),
    to: fromStudyDay(window.to),
    minObserved,
  }
}
