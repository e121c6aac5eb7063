import type { Areason } from '@afferent/records'
import { type Attack, type AttackEvent, minutes, type Noted, printElapsed, type Reading } from './attack.ts'

/** A time after t0 and how far a reading may lie from it, in minutes; both limits are included. */
export interface ReadingWindow {
  readonly at: number
  readonly tolerance: number
}

/**
 * The reading that stands for a time after t0.
 *
 * Definition  of the readings within the tolerance (limits included) that hold what is asked for, the nearest; of two equally
 *             near the later; of two at the same time the worse one [P].
 * Undefined   null: there is none.
 */
export function readingAt(
  attack: Pick<Attack, 'readings'>,
  { at, tolerance }: ReadingWindow,
  holds: (reading: Reading) => boolean = hasPain,
): Reading | null {
  let best: Reading | null = null
  for (const reading of attack.readings) {
    const distance = Math.abs(reading.after - minutes(at))
    if (distance > minutes(tolerance) || !holds(reading)) continue
    if (best === null || isPreferred(reading, distance, best, Math.abs(best.after - minutes(at)))) best = reading
  }
  return best
}

function isPreferred(reading: Reading, distance: number, best: Reading, bestDistance: number): boolean {
  if (distance !== bestDistance) return distance < bestDistance
  if (reading.after !== best.after) return reading.after > best.after
  return reading.pain > best.pain
}

export const hasPain = ({ pain }: Reading): boolean => !Number.isNaN(pain)

/** Readings near a time that were not the one used, for explanations. */
export function othersNear(
  attack: Pick<Attack, 'readings'>,
  { at, tolerance }: ReadingWindow,
  used: Reading | null,
): Noted[] {
  const reach = minutes(Math.max(tolerance * 2, at / 2))
  return attack.readings
    .filter((reading) => reading !== used && Math.abs(reading.after - minutes(at)) <= reach)
    .map((reading) => {
      const outside = Math.abs(reading.after - minutes(at)) > minutes(tolerance)
      const why = outside ? `outside ${at} +- ${tolerance} min` : 'another reading is nearer'
      return { ...reading, note: `${printElapsed(reading.after)}: ${why}` }
    })
}

/** First of some events after `from` and before `to` (both times not included); null: none. */
export const firstBetween = (events: readonly AttackEvent[], from: number, to: number): AttackEvent | null =>
  events.find(({ after }) => after > from && after < to) ?? null

/** First of some events after `from` (not included) up to `to` (included); null: none. */
export const firstUpTo = (events: readonly AttackEvent[], from: number, to: number): AttackEvent | null =>
  events.find(({ after }) => after > from && after <= to) ?? null

/** Why an attack is not evaluated: pain at t0 is not recorded, or below `minPain`; null: it is. */
export function whyNotEvaluated({ pain }: Pick<Attack, 'pain'>, minPain: number): Areason | null {
  if (Number.isNaN(pain)) return 'MISSING_ITEMS'
  return pain < minPain ? 'NOT_EVALUABLE' : null
}
