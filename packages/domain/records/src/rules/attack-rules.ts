import { type Rule, rule } from './rule.ts'

/** Treated attacks and what follows them. */
export const ATTACK_RULES = {
  'follow-up-before-attack': rule(
    'error',
    'row',
    'what follows an attack is not dated before its first stimulation or dose (t0)',
    'a negative time since t0 is a typing error',
    'correct t0 or the time of the follow-up',
  ),
  'attack-duration': rule(
    'info',
    'row',
    'an attack of cluster headache lasts 15 to 180 minutes',
    'a description, not a filter: the attack counts, but its start or end may be a typing error',
    'ask the site whether start and end are right',
  ),
  'follow-up-without-attack': rule(
    'warning',
    'subject',
    'a follow-up names the number or t0 of an attack of its subject',
    'nobody knows what it follows, so it is left out',
    'export the attack, or correct its number or t0',
  ),
  'attack-number-twice': rule(
    'warning',
    'subject',
    'attacks of a subject have different numbers',
    'follow-ups by number were given to the attack of that number that began last before them',
    'correct the number of the attack',
  ),
  'attack-before-treatment': rule(
    'warning',
    'subject',
    'treated attacks are dated on study day 1 or later',
    'what was treated before the first treatment was not treated with it: no treated attack',
    'correct t0, or the date of the first treatment',
  ),
} as const satisfies Record<string, Rule>
