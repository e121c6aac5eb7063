import type { Areason, Parameter } from '@afferent/records'
import type { AnalyticStudy, Convention, Text } from '@afferent/study'
import type { Inputs } from '../catalogue/inputs.ts'
import type { Plan } from '../catalogue/plan.ts'
import type { Quantity } from './quantities.ts'

export type { Convention, Text }

/**
 * A metric of one window as data: `AVAL = scale * numerator / denominator`, both summed over the days of the window.
 *
 * `observed` counts the days the metric rests on (NOBS, O); a window is valid from `Span.minObserved` of them on, unless
 * `needsDays` is false (compliance). `counts` says that the numerator counts events (NEVT, and PRORATE when O < scale).
 */
export interface Measure {
  readonly windows: 'periods' | 'weeks'
  readonly numerator: Quantity
  readonly denominator: Quantity
  readonly observed: Quantity
  readonly scale: number
  readonly counts: boolean
  readonly needsDays: boolean
}

export type FamilyName =
  | 'diary'
  | 'headache'
  | 'medication'
  | 'pain'
  | 'acute'
  | 'cluster'
  | 'questionnaires'
  | 'fibromyalgia'
  | 'mood'
  | 'laboratory'
  | 'autonomic'
  | 'response'
  | 'individual'
  | 'adherence'
  | 'safety'

/** A flag column of adeff: what it is called and what can stand in it. */
export interface FlagColumn {
  readonly name: string
  readonly label: string
  readonly definition: string
  readonly words: readonly string[]
}

export interface OwnCriterion {
  readonly criterion: 5 | 6
  readonly text: string
  readonly stat: string
}

/** A parameter whose rows a family names one by one (points.ts). */
export interface PointsCompute {
  readonly kind: 'points'
  /** Rows of visit 0 are a baseline: BASE, CHG and PCHG. */
  readonly change: boolean
  readonly responders: boolean
  /** Farrar's criteria and IMMPACT category, for pain scores. */
  readonly pain: boolean
  /** Cuts of CRIT1 to CRIT4 in place of the study's. */
  readonly cuts?: readonly number[]
  /** CRIT5 and CRIT6 that the family decides itself, with the name of their share in the table `cohort`. */
  readonly criteria?: (study: AnalyticStudy) => readonly OwnCriterion[]
  /** Rows are attacks of a subject: cohort figures take attacks as units, too. */
  readonly perAttack?: boolean
  /** What AVALC and AVALCAT1 can hold, beside Y, N and the IMMPACT categories. */
  readonly words?: readonly string[]
  readonly categories?: readonly string[]
  /** AVISITN and AVISIT of every row there can be. */
  readonly visits: (plan: Plan) => readonly (readonly [number, string])[]
}

/**
 * One entry of the catalogue: what is written about a parameter, when a study has it, and how it is computed. It is the one
 * definition: results, dictionary, `afferent endpoints`, ENDPOINTS.md and the sentence of a protocol are made from it.
 *
 * Texts are phrases without a full stop. The length of `label` and `source` is at most 200 bytes (ADaM).
 */
export interface CatalogueEntry
  extends Pick<Parameter, 'code' | 'category' | 'unit' | 'direction' | 'table' | 'source' | 'ratioOf'> {
  readonly label: Text
  readonly definition: Text
  readonly family: FamilyName
  /** How AVAL follows from counts and sums, as a formula. */
  readonly formula: Text
  /** The days or visits a value is about. */
  readonly window: Text
  /** How many of its days or items must be there. */
  readonly minimum: Text
  /** What a missing entry or item does. */
  readonly missing: Text
  /** AREASON values that can occur, in the order of AREASONS. */
  readonly reasons: readonly Areason[]
  /** How the definition was checked: [C n] read in the source, [L] from the literature named, [P] a project convention. */
  readonly mark: Text
  /** Project conventions that decide the value: manifest and report list those a study uses. */
  readonly conventions: readonly Convention[]
  /** What METHOD says first: settings of the study file that decide the value. */
  readonly method?: (study: AnalyticStudy) => readonly string[]
  /** One entry per parameter that the study applies a figure to, in place of this one; each with a PARAMCD of its own. */
  readonly variants?: (study: AnalyticStudy) => readonly CatalogueEntry[]
  /** METHOD, where it is not that of the diary families: the rules of the study file that a value rests on. */
  readonly methodParts?: (study: AnalyticStudy) => readonly string[]
  /** Columns of adeff beside the fixed ones that this entry fills. */
  readonly flags?: readonly FlagColumn[] | ((study: AnalyticStudy) => readonly FlagColumn[])
  /** Whether the study's exports hold what the parameter is made of. */
  readonly exists: (inputs: Inputs, study: AnalyticStudy) => boolean
  /** Why it can never be answered although it exists, or null. */
  readonly never: (inputs: Inputs, study: AnalyticStudy) => Areason | null
  readonly compute:
    | { readonly kind: 'measure'; readonly measure: Measure; readonly responders: boolean; readonly pain: boolean }
    | { readonly kind: 'pooled'; readonly of: () => string }
    | { readonly kind: 'endpoint'; readonly of: (inputs: Inputs) => string | null }
    | PointsCompute
}
