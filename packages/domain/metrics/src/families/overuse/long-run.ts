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

/** The first of some reasons in the order of R-NOPOST; null: there is none. */
export const firstReason = (reasons: readonly (Areason | null)[]): Areason | null =>
  AREASONS.find((reason) => reasons.includes(reason)) ?? null

/** What a period says, or why it says nothing. */
export type PeriodAnswer = { readonly holds: boolean } | { readonly why: Areason }

/**
 * Whether something held in every period of a run. A period that says nothing leaves the run without an answer, even where
 * another one says no: without consecutive valid periods there is none.
 */
export function heldThroughout(answers: readonly PeriodAnswer[]): PeriodAnswer {
  const why = firstReason(answers.map((answer) => ('why' in answer ? answer.why : null)))
  return why === null ? { holds: answers.every((answer) => 'holds' in answer && answer.holds) } : { why }
}
