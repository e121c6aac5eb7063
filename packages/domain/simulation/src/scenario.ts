import type { ResolvedOptions } from './options.ts'
import type { Disease, Person } from './person.ts'
import type { Random } from './random.ts'
import type { RowWriter } from './row-writer.ts'

/** One file with rows of subjects: a row per day, attack, answer or whatever else it holds. */
export interface RecordFile {
  /** Name without 'simulated-' and '.csv'. */
  readonly name: string
  readonly header: readonly string[]
  /** Random stream of the file, one of STREAM; without it that of the diary. */
  readonly stream?: number
  /** Writes all rows of one subject. */
  readonly write: (person: Person, random: Random, options: ResolvedOptions, rows: RowWriter) => void
}

/** A column of the subjects' file, and the field it is read into. */
export interface SubjectColumn {
  readonly name: string
  readonly field: string
  readonly cell: (person: Person, options: ResolvedOptions) => string
}

/** What is true of one parameter of one subject: its expected value, or the probability of a yes. */
export interface ParameterTruth {
  /** PARAMCD. */
  readonly parameter: string
  /** AVISITN; null: the parameter has no visits. */
  readonly visit: number | null
  readonly value: number
}

/** Files of one kind, the part of the study file that reads them, and what is true of what they hold. */
export interface Part {
  readonly files: readonly RecordFile[]
  readonly subjectColumns?: readonly SubjectColumn[]
  /** Settings of study.yaml that stand above the sources. */
  readonly settings?: string
  /** Entries under `sources`. */
  readonly sources: string
  readonly truths?: (person: Person, options: ResolvedOptions) => readonly ParameterTruth[]
}

/** What a condition is like, what its diary looks like, and the study file that reads it. */
export interface Scenario extends Part {
  readonly disease: Disease
  /** Unit of `baseline`, `treated` and `effect` in the truth. */
  readonly unit: string
  /** Primary endpoint, and how many weeks one of its visits lasts; null: it has no visits that all subjects share. */
  readonly primary: { readonly parameter: string; readonly weeksPerVisit: number; readonly lastVisit?: number } | null
}
