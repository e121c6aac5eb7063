import type { Areason } from '@afferent/records'
import type { Plan } from '../../catalogue/entry.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
import { type AttackStart, dateAfter } from './attack.ts'

const DAY_HOURS = 24

/**
 * Why a window of an attack has no answer, whatever the records say (R-NOPOST): its last date lies less than
 * `diary.lateHours` before the end of the cut (NOT_REACHED), or it begins after the last study day (DISCONTINUED); null:
 * neither.
 *
 * Input  from, to: the window in milliseconds since t0.
 */
export function whyClosed(
  { study, facts }: Plan,
  { zero, lastDay }: Pick<SubjectPass, 'zero' | 'lastDay'>,
  attack: AttackStart,
  from: number,
  to: number,
): Areason | null {
  const { cut } = facts
  if (cut !== null && (cut - dateAfter(attack, to)) * DAY_HOURS < study.diary.lateHours) return 'NOT_REACHED'
  return lastDay !== null && zero !== null && dateAfter(attack, from) > zero + lastDay ? 'DISCONTINUED' : null
}
