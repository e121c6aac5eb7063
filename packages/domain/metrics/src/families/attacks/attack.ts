import { type Column, isPresent, type SettledName } from '@afferent/records'
import type { Zone } from '@afferent/study'
import { dateOf } from '../../days/midnights.ts'

/** A row of a settled table, and what it says. */
export interface Noted {
  readonly table: SettledName
  readonly row: number
  readonly note: string
}

/** Something that took place after t0; `after` is elapsed time in milliseconds. */
export interface AttackEvent extends Noted {
  readonly after: number
}

export interface Reading extends AttackEvent {
  /** NaN: not recorded. */
  readonly pain: number
  /** Bits of FEATURES that were present, and those that were answered. */
  readonly features: number
  readonly asked: number
}

/** A daily form on the time axis of an attack, in milliseconds since t0. */
export interface DailyForm extends Noted {
  readonly starts: number
  readonly ends: number
  /** It reports a headache of which no other record tells the time. */
  readonly headache: boolean
}

/** What a row of an attack says before its follow-ups are known. */
export interface AttackStart {
  /** Row of the attacks table. */
  readonly row: number
  /** UTC milliseconds. */
  readonly t0: number
  /** Minutes east of UTC at which t0 was written. */
  readonly offset: number
  /** The home zone if t0 was written in it, else null. */
  readonly zone: Zone | null
  /** Local date of t0. */
  readonly day: number
  /** NaN: not recorded. */
  readonly pain: number
}

/** Local date some time after t0: in the home zone if t0 was written in it, else in the offset of t0. */
export function dateAfter({ t0, offset, zone }: Pick<AttackStart, 't0' | 'offset' | 'zone'>, after: number): number {
  return dateOf(t0 + after, zone === null ? offset : zone.offsetAt(t0 + after))
}

/** A treated attack with everything that followed, in order of time. */
export interface Attack extends AttackStart {
  readonly features: number
  readonly asked: number
  /** Bit of the most bothersome symptom; 0: none was named. */
  readonly mbs: number
  readonly readings: readonly Reading[]
  readonly rescues: readonly AttackEvent[]
  readonly doses: readonly AttackEvent[]
  /** Headaches that began after t0, or still went on long after the reading at 2 h. */
  readonly headaches: readonly AttackEvent[]
  /** Those that its own follow-ups record. */
  readonly ownHeadaches: readonly AttackEvent[]
  readonly forms: readonly DailyForm[]
  /** Intakes that are no rescue although they came later, and why. */
  readonly noRescues: readonly Noted[]
}

export const minutes = (n: number): number => n * 60_000
export const hours = (n: number): number => n * 3_600_000

/** Elapsed time as people say it: '118 min', '20 h'. */
export function printElapsed(ms: number): string {
  const whole = Math.round(ms / 6000) / 10
  return whole >= 180 && whole % 60 === 0 ? `${whole / 60} h` : `${whole} min`
}

export const numberAt = (column: Column | undefined, row: number): number | null =>
  column !== undefined && isPresent(column.valid, row) ? (column.values[row] as number) : null
