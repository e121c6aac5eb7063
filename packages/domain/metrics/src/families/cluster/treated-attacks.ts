import type { AnalyticStudy } from '@afferent/study'
import { type Answer, answer, missingReading, noAnswer } from '../attacks/answer.ts'
import { type Attack, minutes, type Reading } from '../attacks/attack.ts'
import {
  firstBetween,
  firstUpTo,
  hasPain,
  othersNear,
  type ReadingWindow,
  readingAt,
  whyNotEvaluated,
} from '../attacks/readings.ts'

type Rules = Pick<AnalyticStudy, 'responders'>

/** The reading at 15 min, and how far it may lie from it (endpoints.md section 5). */
export const FIFTEEN: ReadingWindow = { at: 15, tolerance: 5 }
/** The reading that stands for the last one up to 60 min, as in section 4. */
export const SIXTY: ReadingWindow = { at: 60, tolerance: 15 }
/** Treated attacks are evaluated from moderate pain (2 of 0-4) on. */
export const MIN_PAIN = 2

/**
 * CHPR15: pain 2-4 at t0, 0-1 at 15 min, and no rescue through 60 min, that time included (ACT1 [C17]).
 *
 * A rescue up to 60 min is N whatever the reading. Undefined: pain at t0 missing or below 2; reading missing: N under NRI.
 */
export function respondsAt15(attack: Attack, rules: Rules): Answer {
  const rescue = firstUpTo(attack.rescues, 0, minutes(SIXTY.at))
  return decide(attack, rules, ({ pain }) => pain <= 1, rescue)
}

/** CHPF15: pain 0 at 15 min, and no rescue up to then; one at exactly 15 min does not spoil it (ACT2 [C18]). */
export function painFreeAt15(attack: Attack, rules: Rules): Answer {
  const rescue = firstBetween(attack.rescues, 0, minutes(FIFTEEN.at))
  return decide(attack, rules, ({ pain }) => pain === 0, rescue)
}

function decide(
  attack: Attack,
  rules: Rules,
  isMet: (reading: Reading) => boolean,
  rescue: ReturnType<typeof firstUpTo>,
): Answer {
  const why = whyNotEvaluated(attack, MIN_PAIN)
  if (why !== null) return noAnswer(why)
  const reading = readingAt(attack, FIFTEEN)
  const others = othersNear(attack, FIFTEEN, reading)
  if (rescue !== null) return answer(false, reading === null ? [rescue] : [rescue, reading], others)
  if (reading === null) return missingReading(rules, others)
  return answer(isMet(reading), [reading], others)
}

/**
 * CHSUS60: CHPR15, and pain 0-1 at every reading up to 60 min [C17].
 *
 * Readings    those after the one at 15 min up to 60 min, and the one that stands for 60 min (60 +- 15 min) [P].
 * Undefined   no answer to CHPR15: its reason; CHPR15 = Y and no reading behind the 15-min window: MISSING_ITEMS, under
 *             NRI too. CHPR15 = N is N.
 */
export function sustainedTo60(attack: Attack, rules: Rules): Answer {
  const response = respondsAt15(attack, rules)
  if (response.yes !== true) return response
  const first = readingAt(attack, FIFTEEN)
  const last = readingAt(attack, SIXTY)
  const later = attack.readings.filter(
    (one) =>
      hasPain(one) &&
      one !== first &&
      (one === last || (one.after >= (first?.after ?? 0) && one.after <= minutes(SIXTY.at))),
  )
  const uses = [...response.uses, ...later]
  if (later.some(({ pain }) => pain > 1)) return answer(false, uses)
  const behind = later.some(({ after }) => after > minutes(FIFTEEN.at + FIFTEEN.tolerance))
  return behind ? answer(true, uses) : noAnswer('MISSING_ITEMS', uses, response.leaves)
}
