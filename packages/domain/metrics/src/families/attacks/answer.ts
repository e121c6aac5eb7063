import type { Areason } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import type { Points } from '../../points/points.ts'
import type { Attack, Noted } from './attack.ts'

/** Yes, no, or why there is no answer, for one attack; and the records it rests on. */
export interface Answer {
  readonly yes: boolean | null
  readonly reason: Areason | null
  /** No, because a reading is missing (`resp.missing = NRI`). */
  readonly imputed: boolean
  readonly uses: readonly Noted[]
  readonly leaves: readonly Noted[]
}

type Evidence = readonly Noted[]

export const answer = (yes: boolean, uses: Evidence = [], leaves: Evidence = []): Answer => ({
  yes,
  reason: null,
  imputed: false,
  uses,
  leaves,
})

export const noAnswer = (reason: Areason, uses: Evidence = [], leaves: Evidence = []): Answer => ({
  yes: null,
  reason,
  imputed: false,
  uses,
  leaves,
})

/** A missing reading: no under NRI, no answer under OC (R-RESP). */
export const missingReading = ({ responders }: Pick<AnalyticStudy, 'responders'>, leaves: Evidence = []): Answer =>
  responders.missing === 'NRI'
    ? { yes: false, reason: null, imputed: true, uses: [], leaves }
    : noAnswer('MISSING_ITEMS', [], leaves)

/** One row of adeff for one attack; `sequence` is its AVISITN, `day` the study day of t0. */
export function addAnswer(
  points: Points,
  place: number,
  sequence: number,
  day: number,
  attack: Attack,
  found: Answer,
): void {
  if (place < 0) return
  if (found.yes === null) points.none(place, sequence, found.reason ?? 'NOT_EVALUABLE')
  else points.answer(place, sequence, found.yes)
  points.on(day).uses('attacks', attack.row, Number.isNaN(attack.pain) ? 'no pain at t0' : `pain ${attack.pain} at t0`)
  if (found.imputed) points.derivedBy('NRI')
  for (const { table, row, note } of found.uses) points.uses(table, row, note)
  for (const { table, row, note } of found.leaves) points.leaves(table, row, note)
}
