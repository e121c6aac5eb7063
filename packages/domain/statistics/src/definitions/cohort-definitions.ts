import { type AnalyticStudy, textOf } from '@afferent/study'
import { ATTACKS } from './attacks.ts'
import type { CohortDefinition } from './cohort-definition.ts'
import { OF_COUNTS_AND_TIMES } from './comparisons/counts-and-times.ts'
import { OF_MISSING_DATA } from './comparisons/missing-data.ts'
import { OF_RESPONSES } from './comparisons/responses.ts'
import { OF_SUBGROUPS } from './comparisons/subgroups.ts'
import { OF_VALUES } from './comparisons/values.ts'
import { DESCRIPTIVE, WILSON, ZERO_BASELINE } from './descriptive.ts'
import { QUANTIFIED, RATIO } from './laboratory.ts'
import { COVERAGE, DUAL, JOINT } from './pain-and-mood.ts'
import { CURVE } from './responder-curve.ts'
import { EVENT_RATE, EXPOSURE_INCIDENCE, INCIDENCE } from './safety.ts'
import { ADHERENT, BANG, DOSE_RESPONSE, JAMES } from './stimulation.ts'

/** Every analysis of the table `cohort`, by code. */
export const COHORT_DEFINITIONS: readonly CohortDefinition[] = [
  DESCRIPTIVE,
  WILSON,
  ZERO_BASELINE,
  CURVE,
  ATTACKS,
  ADHERENT,
  DOSE_RESPONSE,
  INCIDENCE,
  EXPOSURE_INCIDENCE,
  EVENT_RATE,
  BANG,
  JAMES,
  QUANTIFIED,
  RATIO,
  DUAL,
  JOINT,
  COVERAGE,
  ...OF_VALUES,
  ...OF_MISSING_DATA,
  ...OF_RESPONSES,
  ...OF_COUNTS_AND_TIMES,
  ...OF_SUBGROUPS,
]

/** One with the settings of a study put in. */
export interface CohortText extends CohortDefinition {
  readonly definition: string
  readonly formula: string
  readonly window: string
  readonly minimum: string
  readonly missing: string
}

export const cohortTexts = (study: AnalyticStudy): readonly CohortText[] =>
  COHORT_DEFINITIONS.map((one) => ({
    ...one,
    definition: textOf(one.definition, study),
    formula: textOf(one.formula, study),
    window: textOf(one.window, study),
    minimum: textOf(one.minimum, study),
    missing: textOf(one.missing, study),
  }))

/** Those that a study has: comparisons are there when its file asks for them. */
export const analysesOf = (study: AnalyticStudy): readonly CohortText[] =>
  cohortTexts(study).filter(({ asked }) => asked?.(study) !== false)

/** An analysis as a statistical analysis plan describes it. */
export function cohortSentence(one: CohortText): string {
  const sentences = [
    `${one.code}, ${one.label}: ${one.definition}`,
    `Computed as ${one.formula}`,
    `Rows: ${one.window}`,
    one.minimum === 'none' ? '' : `Minimum data: ${one.minimum}`,
    `Missing data: ${one.missing}`,
    one.reasons.length === 0 ? '' : `Without an estimate the reason is given (${one.reasons.join(', ')})`,
    `Source: ${one.source}`,
  ]
  return sentences
    .filter((text) => text !== '')
    .map((text) => `${text}.`)
    .join(' ')
}
