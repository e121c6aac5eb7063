import type { Areason, Parameter } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import type { Inputs } from '../catalogue/inputs.ts'
import type { Plan } from '../catalogue/plan.ts'
import type { Quantity } from './quantities.ts'

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
  | 'individual'
  | 'adherence'
  | 'safety'

/** A [P] rule: where no single rule of the field exists, what is done here, and what the study file says of it. */
export interface Convention {
  /** As the definitions name it: a setting (`sev.nrsCuts`) or a rule (`R-FORM`). */
  readonly id: string
  readonly says: string
  /** The value in force; absent: it cannot be set. */
  readonly value?: (study: AnalyticStudy) => string
}

/** A flag column of adeff: what it is called and what can stand in it. */
export interface FlagColumn {
  readonly name: string
  readonly label: string
  readonly definition: string
  readonly words: readonly string[]
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
  /** What AVALC and AVALCAT1 can hold, beside Y, N and the IMMPACT categories. */
  readonly words?: readonly string[]
  readonly categories?: readonly string[]
  /** AVISITN and AVISIT of every row there can be. */
  readonly visits: (plan: Plan) => readonly (readonly [number, string])[]
}

/** One entry of the catalogue: what is written about a parameter, when a study has it, and how it is computed. */
export interface CatalogueEntry extends Omit<Parameter, 'criteria' | 'cuts' | 'method' | 'label' | 'definition'> {
  readonly label: string | ((study: AnalyticStudy) => string)
  readonly definition: string | ((study: AnalyticStudy) => string)
  readonly family: FamilyName
  /** How AVAL follows from counts and sums, as a formula. */
  readonly formula?: string
  /** The days or visits a value is about, and how many must be there. */
  readonly window?: string
  readonly minimum?: string
  /** What a missing entry or item does. */
  readonly missing?: string
  /** AREASON values that can occur. */
  readonly reasons?: readonly Areason[]
  /** How the definition was checked: [C n] read in the source, [L] from the literature named, [P] a project convention. */
  readonly mark?: string
  /** Project conventions that decide the value: manifest and report list those a study uses. */
  readonly conventions?: readonly Convention[]
  /** Columns of adeff beside the fixed ones that this entry fills. */
  readonly flags?: readonly FlagColumn[]
  /** METHOD, where it is not that of the diary families: presets and rules by the names the study file gives them. */
  readonly method?: (study: AnalyticStudy) => readonly string[]
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
