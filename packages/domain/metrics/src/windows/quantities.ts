import type { PainKind } from '@afferent/study'
import { DAY_BIT, DAY_BITS, type DayBit } from '../days/day-bits.ts'

/**
 * What is added up over the days of a window: one number each. The first places are the counts of the day bits, then
 * sums. A metric is a quotient of two of them (catalogue.ts).
 */
export const QUANTITY = {
  /** Hours with headache on observed dates. */
  hours: DAY_BITS,
  /** Peak severities (0-3) of the headache days whose severity is known. */
  peaks: DAY_BITS + 1,
  /** Migraine attacks by onset on an observed date, and their hours from first start to last end. */
  attacks: DAY_BITS + 2,
  attackHours: DAY_BITS + 3,
  /** Points and dates of the daily pain rating, per kind. */
  painAvgSum: DAY_BITS + 4,
  painAvgDays: DAY_BITS + 5,
  painWorstSum: DAY_BITS + 6,
  painWorstDays: DAY_BITS + 7,
  painLeastSum: DAY_BITS + 8,
  painLeastDays: DAY_BITS + 9,
  painNowSum: DAY_BITS + 10,
  painNowDays: DAY_BITS + 11,
  /** Days of the window on which an entry was expected: until discontinuation. */
  expected: DAY_BITS + 12,
  one: DAY_BITS + 13,
} as const

export const QUANTITIES = DAY_BITS + 14

export type Quantity = number

export const countOf = (bit: DayBit): Quantity => DAY_BIT[bit]

export const PAIN_KINDS: readonly PainKind[] = ['avg', 'worst', 'least', 'now']

export const painSumOf = (kind: PainKind): Quantity => QUANTITY.painAvgSum + 2 * PAIN_KINDS.indexOf(kind)
export const painDaysOf = (kind: PainKind): Quantity => painSumOf(kind) + 1
