import type { ResolvedOptions } from '../options.ts'
import type { Person } from '../person.ts'
import type { Random } from '../random.ts'

const WEEKS_PER_VISIT = 4

/** A visit of a subject: 0 the baseline, then one at the end of every four weeks. */
export interface Visit {
  readonly number: number
  /** Day since 1970-01-01. */
  readonly day: number
}

/** Visits that a subject reaches; each lies a few days before the end of its period, at most three, by who it is. */
export function visitsOf({ index, start, lastStudyDay }: Person, { weeks }: ResolvedOptions): Visit[] {
  const visits = [{ number: 0, day: start - 1 - (index % 5) }]
  for (let number = 1; number <= Math.floor(weeks / WEEKS_PER_VISIT); number++) {
    const studyDay = number * WEEKS_PER_VISIT * 7 - (index % 4)
    if (studyDay > lastStudyDay) break
    visits.push({ number, day: start + studyDay - 1 })
  }
  return visits
}

/** Whether what belongs to a visit came in: as reliably as the diary. */
export const attends = (random: Random, { compliance }: ResolvedOptions): boolean => random.chance(compliance)
