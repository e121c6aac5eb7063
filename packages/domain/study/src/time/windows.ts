import type { Periods, Window } from '../study.ts'

const WEEK_DAYS = 7

/**
 * Visit window of period k = 1, 2, ... (endpoints.md section 2): the study's own window if it has some, else ADY
 * L(k-1)+1 .. Lk. Periods of whole weeks are printed as weeks ('Weeks 1 to 4'), others as days.
 */
export function periodWindow(periods: Periods, k: number): Window {
  const own = periods.windows?.[k - 1]
  if (own !== undefined) return own
  const from = periods.lengthDays * (k - 1) + 1
  const to = periods.lengthDays * k
  return { visit: k, label: windowLabel(from, to), from, to }
}

/** AVISITN of endpoints over several visits: pooled values, sustained and early response [P]. */
export const SPAN_VISIT = 99

/** AVISITN of the last two weeks of the randomised phase under preset `preva`: its only visit after the baseline [P]. */
export const PREVA_VISIT = 1

/** Visit window of study week w: ADY 7(w-1)+1 .. 7w. */
export function weekWindow(w: number): Window {
  return { visit: w, label: `Week ${w}`, from: WEEK_DAYS * (w - 1) + 1, to: WEEK_DAYS * w }
}

/** 'Weeks 5 to 8' for whole study weeks, else 'Days 1 to 30'; days are study days, both included. */
export function windowLabel(from: number, to: number): string {
  const wholeWeeks = from > 0 && (from - 1) % WEEK_DAYS === 0 && to % WEEK_DAYS === 0
  if (!wholeWeeks) return `Days ${from} to ${to}`
  const first = (from - 1) / WEEK_DAYS + 1
  const last = to / WEEK_DAYS
  return first === last ? `Week ${first}` : `Weeks ${first} to ${last}`
}
