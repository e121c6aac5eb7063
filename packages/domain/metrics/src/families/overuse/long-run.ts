import { AREASONS, type Areason } from '@afferent/records'
import type { Span } from '../../windows/schedule.ts'

/** More than three months: four periods of 28 days [C 7]. 84 days do not suffice. */
const LONG_DAYS = 112

/**
 * Position of the first of the scheduled periods that follow each other without a gap up to period `last` and hold 112 days
 * together, the fewest that do; -1: there are not that many. Position 0 is the baseline, which is no period.
 */
export function startOfLongRun(spans: readonly Span[], last: number): number {
  const end = (spans[last] as Span).to
  for (let k = last; k >= 1; k--) {
    const span = spans[k] as Span
    if (k < last && span.to + 1 !== (spans[k + 1] as Span).from) return -1
    if (end - span.from + 1 >= LONG_DAYS) return k
  }
  return -1
}

/** What a period says, or why it says nothing. */
export type PeriodAnswer = 'yes' | 'no' | Areason

export const isReason = (answer: PeriodAnswer): answer is Areason => answer !== 'yes' && answer !== 'no'

/**
 * Whether something held in every period of a run, `first` to `last`. A period that says nothing leaves the run without an
 * answer, even where another one says no: without consecutive valid periods there is none. Of several reasons the first in the
 * order of R-NOPOST is given.
 */
export function heldThroughout(answers: readonly PeriodAnswer[], first: number, last: number): PeriodAnswer {
  let held: PeriodAnswer = 'yes'
  for (let k = first; k <= last; k++) {
    const answer = answers[k] as PeriodAnswer
    if (isReason(answer)) held = isReason(held) ? earlier(held, answer) : answer
    else if (answer === 'no' && !isReason(held)) held = 'no'
  }
  return held
}

const earlier = (a: Areason, b: Areason): Areason => (AREASONS.indexOf(a) <= AREASONS.indexOf(b) ? a : b)
