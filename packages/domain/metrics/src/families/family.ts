import type { Settled } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import type { CatalogueEntry, Plan } from '../catalogue/entry.ts'
import type { Courses } from '../courses/courses.ts'
import type { Points } from '../points/points.ts'
import type { SubjectPass } from '../windows/subject-pass.ts'

/** The subject whose rows are being made. */
export interface SubjectAtHand {
  /** Code of the subject in the settled tables; subjects come in ascending order. */
  readonly subject: number
  /** First treatment day in table days; null: unknown, no window can be placed. */
  readonly zero: number | null
  /** Windows, their states, and the days of the diary. */
  readonly pass: SubjectPass
  /** Values of other parameters of the subject, computed before: diaries, exported values, families that come earlier. */
  readonly courses: Courses
}

/**
 * A family of endpoints over other records than the daily diary, or over values computed before: the entries of the
 * catalogue and the code that names their rows stand together.
 */
export interface Family {
  readonly name: string
  readonly entries: readonly CatalogueEntry[]
  /** Further entries, which the study file itself describes. */
  readonly described?: (study: AnalyticStudy) => readonly CatalogueEntry[]
  /** What reads the subjects, or null where the study plans none of the entries. Called once; scratch may be kept. */
  readonly open: (plan: Plan, settled: Settled) => FamilyReader | null
}

export interface FamilyReader {
  /** Names every row of the subject at hand. Subjects without records have rows too: what was scheduled and is missing. */
  read(at: SubjectAtHand, points: Points): void
}
