import { type Answer, answer, noAnswer } from '../attacks/answer.ts'
import { type Attack, type AttackEvent, hours, type Noted } from '../attacks/attack.ts'
import { firstUpTo, hasPain } from '../attacks/readings.ts'

/** Sustained freedom and relapse are about the time after this. */
export const TWO_HOURS = hours(2)

/**
 * SPF24, SPF48: pain-free at 2 h, and then no headache of any severity, no rescue and no second dose up to 24 h (48 h),
 * that time included. A rescue at exactly 2 h does not spoil PF2H, but spoils this (endpoints.md section 4).
 *
 * Y needs a later look (below). A failure already seen is N without one; so is PF2H = N.
 * Undefined  no answer to PF2H: its reason; no later look: MISSING_ITEMS, under NRI too.
 */
export function sustained(attack: Attack, painFree: Answer, until: number): Answer {
  if (painFree.yes === null) return noAnswer(painFree.reason ?? 'MISSING_ITEMS', [], painFree.leaves)
  if (!painFree.yes) return painFree
  const failure = firstOf([
    headacheIn(attack, until),
    attack.rescues.find(({ after }) => after >= TWO_HOURS && after <= until) ?? null,
    firstUpTo(attack.doses, TWO_HOURS, until),
  ])
  if (failure !== null) return answer(false, [...painFree.uses, failure], painFree.leaves)
  return decideByLook(attack, painFree, until, true)
}

/** RELAP48: among PF2H = Y, any headache in (2 h, 48 h]. N needs the same later look. */
export function relapse(attack: Attack, painFree: Answer, until: number): Answer {
  if (painFree.yes !== true) return noAnswer(painFree.reason ?? 'NOT_EVALUABLE', [], painFree.uses)
  const headache = headacheIn(attack, until)
  if (headache !== null) return answer(true, [...painFree.uses, headache], painFree.leaves)
  return decideByLook(attack, painFree, until, false)
}

/** First headache after 2 h: one that began, a reading with pain, or a whole date of which a form reports headache. */
function headacheIn(attack: Attack, until: number): AttackEvent | null {
  const painful = attack.readings.filter(({ pain }) => pain > 0)
  const date = attack.forms.find(({ headache, starts, ends }) => headache && starts >= TWO_HOURS && ends <= until)
  return firstOf([
    firstUpTo(attack.headaches, TWO_HOURS, until),
    firstUpTo(painful, TWO_HOURS, until),
    date === undefined ? null : { ...date, after: date.starts },
  ])
}

function firstOf(events: readonly (AttackEvent | null)[]): AttackEvent | null {
  return events.reduce(
    (first, event) => (first === null || (event !== null && event.after < first.after) ? event : first),
    null,
  )
}

/** What follows if nothing was seen: `ifNothing` with a later look, else no answer. */
function decideByLook(attack: Attack, painFree: Answer, until: number, ifNothing: boolean): Answer {
  const unclear = attack.forms.filter(({ headache, starts, ends }) => headache && ends > TWO_HOURS && starts < until)
  const look = lookAfter(attack, until, unclear.length > 0)
  if (look !== null) return answer(ifNothing, [...painFree.uses, look], painFree.leaves)
  const why = unclear.map((form) => ({ ...form, note: 'its headache may lie inside or outside: no later look' }))
  return noAnswer('MISSING_ITEMS', painFree.uses, [...painFree.leaves, ...why])
}

/**
 * The later look: a reading (or a recorded headache) at or after that time, or a form for a date that ends after it. A form that reports a
 * headache on a date only partly inside leaves open when it was: then no form is a look [P].
 */
function lookAfter(attack: Attack, until: number, isUnclear: boolean): Noted | null {
  const reading = attack.readings.find((one) => one.after >= until && hasPain(one))
  if (reading !== undefined) return reading
  const headache = attack.ownHeadaches.find(({ after }) => after >= until)
  if (headache !== undefined) return headache
  const form = isUnclear ? undefined : attack.forms.find(({ ends }) => ends > until)
  return form === undefined ? null : { ...form, note: 'a form for a date that ends later' }
}
