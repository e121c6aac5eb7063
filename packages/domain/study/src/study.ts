import type { CohortPlan } from './cohort-plan.ts'
import type { Source } from './source.ts'

/**
 * The effective study file: every default spelled out, every preset resolved. All code but this package sees only this.
 *
 * `analytic` decides results and enters their names; `operational` does not. Durations carry their unit in the name,
 * days are study days (ADY, without a 0), windows include both ends.
 */
export interface Study {
  readonly analytic: AnalyticStudy
  readonly operational: OperationalStudy
}

export interface OperationalStudy {
  readonly debounceSeconds: number
  readonly maxWaitSeconds: number
  readonly schedule: { readonly cron: string; readonly timezone: string } | null
  readonly keepRuns: number
  readonly outputs: readonly ('arrow' | 'csv')[]
}

export interface AnalyticStudy {
  readonly schemaVersion: 1
  /** STUDYID. */
  readonly id: string
  readonly title: string | null
  readonly condition: Condition
  /** Name of the preset that filled the defaults, for the manifest and METHOD. */
  readonly preset: string | null
  /** `diary.tz`: IANA zone of the subjects' homes; null: wall clocks are taken as written (R-TZ). */
  readonly timezone: string | null
  readonly arms: readonly Arm[]
  /** Nothing that is published tells who is in which arm, nor what the arms are called. */
  readonly blinded: boolean
  readonly calendar: 'dates' | 'relative'
  readonly diary: {
    readonly lateHours: number
    readonly episodeObserves: boolean
    readonly logComplete: boolean
  }
  readonly periods: Periods
  readonly weeks: Weeks
  readonly visits: Visits
  readonly headache: HeadacheFamily | null
  readonly pain: PainFamily | null
  readonly acute: AcuteFamily | null
  readonly cluster: ClusterFamily | null
  readonly values: ValuesFamily | null
  readonly individual: IndividualFamily | null
  /** Record flags that become columns of adeff. */
  readonly flags: readonly RecordFlag[]
  readonly adherence: AdherenceFamily | null
  readonly safety: SafetyFamily | null
  readonly questionnaires: QuestionnairesFamily | null
  readonly mood: MoodFamily | null
  readonly fibromyalgia: FibromyalgiaFamily | null
  readonly laboratory: LaboratoryFamily | null
  readonly autonomic: AutonomicFamily | null
  readonly responders: Responders
  /** Null: no analysis of the cohort is asked for. */
  readonly cohort: CohortPlan | null
  readonly primary: { readonly parameter: string; readonly visit: number } | null
  /** ISO date; null: R-CUT. */
  readonly dataCut: string | null
  readonly uploads: 'byName' | 'newest' | 'laterWins'
  readonly covariates: readonly Covariate[]
  readonly sources: readonly Source[]
}

export type Condition =
  | 'episodic-migraine'
  | 'chronic-migraine'
  | 'headache'
  | 'cluster'
  | 'fibromyalgia'
  | 'neuropathic-pain'
  | 'chronic-pain'
  | 'other'

export interface Arm {
  /** As written in the export. */
  readonly code: string
  /** As printed: TRTP, TRTA. */
  readonly name: string
  readonly reference: boolean
}

/** A visit window in study days, both ends included. `visit` is AVISITN: 0 for the baseline. */
export interface Window {
  readonly visit: number
  readonly label: string
  readonly from: number
  readonly to: number
}

export type PeriodMissing = 'prorate14' | 'half' | 'd20' | 'strict80' | 'complete'

/** 28-day periods (endpoints.md section 2) or the study's own windows. */
export interface Periods {
  readonly lengthDays: number
  readonly baseline: Window
  readonly baselineMinObserved: number
  /** Preset that decides when a period is valid; goes to METHOD. */
  readonly missing: PeriodMissing
  /** Overrides the preset: days observed that make a period valid, whatever its length. */
  readonly minObserved: number | null
  /** Number of scheduled periods; null: as many whole ones as the longest-observed subject has (R-CUT). */
  readonly count: number | null
  /** Explicit windows in place of counted periods; null: periods of `lengthDays` from ADY 1. */
  readonly windows: readonly Window[] | null
  readonly pooledMinObservedFraction: number
}

export interface Weeks {
  readonly baseline: Window
  readonly minObserved: number
  readonly count: number | null
}

/**
 * Visits of what is not asked daily: questionnaires, laboratory, heart-rate records. A record belongs to the visit it names,
 * else to the window its day lies in; a day that lies in the baseline belongs to no other window.
 */
export interface Visits {
  /** Up to the first day of treatment, which such records precede [P]. */
  readonly baseline: Window
  /** Null: the periods of the study. */
  readonly windows: readonly Window[] | null
  /** Which of several records in a window counts: the last, the first, or that closest to the window's end. */
  readonly choose: 'last' | 'first'
}

export interface HeadacheFamily {
  readonly preset: 'any' | 'ihs-4h' | 'leiden-30m' | 'cm-mod4h'
  /** `md.source`: criteria of the preset, or the patient's own yes/no. */
  readonly migraineSource: 'criteria' | 'patient'
  readonly durationBasis: 'episode' | 'day'
  readonly featureScope: 'episode' | 'day'
  readonly probable: boolean
  readonly attackRule: 'gapHours' | 'freeDay'
  readonly gapHours: number
  readonly maxMissing: number
  readonly relapseHours: number
  /**
   * `sev.nrsCuts`, for `severityNrs`: mild is above the first, moderate from the second, severe from the third on
   * (0, 4, 7: 0 none, 3.5 mild, 6.9 moderate).
   */
  readonly nrsCuts: readonly [number, number, number]
  readonly sustainPeriods: number
  /** `mo.regular`: overuse also needs two intake days in every week with at least five diary days. */
  readonly overuseRegular: boolean
  /** `mo.other`: days per 28 on which a gepant or ditan is overused; null: never. */
  readonly overuseOther: number | null
}

export type PainKind = 'avg' | 'worst' | 'least' | 'now'

export interface PainFamily {
  readonly kinds: readonly PainKind[]
  /** `pain.threshold` of PND4. */
  readonly threshold: number
  readonly bands: 'nrs-1-4-7' | 'eppoc-0-5-7'
  readonly ttrConfirmWeeks: number
  readonly sustainWeeks: number
  /** `flare.delta`: points above the baseline week that make a day one of a flare. */
  readonly flareDelta: number
  /** One row per rated date as well: PNAVG, PNWST, PNLST, PNNOW. */
  readonly daily: boolean
}

/** Acute treatment of attacks, pain 0-3 (endpoints.md section 4). */
export interface AcuteFamily {
  /** Treated when the pain is moderate or severe, or early, while it is mild (`acute.minPain` 2 or 1). */
  readonly preset: 'standard' | 'early'
  /** `acute.minPain`: least pain at t0 that an attack is evaluated from. */
  readonly minPain: 1 | 2
  /** `acute.windows`: minutes that a reading may lie before or after 30, 60 and 120 min, both limits included. */
  readonly windows: { readonly '30': number; readonly '60': number; readonly '120': number }
}

/** Cluster headache, pain 0-4 (endpoints.md section 5). */
export interface ClusterFamily {
  /**
   * Windows of the weekly attacks: run-in and last two weeks (`preva`), weeks 1-3 (`gal-ech`), study weeks (`weekly`);
   * `attacks`: treated attacks alone.
   */
  readonly preset: 'preva' | 'gal-ech' | 'weekly' | 'attacks'
}

/** What is said about one patient at a time (endpoints.md section 9). Parameters go by their PARAMCD. */
export interface IndividualFamily {
  /** Judged visit by visit against their baseline: RCI, RSPCLASS. */
  readonly parameters: readonly string[]
  /** Compared before and after day 1, value by value: NAP, TAU, TAUU, TSSLOPE, LAG1, RTP. PNAVG and the like: by date. */
  readonly series: readonly string[]
  /** By parameter: what two measurements of an unchanged patient differ by. */
  readonly reliableChange: Readonly<Record<string, ReliableChangeNorm>>
  /** Set where the start of treatment was drawn by lot: least number of occasions before and after it. */
  readonly randomisation: { readonly minBaseline: number; readonly minTreatment: number } | null
}

/** Standard deviation and test-retest correlation of a reference population, and where they stand. */
export interface ReliableChangeNorm {
  readonly sd: number
  readonly r: number
  readonly source: string
}

/** What the record behind a value went through, as a column of adeff (endpoints.md sections 1, 3 and 6). */
export const RECORD_FLAGS = ['ENDFL', 'STATMFL', 'GAPFL', 'TZFL', 'LATEFL', 'DUPFL', 'UNITFL'] as const
export type RecordFlag = (typeof RECORD_FLAGS)[number]

/** Values that an export holds already summarised per visit: scores, counts per period, pain at visits. */
export interface ValuesFamily {
  readonly parameters: readonly ValueParameter[]
}

export interface ValueParameter {
  /** PARAMCD. */
  readonly code: string
  readonly label: string
  readonly unit: string
  readonly direction: 'lower-is-better' | 'higher-is-better'
  /** Visits in order; `days` is the length of the period the value was counted over, null for a value that is no count. */
  readonly visits: readonly { readonly visit: number; readonly label: string; readonly days: number | null }[]
  /** Counts are scaled to this many days (28 for 'per 28 days'); null: the value stands as exported. */
  readonly perDays: number | null
  /** Lowest and highest value (R-RANGE), both allowed. */
  readonly range: readonly [number | null, number | null]
  /** Pool the post-baseline visits into one value as well (suffix P). */
  readonly pooled: boolean
}

/** Stimulation sessions: adherence and dose (endpoints.md section 11). */
export interface AdherenceFamily {
  /** Sessions prescribed per day where the export does not say it; null: it always does. */
  readonly sessionsPerDay: number | null
  /** `adh.threshold`: percents that flags of STIMADH are about, ascending. */
  readonly thresholds: readonly number[]
  /** Nominal minutes of a session; null: not known. */
  readonly sessionMinutes: number | null
  /** A shorter session does not count as delivered; 0: any that is longer than nothing. */
  readonly minMinutes: number
  /** Sessions of a day beyond those prescribed that nobody asks about. */
  readonly surplusSessions: number
}

/** Adverse events (endpoints.md section 11). */
export interface SafetyFamily {
  /** Days after the last stimulation in which an event still counts as treatment-emergent. */
  readonly followUpDays: number
}

/** Questionnaires that are scored, in byte order of the code. */
export interface QuestionnairesFamily {
  readonly instruments: readonly QuestionnaireSettings[]
}

export interface QuestionnaireSettings {
  /** As the package instruments names it. */
  readonly code: string
  /** The user holds what the instrument needs to be administered. */
  readonly licence: boolean
  /** Version of forms that name none; null: every form names its own. */
  readonly version: string | null
  /** Choices of the instrument by name: `orientation` of the PGIC. */
  readonly choices: Readonly<Record<string, string>>
  /** What the user brings because it may not be shipped: raw sums to T scores, profiles to values. Keys are whole numbers. */
  readonly table: Readonly<Record<string, number>> | null
  /** PARAMCD of the scores that are written, in the order of the instrument. */
  readonly scores: readonly string[]
  /** Size of the change of one person that matters, by PARAMCD; the direction is that of the score. */
  readonly thresholds: Readonly<Record<string, number>>
}

/** Dual response of pain and mood (endpoints.md section 8). */
export interface MoodFamily {
  readonly scale: MoodScale
  /** PARAMCD of the pain outcome, and the reduction in percent that makes its response. */
  readonly pain: string
  readonly painCut: number
}

export type MoodScale = 'PHQ9' | 'HADSD' | 'BDI2'

/** Components of the fibromyalgia response, each the PARAMCD that measures it; null: not measured (section 6). */
export type FibromyalgiaFamily = Readonly<Record<FibromyalgiaDomain, string | null>>

export type FibromyalgiaDomain =
  | 'pain'
  | 'function'
  | 'sleep'
  | 'fatigue'
  | 'depression'
  | 'anxiety'
  | 'cognition'
  // For the coverage of core domains alone.
  | 'tenderness'
  | 'global'

/** Laboratory results (endpoints.md section 8). */
export interface LaboratoryFamily {
  /** `lab.blq`: what stands for a result below the limit of quantification. */
  readonly blq: 'sqrt2' | 'half'
  /** In byte order of the code. */
  readonly analytes: readonly Analyte[]
}

export interface Analyte {
  /** PARAMCD; that of its log ratio ends with LR. */
  readonly code: string
  readonly label: string
  /** Canonical unit: results are written in it. */
  readonly unit: string
  readonly direction: 'lower-is-better' | 'higher-is-better' | 'none'
  /** Units a result may be given in, each with the factor that makes it one of the canonical unit. */
  readonly units: Readonly<Record<string, number>>
}

/** Heart rate variability (endpoints.md section 8). */
export interface AutonomicFamily {
  readonly preset: 'standard'
  /** Records that are analysed: without stimulation, during it. */
  readonly stimulation: readonly ('off' | 'on')[]
}

export interface Responders {
  /** Reductions in percent that make CRIT1, CRIT2, ... of every parameter. */
  readonly cuts: readonly number[]
  readonly missing: 'NRI' | 'OC'
  readonly zeroBaseline: 'exclude' | 'nonresponder'
}

export interface Covariate {
  /** Column of adsl: at most 8 characters, A-Z 0-9. */
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'number'
}
