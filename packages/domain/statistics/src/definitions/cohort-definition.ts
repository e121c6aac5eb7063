import type { AnalyticStudy, Convention, Text } from '@afferent/study'

/**
 * What is written about an analysis whose rows stand in the table `cohort`: the counterpart of an entry of the catalogue of
 * metrics, shown by the same outputs (methods.md, dictionary, `afferent endpoints`, ANALYSES.md).
 *
 * To add one: a file in this folder that exports the definition, and a line in cohort-definitions.ts. Every ANALYSIS and STAT
 * that comes out must be named by one (tests/pipeline/drift.test.ts). Texts are phrases without a full stop.
 */
export interface CohortDefinition {
  /** As the endpoint definitions call it: `WILSON`, `EAIR`. At most 8 characters, never a code of the catalogue. */
  readonly code: string
  readonly label: string
  readonly family: string
  /** ANALYSIS of its rows. */
  readonly analyses: readonly string[]
  /** STAT of its rows, and what ESTIMATE then is. `<cut>` stands for a number of the study file. */
  readonly stats: readonly { readonly name: string; readonly says: string; readonly unit: string }[]
  readonly definition: Text
  readonly formula: Text
  /** The rows, subjects and time it is about. */
  readonly window: Text
  readonly minimum: Text
  readonly missing: Text
  /** Whether a study asks for it; absent: every study has it. */
  readonly asked?: (study: AnalyticStudy) => boolean
  /** REASON values that can occur; `in words`: any sentence. */
  readonly reasons: readonly string[]
  readonly source: string
  /** [C n] read in source n, [L] from the literature named, [P] a project convention; `-` none. */
  readonly mark: string
  readonly conventions: readonly Convention[]
}

/** Whether a definition names the rows of an ANALYSIS and STAT. */
export function isDefinedBy({ analyses, stats }: CohortDefinition, analysis: string, stat: string): boolean {
  return analyses.includes(analysis) && stats.some(({ name }) => toPattern(name).test(stat))
}

const toPattern = (name: string): RegExp => new RegExp(`^${name.replace('<cut>', '[0-9.]+')}$`)
