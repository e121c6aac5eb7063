import type { HeadacheFamily } from '@afferent/study'
import type { DayBit } from '../../days/day-bits.ts'
import { mask } from '../../days/day-bits.ts'
import type { SubjectDays } from '../../days/subject-days.ts'
import type { Span } from '../../windows/schedule.ts'
import type { ClassUse } from './overuse-status.ts'

/** Days per 28 from which a class is overused: ICHD-3 8.2.1 to 8.2.4 [C 7]; 8.2.6 for several classes together [L]. */
export const OVERUSE_DAYS = {
  ergot: 10,
  triptan: 10,
  opioid: 10,
  combination: 10,
  simple: 15,
  severalClasses: 10,
} as const

const DAYS_OF_A_WEEK = 7
/** `mo.regular`: a week with at least five diary days has at least two intake days [C 9]. */
const DIARY_DAYS = 5
const INTAKE_DAYS = 2

/** The classes of the combined rule; simple analgesics are one of them. */
const COMBINED = ['ergot', 'triptan', 'simple', 'opioid', 'combination'] as const satisfies readonly DayBit[]
/** Overused only where the study file says so (`mo.other`). */
const OTHER = ['gepant', 'ditan'] as const satisfies readonly DayBit[]

export interface MedicationUse {
  readonly classes: readonly ClassUse[]
  readonly together: ClassUse & { readonly taken: number }
  readonly observed: number
}

/** Use of every class in one window, from the days of the subject at hand. */
export function medicationUse(days: SubjectDays, span: Span, family: HeadacheFamily): MedicationUse {
  const count = (bit: DayBit): number => countDays(days, mask(bit), span.from, span.to)
  const useOf = (bit: DayBit, threshold: number): ClassUse => ({
    days: count(bit),
    threshold,
    regular: !family.overuseRegular || isRegular(days, mask(bit), span),
  })
  const classes = COMBINED.map((bit) => useOf(bit, OVERUSE_DAYS[bit]))
  const other = family.overuseOther
  return {
    classes: other === null ? classes : [...classes, ...OTHER.map((bit) => useOf(bit, other))],
    together: {
      ...useOf('severalClasses', OVERUSE_DAYS.severalClasses),
      taken: classes.filter((use) => use.days > 0).length,
    },
    observed: count('medicationObserved'),
  }
}

function countDays({ words, start }: SubjectDays, bit: number, from: number, to: number): number {
  let n = 0
  for (let day = from; day <= to; day++) if (((words[day - start] as number) & bit) !== 0) n++
  return n
}

/** Weeks are counted from the first day of the window; a shorter last one counts if it holds enough diary days [P]. */
function isRegular(days: SubjectDays, bit: number, { from, to }: Span): boolean {
  const observed = mask('medicationObserved')
  for (let week = from; week <= to; week += DAYS_OF_A_WEEK) {
    const end = Math.min(week + DAYS_OF_A_WEEK - 1, to)
    if (countDays(days, observed, week, end) >= DIARY_DAYS && countDays(days, bit, week, end) < INTAKE_DAYS)
      return false
  }
  return true
}
