import { type Areason, MEDICATIONS, NO, type RecordTable, type Settled } from '@afferent/records'

import { mask } from '../../days/day-bits.ts'
import { dateOf } from '../../days/midnights.ts'
import type { Span } from '../../windows/schedule.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
import { WINDOW } from '../../windows/window-state.ts'
import { type Noted, numberAt } from '../attacks/attack.ts'
import { type ClusterAttack, clusterAttacks } from './cluster-attacks.ts'

/** Something counted, on a day given as distance from day 1. */
export interface DatedEvent {
  readonly day: number
  readonly parts: readonly Noted[]
}

const OBSERVED = mask('observed')

/**
 * The days of one subject that are observed for attacks of cluster headache: those of the diary (R-MISS, R-LOG), and dates with
 * a treated attack (`diary.episodeObserves`), as with episodes.
 */
export class ObservedDays {
  private readonly pass: SubjectPass
  private readonly treated = new Set<number>()

  constructor(pass: SubjectPass, attacks: RecordTable<'attacks'> | null) {
    this.pass = pass
    if (!pass.plan.study.diary.episodeObserves || pass.zero === null) return
    for (let row = pass.attackRows.from; row < pass.attackRows.to; row++) {
      this.treated.add((attacks?.columns.day?.values[row] as number) - pass.zero)
    }
  }

  has(day: number): boolean {
    const { days } = this.pass
    const at = day - days.start
    if (at < 0 || at >= days.length) return false
    return ((days.words[at] as number) & OBSERVED) !== 0 || this.treated.has(day)
  }

  countIn({ from, to }: Span): number {
    let n = 0
    for (let day = from; day <= to; day++) if (this.has(day)) n++
    return n
  }
}

/** Attacks of the subject that `pass` has read. */
export function attacksOf(pass: SubjectPass, settled: Settled): ClusterAttack[] {
  if (pass.zero === null) return []
  return clusterAttacks(pass.headaches, pass.days.start, settled.attacks, pass.attackRows, pass.zero)
}

/**
 * Uses of one class of medication: every intake is a use (not every day); where intakes are not logged, every episode that
 * names the class is one. What was not taken for headache is none.
 */
export function usesOf(
  { plan, zero, intakeRows, episodeRows }: SubjectPass,
  settled: Settled,
  name: 'oxygen' | 'triptan',
): DatedEvent[] {
  if (zero === null) return []
  const code = MEDICATIONS.indexOf(name)
  const uses: DatedEvent[] = []
  if ((plan.inputs.intakes & (1 << code)) !== 0) {
    const { day, medicationClass, forHeadache } = settled.intakes?.columns ?? {}
    for (let row = intakeRows.from; row < intakeRows.to; row++) {
      if (numberAt(medicationClass, row) !== code || numberAt(forHeadache, row) === NO) continue
      uses.push({ day: (day?.values[row] as number) - zero, parts: [{ table: 'intakes', row, note: name }] })
    }
    return uses
  }
  const { start, startOffset, medication } = settled.episodes?.columns ?? {}
  for (let row = episodeRows.from; row < episodeRows.to; row++) {
    if (((medication?.values[row] ?? 0) & (1 << code)) === 0) continue
    const date = dateOf(start?.values[row] as number, numberAt(startOffset, row) ?? 0)
    uses.push({ day: date - zero, parts: [{ table: 'episodes', row, note: name }] })
  }
  return uses
}

/** Events of one window, those on observed days and the others. */
export interface WindowCount {
  readonly observed: number
  readonly counted: readonly DatedEvent[]
  readonly left: readonly DatedEvent[]
  /** Why the window has no value; null: it has one. */
  readonly reason: Areason | null
}

/**
 * What one window counts, and why it has no value: NOT_REACHED, DISCONTINUED, no day 1 (NOT_EVALUABLE), too few observed days
 * (INSUFFICIENT_DAYS; of the baseline NO_BASELINE).
 */
export function countWindow(
  events: readonly DatedEvent[],
  days: ObservedDays,
  span: Span,
  state: number,
  zero: number | null,
): WindowCount {
  const inside = events.filter(({ day }) => day >= span.from && day <= span.to)
  const observed = days.countIn(span)
  const counted = inside.filter(({ day }) => days.has(day))
  return {
    observed,
    counted,
    left: inside.filter(({ day }) => !days.has(day)),
    reason: reasonOf(span, state, zero, observed),
  }
}

function reasonOf({ visit, minObserved }: Span, state: number, zero: number | null, observed: number): Areason | null {
  if (state & WINDOW.notReached) return 'NOT_REACHED'
  if (state & WINDOW.discontinued) return 'DISCONTINUED'
  if (zero === null) return 'NOT_EVALUABLE'
  if (observed >= minObserved && observed > 0) return null
  return visit === 0 ? 'NO_BASELINE' : 'INSUFFICIENT_DAYS'
}
