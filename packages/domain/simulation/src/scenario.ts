import type { ResolvedOptions } from './options.ts'
import type { Disease, Person } from './person.ts'
import type { Random } from './random.ts'
import type { RowWriter } from './row-writer.ts'

/** One file with a row per day or per attack of a subject. */
export interface DiaryFile {
  /** Name without 'simulated-' and '.csv'. */
  readonly name: string
  readonly header: readonly string[]
  /** Writes all rows of one subject. */
  readonly write: (person: Person, random: Random, options: ResolvedOptions, rows: RowWriter) => void
}

/** What a condition is like, what its diary looks like, and the study file that reads it. */
export interface Scenario {
  readonly disease: Disease
  /** Unit of `baseline`, `treated` and `effect` in the truth. */
  readonly unit: string
  /** Primary endpoint, and how many weeks one of its visits lasts. */
  readonly primary: { readonly parameter: string; readonly weeksPerVisit: number }
  readonly diaries: readonly DiaryFile[]
  /** study.yaml from the line of the preset on, without id and title. */
  readonly studyYaml: string
}
