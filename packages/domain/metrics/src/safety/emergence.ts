import type { Treatment } from './treatment.ts'

/** Dates of an adverse event as spans of days they can mean; null: not told, of an end: not ended. */
export interface EventDates {
  readonly start: { readonly from: number; readonly to: number } | null
  readonly end: { readonly from: number; readonly to: number } | null
  readonly worsened: boolean
  /** Related to the procedure, unknown included. */
  readonly procedural: boolean
}

export const PHASES = ['Before treatment', 'Procedure', 'Treatment', 'Follow-up'] as const
export type Phase = (typeof PHASES)[number]

/** Where an event stands in its subject's treatment. */
export interface Emergence {
  /** Day of onset that was decided by; null: it cannot be told. */
  readonly onset: number | null
  readonly phase: Phase | null
  readonly emergent: boolean
}

/**
 * Whether an adverse event is treatment-emergent.
 *
 * Definition  onset from the first stimulation to `followUpDays` (30) after the last, or worsened in that time; of an implant
 *             events related to the procedure from the start of surgery on, in a phase of their own.
 * Onset       of a partial date the earliest possible day, but the first stimulation where the known parts match its date,
 *             and never after a recorded end (the latest day it can mean).
 * Phase       Procedure: related to it, from surgery to the day before the first stimulation; Treatment: emergent otherwise;
 *             Before treatment and Follow-up: not emergent [P].
 * Worsened    the day it grew worse is not told: an event that was there in that time did so in it [P].
 * Undefined   never treated: not emergent, no phase, but for procedure events of an implant that was never switched on, which
 *             count for `followUpDays` after the last study day; neither onset nor first stimulation: no onset.
 * Source      endpoints.md section 11, TRTEMFL.
 */
export function emergenceOf(event: EventDates, treatment: Treatment, followUpDays: number): Emergence {
  const { first, last, surgery } = treatment
  const onset = onsetOf(event, first)
  const until = last === null ? Number.POSITIVE_INFINITY : last + followUpDays
  if (onset === null) return { onset, phase: null, emergent: false }
  const early = first === null || onset < first
  const procedural = event.procedural && surgery !== null && onset >= surgery
  if (early && procedural && (first === null || onset <= until)) return { onset, phase: 'Procedure', emergent: true }
  if (first === null) return { onset, phase: null, emergent: false }
  if (onset >= first && onset <= until) return { onset, phase: 'Treatment', emergent: true }
  const lasted = event.end === null || event.end.to >= first
  if (event.worsened && lasted && onset <= until) return { onset, phase: 'Treatment', emergent: true }
  return { onset, phase: early ? 'Before treatment' : 'Follow-up', emergent: false }
}

/** The day an event is taken to have begun. */
export function onsetOf({ start, end }: EventDates, first: number | null): number | null {
  const earliest =
    start === null ? first : first !== null && start.from <= first && first <= start.to ? first : start.from
  if (earliest === null) return null
  return end === null ? earliest : Math.min(earliest, end.to)
}
