import type { HeadacheFamily } from '@afferent/study'
import type { DayBit } from '../../days/day-bits.ts'
import { mask } from '../../days/day-bits.ts'
import type { SubjectDays } from '../../days/subject-days.ts'
import { countOf, QUANTITIES } from '../../windows/quantities.ts'
import type { Span } from '../../windows/schedule.ts'
import type { SubjectPass } from '../../windows/subject-pass.ts'
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

type Use = { -readonly [K in keyof ClassUse]: ClassUse[K] }

/** Use of every class in one period at a time. */
export class MedicationUse {
  readonly classes: readonly ClassUse[]
  readonly together: ClassUse & { readonly taken: number }
  observed = 0
  private readonly uses: readonly { readonly bit: DayBit; readonly use: Use }[]
  private readonly all: Use & { taken: number }
  private readonly needsRegular: boolean

  constructor(family: HeadacheFamily) {
    const other = family.overuseOther
    const useOf = (bit: DayBit, threshold: number) => ({ bit, use: { days: 0, threshold, regular: true } })
    const combined = COMBINED.map((bit) => useOf(bit, OVERUSE_DAYS[bit]))
    this.uses = other === null ? combined : [...combined, ...OTHER.map((bit) => useOf(bit, other))]
    this.classes = this.uses.map(({ use }) => use)
    this.all = { days: 0, threshold: OVERUSE_DAYS.severalClasses, regular: true, taken: 0 }
    this.together = this.all
    this.needsRegular = family.overuseRegular
  }

  /** Period `w` of the subject at hand, which lasts `span`. */
  read({ days, periodTotals }: SubjectPass, w: number, span: Span): void {
    const at = w * QUANTITIES
    const { all } = this
    all.taken = 0
    for (let k = 0; k < this.uses.length; k++) {
      const { bit, use } = this.uses[k] as { bit: DayBit; use: Use }
      use.days = periodTotals[at + countOf(bit)] as number
      use.regular = !this.needsRegular || isRegular(days, mask(bit), span)
      if (k < COMBINED.length && use.days > 0) all.taken++
    }
    all.days = periodTotals[at + countOf('severalClasses')] as number
    all.regular = !this.needsRegular || isRegular(days, mask('severalClasses'), span)
    this.observed = periodTotals[at + countOf('medicationObserved')] as number
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
