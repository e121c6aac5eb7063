import type { Zone } from '@afferent/study'
import { DAY_BIT } from './day-bits.ts'
import type { Headaches } from './headaches.ts'
import { HOUR_MS, midnightOf } from './midnights.ts'
import { FORM, type SubjectDays, TOUCH } from './subject-days.ts'

/**
 * All headaches of a subject in order of time: those with episodes, and dates where only the form reports one. A form
 * gives no clock time: its headache is taken to begin at 00:00 of its date and to last `hours` (0 if not given) [P].
 */
export function joinFormHeadaches(
  into: Headaches,
  episodes: Headaches,
  days: SubjectDays,
  from: number,
  zone: Zone | null,
  zero: number,
): void {
  into.clear()
  let k = 0
  for (let i = from; i < days.length; i++) {
    if (days.form[i] !== FORM.yes || days.touch[i] !== TOUCH.none) continue
    while (k < episodes.count && (episodes.firstDate[k] as number) < i) copyHeadache(into, episodes, k++)
    const at = into.open(midnightOf(i + zero + days.start, zone, 0), 0)
    into.end[at] = (into.start[at] as number) + Math.max(0, days.formHours[i] as number) * HOUR_MS
    into.firstDate[at] = i
    into.migraine[at] = ((days.words[i] as number) >> DAY_BIT.migraineDay) & 1
  }
  while (k < episodes.count) copyHeadache(into, episodes, k++)
}

function copyHeadache(into: Headaches, from: Headaches, k: number): void {
  const at = into.open(from.start[k] as number, from.startOffset[k] as number)
  into.end[at] = from.end[k] as number
  into.firstDate[at] = from.firstDate[k] as number
  into.migraine[at] = from.migraine[k] as number
  into.relieved[at] = from.relieved[k] as number
}
