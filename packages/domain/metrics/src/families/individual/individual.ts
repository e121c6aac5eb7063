import type { Family } from '../family.ts'
import { comparedPhasesOf } from './compared-phases.ts'
import { INDIVIDUAL_ENTRIES } from './individual-entries.ts'
import { judgedVisitsOf } from './judged-visits.ts'

/** What is said about one patient at a time; it rests on values of all other families, so it comes last. */
export const INDIVIDUAL: Family = {
  name: 'individual',
  entries: INDIVIDUAL_ENTRIES,
  open: (plan) => {
    if (plan.study.individual === null) return null
    const readers = [...judgedVisitsOf(plan), ...comparedPhasesOf(plan)]
    return {
      read: (at, points) => {
        for (const reader of readers) reader.read(at, points)
      },
    }
  },
}
