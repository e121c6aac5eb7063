import type { Areason, Parameter } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import type { Inputs } from '../catalogue/inputs.ts'
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

/** One entry of the catalogue: what is written about a parameter, when a study has it, and how it is computed. */
export interface CatalogueEntry extends Omit<Parameter, 'criteria' | 'method' | 'label' | 'definition'> {
  readonly label: string | ((study: AnalyticStudy) => string)
  readonly definition: string | ((study: AnalyticStudy) => string)
  readonly family: 'diary' | 'headache' | 'medication' | 'pain'
  /** Whether the study's exports hold what the parameter is made of. */
  readonly exists: (inputs: Inputs, study: AnalyticStudy) => boolean
  /** Why it can never be answered although it exists, or null. */
  readonly never: (inputs: Inputs, study: AnalyticStudy) => Areason | null
  readonly compute:
    | { readonly kind: 'measure'; readonly measure: Measure; readonly responders: boolean; readonly pain: boolean }
    | { readonly kind: 'pooled'; readonly of: () => string }
    | { readonly kind: 'endpoint'; readonly of: (inputs: Inputs) => string | null }
}
