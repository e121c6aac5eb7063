/** What a study asks of its cohort (endpoints.md section 10): estimands, analyses, comparisons. */
export interface CohortPlan {
  /** Streams of chance are named by it, the analysis and their place; never by a run or a worker. */
  readonly seed: number
  readonly comparisons: readonly Comparison[]
  readonly estimands: readonly Estimand[]
  /** In the order of the study file. */
  readonly analyses: readonly Analysis[]
  readonly multiplicity: Multiplicity | null
}

/** Codes of two arms; differences are arm minus reference. */
export interface Comparison {
  readonly arm: string
  readonly reference: string
}

/**
 * ITT     allocated to an arm, as allocated
 * MITT    of these, treated at least once, with a baseline and a value after it [P]
 * PP      of these, treated as allocated, and no intercurrent event up to the visit [P]
 * COMPLETE of those allocated, who have a value at every visit
 * SAFETY  treated at least once, by the arm received
 */
export const ANALYSIS_SETS = ['ITT', 'MITT', 'PP', 'COMPLETE', 'SAFETY'] as const
export type AnalysisSet = (typeof ANALYSIS_SETS)[number]

/** Events of endpoints.md section 10, as fields of the exports that hold their dates. */
export const INTERCURRENT_EVENTS = [
  'treatmentEnd',
  'preventiveChanged',
  'rescueBeyond',
  'deviceFailed',
  'pregnancy',
  'death',
] as const
export type IntercurrentEvent = (typeof INTERCURRENT_EVENTS)[number]

export const STRATEGIES = [
  'treatment-policy',
  'hypothetical',
  'composite',
  'while-on-treatment',
  'principal-stratum',
] as const
export type Strategy = (typeof STRATEGIES)[number]

/** ICH E9(R1). */
export interface Estimand {
  readonly name: string
  readonly treatment: string
  readonly population: AnalysisSet
  readonly variable: string
  readonly summary: string
  readonly events: Readonly<Partial<Record<IntercurrentEvent, Strategy>>>
}

/** Of a value and its baseline, of a responder criterion (its cut in percent), or of an answer. */
export type Outcome =
  | { readonly kind: 'value'; readonly column: 'CHG' | 'AVAL' | 'PCHG' }
  | { readonly kind: 'response'; readonly cut: number }
  | { readonly kind: 'answer' }
  | { readonly kind: 'time' }

export const VALUE_METHODS = [
  'TTEST',
  'WELCH',
  'ANCOVA',
  'HL',
  'MMRM',
  'LOCF',
  'BOCF',
  'MI',
  'J2R',
  'CIR',
  'CR',
  'TIP',
  'BOOT',
] as const
export const RESPONSE_METHODS = ['NEWC', 'MN', 'RR', 'OR', 'NNT', 'CMH', 'LOGIT'] as const
export const COUNT_METHODS = ['NEGBIN', 'POISSON', 'BETABIN'] as const
export const TIME_METHODS = ['KM', 'LOGRANK', 'COX'] as const
export type CohortMethod =
  | (typeof VALUE_METHODS)[number]
  | (typeof RESPONSE_METHODS)[number]
  | (typeof COUNT_METHODS)[number]
  | (typeof TIME_METHODS)[number]

export interface Analysis {
  readonly name: string
  readonly estimand: string
  /** PARAMCD. */
  readonly parameter: string
  /** AVISITN, ascending; of a time to event none. */
  readonly visits: readonly number[]
  readonly outcome: Outcome
  readonly methods: readonly CohortMethod[]
  /** Columns of adsl beside the baseline: numbers are covariates, texts are strata. */
  readonly adjust: readonly string[]
  /** Columns of adsl, or BASE. */
  readonly subgroups: readonly string[]
  /** `lsm.weights`: levels of strata alike, or as often as they occur. */
  readonly levelWeights: 'equal' | 'proportional'
}

export const MULTIPLICITY_METHODS = ['HOLM', 'HOCH', 'FIXSEQ', 'GATE'] as const

/** P values that are adjusted together: of the first method, last visit and first comparison of each analysis, in this order. */
export interface Multiplicity {
  readonly method: (typeof MULTIPLICITY_METHODS)[number]
  readonly analyses: readonly string[]
  /** GATE: share of the level each begins with, and what it hands on to each of the others; null elsewhere. */
  readonly weights: readonly number[] | null
  readonly arrows: readonly (readonly number[])[] | null
}

/** Facts of a subject that a model can take, as columns of adsl are called: their kind, and the field that tells them. */
export const SUBJECT_COLUMNS = {
  SITEID: { kind: 'text', field: 'site' },
  SEX: { kind: 'text', field: 'sex' },
  CONDITN: { kind: 'text', field: 'condition' },
  CHTYPE: { kind: 'text', field: 'clusterType' },
  AGE: { kind: 'number', field: 'age' },
  BMI: { kind: 'number', field: 'bmi' },
  PDURY: { kind: 'number', field: 'painDuration' },
} as const
