import type { StudyFacts } from '@afferent/records'
import { type AnalyticStudy, fromStudyDay, PREVA_VISIT, type Window, weekWindow, windowLabel } from '@afferent/study'
import type { Schedule, Span } from './schedule.ts'

const WEEK_DAYS = 7
/** PREVA: a 14-day run-in, and the last 14 days of the 28-day randomised phase [C14]. */
const RUN_IN = { visit: 0, label: 'Baseline', from: -14, to: -1 }
const LAST_TWO_WEEKS = { visit: PREVA_VISIT, label: windowLabel(15, 28), from: 15, to: 28 }
const PREVA_WEEKS = 4
/** Galcanezumab in episodic cluster headache: weeks 1 to 3 [C15]. */
export const GAL_ECH_WEEKS = 3

/** Windows of the weekly attacks of cluster headache. */
export interface ClusterSchedules {
  /** Of CHATT and of uses per week: the baseline first. */
  readonly rates: Schedule
  /** Study weeks that can be free of attacks. */
  readonly weeks: readonly Span[]
}

/**
 * Windows of a preset (endpoints.md section 5); null: the study has no weekly attacks.
 *
 * preva     baseline ADY -14..-1, endpoint ADY 15..28; free weeks 1 to 4
 * gal-ech   `weeks.baseline` and the study weeks, at least three; the mean of weeks 1 to 3 is made of those
 * weekly    `weeks.baseline` and the study weeks
 * Minimum   `week.minObs` observed days per seven days of the window, rounded up: 8 of 14 [P].
 */
export function clusterSchedules(study: AnalyticStudy, facts: StudyFacts): ClusterSchedules | null {
  const preset = study.cluster?.preset ?? 'attacks'
  if (preset === 'attacks') return null
  const toSpan = ({ visit, label, from, to }: Window): Span => {
    const span = { visit, label, from: fromStudyDay(from), to: fromStudyDay(to) }
    return { ...span, minObserved: Math.ceil((study.weeks.minObserved * (span.to - span.from + 1)) / WEEK_DAYS) }
  }
  const count =
    preset === 'preva' ? PREVA_WEEKS : preset === 'gal-ech' ? Math.max(GAL_ECH_WEEKS, facts.weeks) : facts.weeks
  const weeks = Array.from({ length: count }, (_, w) => toSpan(weekWindow(w + 1)))
  const spans = preset === 'preva' ? [toSpan(RUN_IN), toSpan(LAST_TWO_WEEKS)] : [toSpan(study.weeks.baseline), ...weeks]
  return { rates: { spans }, weeks }
}
