import { toStudyDay } from '@afferent/study'
import type { Schedule } from './schedule.ts'

/** The windows of a schedule as columns, for loops that go through all of them for every subject. */
export interface WindowColumns {
  readonly visit: Int32Array
  /** Study days, both included. */
  readonly from: Int32Array
  readonly to: Int32Array
  readonly minObserved: Float64Array
}

export const windowColumns = ({ spans }: Schedule): WindowColumns => ({
  visit: Int32Array.from(spans, (span) => span.visit),
  from: Int32Array.from(spans, (span) => toStudyDay(span.from)),
  to: Int32Array.from(spans, (span) => toStudyDay(span.to)),
  minObserved: Float64Array.from(spans, (span) => span.minObserved),
})
