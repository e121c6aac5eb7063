import type { Family } from '../family.ts'
import { BaselineVariability, DailyPain } from './daily-pain.ts'
import { Flares } from './flares.ts'
import { PAIN_ENTRIES } from './pain-entries.ts'

/** What daily pain ratings tell beside the means and day counts of the catalogue. */
export const PAIN: Family = {
  name: 'pain',
  entries: PAIN_ENTRIES,
  open: (plan) => {
    if (!PAIN_ENTRIES.some(({ code }) => plan.effectCodes.includes(code))) return null
    const readers = [new DailyPain(plan), new BaselineVariability(plan), new Flares(plan)]
    return {
      read: (at, points) => {
        for (const reader of readers) reader.read(at, points)
      },
    }
  },
}
