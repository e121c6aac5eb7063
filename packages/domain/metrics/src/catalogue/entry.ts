import type { Areason, Parameter, StudyFacts } from '@afferent/records'
import type { AnalyticStudy, Convention, Text, ValueParameter, Zone } from '@afferent/study'
import type { DayJudge } from '../days/judge-days.ts'
import type { EffectTexts } from '../rows/effect-rows.ts'
import type { ClusterSchedules } from '../windows/cluster-schedule.ts'
import type { Measure } from '../windows/measure.ts'
import type { Schedule } from '../windows/schedule.ts'
import type { Inputs } from './inputs.ts'

/** What the catalogue is made of: entries; and what a study makes of them: its plan. */

export type { Convention, Text }

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
  /** METHOD: the presets and rules of the study file that a value rests on, by the names it gives them (R-METH). */
  readonly method: (study: AnalyticStudy) => readonly string[]
  /** One entry per parameter that the study applies a figure to, in place of this one; each with a PARAMCD of its own. */
  readonly variants?: (study: AnalyticStudy) => readonly CatalogueEntry[]
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

/** A parameter of this study and how it is computed. */
export interface Planned {
  readonly code: string
  /** Place of the code in the dictionary of PARAMCD (adeff) or of the events (adtte). */
  readonly place: number
  readonly table: Parameter['table']
  readonly entry: CatalogueEntry | null
  /** For a value the export summarised: its description; `pooled` for the value over all visits. */
  readonly value: { readonly parameter: ValueParameter; readonly index: number; readonly pooled: boolean } | null
  readonly never: Areason | null
}

/** Everything that follows from the study file and the study's facts, found once per call. */
export interface Plan {
  readonly study: AnalyticStudy
  readonly facts: StudyFacts
  readonly inputs: Inputs
  readonly periods: Schedule
  readonly weeks: Schedule
  readonly visits: Schedule
  /** Windows of weekly attacks; null: the study has none. */
  readonly cluster: ClusterSchedules | null
  readonly judge: DayJudge
  readonly zone: Zone | null
  /** In byte order of the code. */
  readonly planned: readonly Planned[]
  readonly effectCodes: readonly string[]
  /** What the text columns of adeff can hold. */
  readonly texts: EffectTexts
  /** How many of CRIT1 to CRIT4 are in use. */
  readonly cuts: number
  readonly eventCodes: readonly string[]
}
