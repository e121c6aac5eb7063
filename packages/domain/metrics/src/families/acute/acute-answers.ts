import { FEATURES, MBS } from '@afferent/records'
import type { AcuteFamily, AnalyticStudy } from '@afferent/study'
import { type Answer, answer, missingReading, noAnswer } from '../attacks/answer.ts'
import { type Attack, type AttackEvent, minutes, printElapsed, type Reading } from '../attacks/attack.ts'
import {
  firstBetween,
  hasPain,
  othersNear,
  type ReadingWindow,
  readingAt,
  whyNotEvaluated,
} from '../attacks/readings.ts'

/** What the answers of one attack need to know of the study. */
export type AcuteRules = AcuteFamily & Pick<AnalyticStudy, 'responders'>

type Time = keyof AcuteFamily['windows']

const windowOf = ({ windows }: AcuteFamily, time: Time): ReadingWindow => ({
  at: Number(time),
  tolerance: windows[time],
})

/**
 * Decides an endpoint at one time after t0 by the pain there.
 *
 * Definition  N if a rescue was taken in (t0, t0 + time), whatever the reading; else what `isMet` says of the reading.
 *             A rescue exactly at the time does not spoil it.
 * Undefined   attack not evaluable (pain at t0 missing or below `acute.minPain`); reading missing: N under NRI, null under OC.
 */
function decideAt(
  attack: Attack,
  rules: AcuteRules,
  time: Time,
  isMet: (reading: Reading) => boolean,
  rescues: readonly AttackEvent[] = attack.rescues,
  holds: (reading: Reading) => boolean = hasPain,
): Answer {
  const why = whyNotEvaluated(attack, rules.minPain)
  if (why !== null) return noAnswer(why)
  const window = windowOf(rules, time)
  const rescue = firstBetween(rescues, 0, minutes(window.at))
  const reading = readingAt(attack, window, holds)
  const others = othersNear(attack, window, reading)
  if (rescue !== null) return answer(false, reading === null ? [rescue] : [rescue, reading], others)
  if (reading === null) return missingReading(rules, others)
  return answer(isMet(reading), [reading], others)
}

/** PF30, PF60, PF2H: pain 0 at the reading and no rescue before [C10, C11]. */
export const painFree = (attack: Attack, rules: AcuteRules, time: Time): Answer =>
  decideAt(attack, rules, time, ({ pain }) => pain === 0)

/** PR2H: from moderate or severe to none or mild, from mild to none, without rescue before 2 h. */
export function painRelief(attack: Attack, rules: AcuteRules): Answer {
  const most = attack.pain >= 2 ? 1 : 0
  return decideAt(attack, rules, '120', ({ pain }) => pain <= most)
}

/** IMP1P: at least one point less pain at 2 h than at t0 [C12]; a rescue does not decide it. */
export const improved = (attack: Attack, rules: AcuteRules): Answer =>
  decideAt(attack, rules, '120', ({ pain }) => pain <= attack.pain - 1, [])

/**
 * MBSF2H: the most bothersome symptom, present at t0, is absent at 2 h, and no rescue before.
 *
 * Undefined  no symptom was named: MISSING_ITEMS; the one named was not present at t0: NOT_EVALUABLE. Where t0 does not ask for it,
 *            naming it says that it is there [P].
 * Source     FDA guidance on acute migraine treatment, 2018 [L].
 */
export function symptomFree(attack: Attack, rules: AcuteRules): Answer {
  const { mbs, asked, features } = attack
  const why = whyNotEvaluated(attack, rules.minPain)
  if (why !== null) return noAnswer(why)
  if (mbs === 0) return noAnswer('MISSING_ITEMS')
  if ((asked & mbs) !== 0 && (features & mbs) === 0) return noAnswer('NOT_EVALUABLE')
  const name = MBS.find((symptom) => FEATURES[symptom] === mbs) ?? 'symptom'
  const found = decideAt(
    attack,
    rules,
    '120',
    (reading) => (reading.features & mbs) === 0,
    attack.rescues,
    (reading) => (reading.asked & mbs) !== 0,
  )
  const says = ({ after, features: bits }: Reading): string =>
    `${name} ${(bits & mbs) === 0 ? 'absent' : 'present'} at ${printElapsed(after)}`
  return {
    ...found,
    uses: found.uses.map((used) => (isReading(used) ? { ...used, note: says(used) } : used)),
  }
}

const isReading = (noted: object): noted is Reading => 'asked' in noted

/** RESC24: any rescue in (t0, t0 + 24 h]. */
export function rescued(attack: Attack, rules: AcuteRules, until: number): Answer {
  const why = whyNotEvaluated(attack, rules.minPain)
  if (why !== null) return noAnswer(why)
  const rescue = attack.rescues.find(({ after }) => after > 0 && after <= until) ?? null
  return answer(rescue !== null, rescue === null ? [] : [rescue], attack.noRescues)
}
