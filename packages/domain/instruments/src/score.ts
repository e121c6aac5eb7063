/** How well a rule is known: checked against source n, from the literature named, or a choice of this project. */
export type Mark = `[C ${number}]` | '[L]' | '[P]'

/** A range of a score with a name (AVALCAT1): from `from`, which counts, to the next band. */
export interface Band {
  readonly from: number
  readonly label: string
}

/**
 * A published figure to judge a score by. `value` is a change for `within-person`, `between-groups` and `response`
 * (negative where lower is better; in percent of the baseline where the unit says so), else a score: `remission` is
 * below it, a `cut-off` counts itself.
 */
export interface Threshold {
  readonly kind: 'within-person' | 'between-groups' | 'response' | 'remission' | 'cut-off'
  readonly value: number
  readonly unit: 'points' | '%'
  readonly text: string
  readonly source: string
  readonly mark: Mark
}

/** One score of an instrument; all an analyst must know of it, as data. */
export interface Score {
  /** PARAMCD. */
  readonly code: string
  /** PARAM, at most 40 characters. */
  readonly label: string
  readonly unit: string
  /** `flag`: 1 yes, 0 no. `external`: never computed here, taken as a ready total only. */
  readonly kind: 'score' | 'flag' | 'external'
  /** Range that a score can have; null where that side is open. */
  readonly lowest: number | null
  readonly highest: number | null
  readonly direction: 'lower-is-better' | 'higher-is-better'
  /** Answers that must be there; which ones, `missingRule` says. 0 for a ready total. */
  readonly minAnswered: number
  readonly missingRule: string
  readonly bands: readonly Band[]
  /** A finer division than `bands`; empty where there is none. */
  readonly finerBands: readonly Band[]
  readonly thresholds: readonly Threshold[]
  /** Versions of the instrument that yield it; null: all. */
  readonly versions: readonly string[] | null
  readonly definition: string
  readonly formula: string
  readonly source: string
  readonly mark: Mark
}

type Optional = 'unit' | 'kind' | 'bands' | 'finerBands' | 'thresholds' | 'versions' | 'missingRule'

/** A score with what most have in common: points, no bands, no thresholds, all versions, no answer missing. */
export function defineScore(given: Omit<Score, Optional> & Partial<Pick<Score, Optional>>): Score {
  return {
    unit: 'points',
    kind: 'score',
    missingRule: 'no item may be missing',
    bands: [],
    finerBands: [],
    thresholds: [],
    versions: null,
    ...given,
  }
}
