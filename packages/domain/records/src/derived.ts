import { allocate, type ColumnOf, type ColumnTable, type TextColumn } from './column.ts'
import type { Dataset } from './dataset.ts'
import type { Findings } from './findings.ts'
import type { RuleId } from './rules.ts'
import type { RecordTable, TableName } from './tables.ts'

/** A dataset in force, with the name and number of the upload it came from. A later number is a later upload. */
export interface InForce {
  readonly number: number
  readonly file: string
  readonly dataset: Dataset
}

/** What is known of records in force without their values: who is in them, which tables they have, what became of rows. */
export interface Outline {
  readonly dataset: Pick<Dataset, 'subjects' | 'counts' | 'aside'> & {
    readonly tables: Readonly<Partial<Record<TableName, unknown>>>
  }
}

/** What only the study as a whole can tell (R-CUT). Days as in the record tables. */
export interface StudyFacts {
  /** Last day that is analysed, or null: relative days, the study counts as closed. */
  readonly cut: number | null
  /** Scheduled periods and weeks: from the study file, or from the longest-observed subject. */
  readonly periods: number
  readonly weeks: number
  /** Most treated attacks of any subject; absent: none. Labels follow from it, no value does. */
  readonly attacks?: number
  /** Phases and treatments named in `values` tables, in byte order: dictionaries of BASETYPE and TRT in every shard. */
  readonly phases: readonly string[]
  readonly treatments: readonly string[]
  /** A subjects export is in force: subjects it does not name are unknown. */
  readonly subjectsListed?: boolean
}

/**
 * Records of some subjects after everything that needs more than one file: one copy per key (R-DUP), nothing before
 * consent or after the last study day or the cut, facts about each subject settled.
 */
export interface Settled extends SettledRecords {
  /** In byte order; `subject` of the tables codes into it. */
  readonly subjects: readonly string[]
  readonly facts: SubjectFacts
  /** What happened to diary entries on their way, those that do not count included; null: nothing. */
  readonly marks: RecordTable<'marks'> | null
  readonly findings: Findings
  /** Rows quarantined or excluded here, on top of what the datasets count. */
  readonly quarantined: number
  readonly excluded: Readonly<Partial<Record<RuleId, number>>>
}

/** Null: no file has rows of the table. */
export type SettledRecords = { readonly [T in SettledName]: RecordTable<T> | null }

/** Record tables whose rows are judged across files. */
export const SETTLED_TABLES = [
  'diary',
  'episodes',
  'intakes',
  'values',
  'attacks',
  'followUps',
  'assessments',
  'measurements',
  'intervals',
  'stimulation',
  'adverseEvents',
] as const satisfies readonly Exclude<TableName, 'subjects'>[]
export type SettledName = (typeof SETTLED_TABLES)[number]

/** No record of any kind. */
export const NO_RECORDS: { readonly [T in SettledName]: null } = {
  diary: null,
  episodes: null,
  intakes: null,
  values: null,
  attacks: null,
  followUps: null,
  assessments: null,
  measurements: null,
  intervals: null,
  stimulation: null,
  adverseEvents: null,
}

/** One row per subject of `Settled.subjects`; what nobody reported is missing. */
export interface SubjectFacts {
  readonly site: TextColumn
  /** Code of the study file's arm. */
  readonly arm: TextColumn
  readonly condition: TextColumn
  readonly sex: TextColumn
  readonly age: ColumnOf<'f64'>
  readonly bmi: ColumnOf<'f64'>
  readonly painDuration: ColumnOf<'f64'>
  /** Day 0 of R-ADY in table days: first treatment, else randomisation; 0 in a study with relative days. */
  readonly dayZero: ColumnOf<'i32'>
  /** Day of the first treatment as reported; missing: never treated, or not told. */
  readonly treatmentStart: ColumnOf<'i32'>
  readonly lastDay: ColumnOf<'i32'>
  readonly enrolled: ColumnOf<'i32'>
  readonly surgery: ColumnOf<'i32'>
  readonly treatmentEnd: ColumnOf<'i32'>
  readonly preventiveChanged: ColumnOf<'i32'>
  readonly rescueBeyond: ColumnOf<'i32'>
  readonly deviceFailed: ColumnOf<'i32'>
  readonly pregnancy: ColumnOf<'i32'>
  readonly death: ColumnOf<'i32'>
  /** Code of the arm received; missing: the one allocated. */
  readonly treated: TextColumn
  readonly clusterType: TextColumn
  readonly guess: TextColumn
  /** Named as in the study file. */
  readonly covariates: Readonly<Record<string, ColumnOf<'f64'> | TextColumn>>
}

/** Facts of subjects about whom nothing was reported. */
export function unknownFacts(subjects: number): SubjectFacts {
  const nobody = allocate.mask(subjects)
  const text: TextColumn = { kind: 'text', values: allocate.u8(subjects), valid: nobody, dictionary: [] }
  const number: ColumnOf<'f64'> = { kind: 'f64', values: allocate.f64(subjects), valid: nobody }
  const day: ColumnOf<'i32'> = { kind: 'i32', values: allocate.i32(subjects), valid: nobody }
  return {
    site: text,
    arm: text,
    condition: text,
    sex: text,
    age: number,
    bmi: number,
    painDuration: number,
    dayZero: day,
    treatmentStart: day,
    lastDay: day,
    enrolled: day,
    surgery: day,
    treatmentEnd: day,
    preventiveChanged: day,
    rescueBeyond: day,
    deviceFailed: day,
    pregnancy: day,
    death: day,
    treated: text,
    clusterType: text,
    guess: text,
    covariates: {},
  }
}

/** Why AVAL (or CHG) has no value, in the order of R-NOPOST: the first that holds is given. */
export const AREASONS = [
  'NOT_REACHED',
  'DISCONTINUED',
  'MISSING_ITEMS',
  'NOT_EVALUABLE',
  'INSUFFICIENT_DAYS',
  'NO_BASELINE',
] as const
export type Areason = (typeof AREASONS)[number]

/**
 * The part of adeff that is computed, one row per subject, parameter, basetype and visit, sorted that way. Everything
 * else in adeff follows from these columns and the study file and is added while writing.
 *
 * SUBJECT i32 (code) | PARAMCD text | BASETYPE text | AVISITN i16 | AWLO AWHI i32 (study days; missing for values
 * without a window) | ADY i32 | AVAL f64 | AVALC text | BASE CHG PCHG f64 | AVALCAT1 text | ABLFL text (Y) |
 * NOBS i32 | NEVT f64 | DTYPE text | CRIT1FL .. CRIT6FL text (Y, N) | ANL01FL text (Y) | AREASON text | PROVFL text (Y) |
 * TRT text: treatment of the phase, where it differs from the subject's arm.
 */
export const EFFECT_COLUMNS = [
  'SUBJECT',
  'PARAMCD',
  'BASETYPE',
  'AVISITN',
  'AWLO',
  'AWHI',
  'ADY',
  'AVAL',
  'AVALC',
  'BASE',
  'CHG',
  'PCHG',
  'AVALCAT1',
  'ABLFL',
  'NOBS',
  'NEVT',
  'DTYPE',
  'CRIT1FL',
  'CRIT2FL',
  'CRIT3FL',
  'CRIT4FL',
  'CRIT5FL',
  'CRIT6FL',
  'ANL01FL',
  'AREASON',
  'PROVFL',
  'TRT',
] as const
export type EffectColumn = (typeof EFFECT_COLUMNS)[number]

/** Time-to-event rows: SUBJECT i32, PARAMCD text, AVAL f64 (days), CNSR u8 (0 event, 1 censored), EVNTDESC text, AREASON text. */
export const EVENT_COLUMNS = ['SUBJECT', 'PARAMCD', 'AVAL', 'CNSR', 'EVNTDESC', 'AREASON'] as const

/**
 * What `derive` makes of some subjects. Dictionaries of the text columns depend on the study file alone, so that tables
 * of different shards can be laid end to end.
 */
export interface ShardResult {
  readonly subjects: readonly string[]
  readonly facts: SubjectFacts
  readonly effects: ColumnTable
  readonly events: ColumnTable
  /** Absent: the study does not analyse safety. */
  readonly safety?: SafetyResult
  readonly findings: Findings
  readonly quarantined: number
  readonly excluded: Readonly<Partial<Record<RuleId, number>>>
}

/** Adverse events and exposure of some subjects. Texts of events are those of the exports: dictionaries differ by shard. */
export interface SafetyResult {
  /** ADVERSE_COLUMNS, by subject, first possible day of onset, term and number. */
  readonly events: ColumnTable
  /** One row per subject. SAFFL text (Y, N) | EXFROM EXTO i32: table days of the first and last day of exposure, both included. */
  readonly exposure: ColumnTable
}

/**
 * The part of adae that is computed: SUBJECT AESEQ i32 | AESPID AETERM AEBODSYS text | ASTDY AENDY i32 (study days) | ASTDTF
 * AENDTF text (Y M D: what had to be imputed) | AESEV text AESEVN i32 | flags text (Y, N) | relations text | AEOUT text |
 * APHASE text.
 */
export const ADVERSE_COLUMNS = [
  'SUBJECT',
  'AESEQ',
  'AESPID',
  'AETERM',
  'AEBODSYS',
  'ASTDTF',
  'ASTDY',
  'AENDTF',
  'AENDY',
  'AESEV',
  'AESEVN',
  'AESER',
  'AEEXPFL',
  'AEWORSFL',
  'AERLDEV',
  'AERLPRC',
  'AERLSTM',
  'AERLDRG',
  'ARELDVFL',
  'ARELPRFL',
  'ARELSTFL',
  'ARELDRFL',
  'ARELFL',
  'AEOUT',
  'TRTEMFL',
  'APHASE',
] as const
export type AdverseColumn = (typeof ADVERSE_COLUMNS)[number]

/** One parameter (or visit-less endpoint) as the catalogue of metrics describes it, for output and documentation. */
export interface Parameter {
  /** PARAMCD: at most 8 characters. */
  readonly code: string
  /** PARAM: label with unit. */
  readonly label: string
  /** PARCAT1. */
  readonly category: string
  /** AVALU. */
  readonly unit: string
  readonly direction: 'lower-is-better' | 'higher-is-better' | 'none'
  /** Where it is written. */
  readonly table: 'adeff' | 'adtte'
  /** CRIT1 .. CRIT6: text of each criterion, or null where this parameter has none. */
  readonly criteria: readonly (string | null)[]
  /** STAT of CRIT5 and CRIT6 in the table `cohort`, where they are not Farrar's. */
  readonly criteriaStats?: Readonly<Record<number, string>>
  /** A log ratio to baseline: the parameter it is made of. */
  readonly ratioOf?: string
  /** METHOD: presets and rules that apply, from the study file. */
  readonly method: string
  readonly definition: string
  /** How AVAL is computed, over which windows, from how much data, what missing entries do, and which reasons can occur. */
  readonly formula?: string
  readonly window?: string
  readonly minimum?: string
  readonly missing?: string
  readonly reasons?: readonly Areason[]
  /** [C n] read in source n, [L] from the literature named, [P] a project convention. */
  readonly mark?: string
  readonly source: string
  /** Cuts of CRIT1 to CRIT4 where the family has its own; absent: those of the study. */
  readonly cuts?: readonly number[]
  /** Rows are attacks of a subject (AVISITN counts them), so that cohort figures take attacks as units, too. */
  readonly perAttack?: boolean
  /** Columns of adeff beside the fixed ones that rows of this parameter can fill. */
  readonly flags?: readonly { readonly name: string; readonly label: string; readonly definition: string }[]
}

/** A visit as printed: AVISIT of an AVISITN for a parameter. */
export interface Visit {
  readonly parameter: string
  readonly visit: number
  readonly label: string
}
