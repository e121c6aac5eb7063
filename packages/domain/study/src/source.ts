import type { Feature, MedicationClass } from '@afferent/records'

/**
 * One kind of file and how its columns become record tables.
 *
 * daily     one row per subject and day          episodes  one row per headache or pain episode
 * intakes   one row per intake                   subjects  one row per subject
 * visits    one row per subject (and phase) and visit, or one row per subject with a column per visit (`wide`)
 * attacks   one row per treated attack, follow-ups in columns of it (`cells`) or in files of their own
 * follow-ups one row per thing known about an attack after t0: a reading, a rescue, a further dose, a headache
 * days-wide one row per subject with a column per day
 * stimulation     one row per stimulation session, or per day of sessions
 * adverse-events  one row per adverse event
 * assessments one row per answered item of a questionnaire, or one row per subject and date (or visit) with a column per item
 * measurements one row per laboratory result, or one row per subject and date (or visit) with a column per analyte (`results`)
 * rr-intervals one row per RR interval of a record
 * A source of any layout may also map subject fields (age, arm ...), repeated on every row.
 */
export interface Source {
  readonly name: string
  /**
   * Glob on the name of the upload: `*`, `**`, `?`, `{a,b}`; case-sensitive. Parentheses mark the part of the name that
   * groups cumulative exports for `uploads: newest` (without them all files of the source are one group).
   */
  readonly files: string
  readonly format: 'csv'
  readonly layout: LayoutName
  readonly csv: CsvOptions
  /** Cells that mean 'no value' in every column, beside the empty cell. */
  readonly missing: readonly string[]
  readonly dateOrder: 'iso' | 'dmy' | 'mdy' | null
  /** R-REL, for sources that give study days instead of dates. */
  readonly dayZero: 'none' | 'first' | 'before'
  /** Header names that are known and not wanted; `*` for all others. */
  readonly ignore: readonly string[]
  readonly fields: readonly FieldMapping[]
  /**
   * Layout `visits`: which columns hold which parameter at which visit. They may stand beside `visit` and `value` fields: a
   * baseline that a long export repeats on every row is a wide column of visit 0 (identical copies are one value).
   */
  readonly wide: readonly WideColumn[]
  /** Layout `days-wide`: which columns hold which field of the daily form on which day. */
  readonly days: readonly DayColumn[]
  /** Further columns of which each gives a record of its own. */
  readonly cells: readonly CellColumn[]
  /** Layout `measurements`: what is declared about the results of an analyte. */
  readonly results: readonly ResultDeclaration[]
  /** Product names (lower case) to classes, for the fields `product`. */
  readonly products: Readonly<Record<string, MedicationClass>>
}

/** Units that the cells of a column can have. */
export const UNITS = [
  'hours',
  'minutes',
  'seconds',
  'nrs',
  'vas',
  'mA',
  'uA',
  'us',
  'ms',
  's',
  'share',
  'percent',
] as const
export type Unit = (typeof UNITS)[number]

/** Layouts a source can have, in the order they are documented. */
export const LAYOUT_NAMES = [
  'daily',
  'episodes',
  'intakes',
  'subjects',
  'visits',
  'days-wide',
  'attacks',
  'follow-ups',
  'stimulation',
  'adverse-events',
  'assessments',
  'measurements',
  'rr-intervals',
] as const
export type LayoutName = (typeof LAYOUT_NAMES)[number]

export interface CsvOptions {
  readonly delimiter: ',' | ';' | '\t' | '|' | null
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | null
  readonly decimal: '.' | ',' | null
  /**
   * Physical line of the header; `none`: there is none, and columns are named '1', '2', ...; null: the first line that
   * holds all mapped column names.
   */
  readonly headerLine: number | 'none' | null
  /** Lines after the header to leave out (Qualtrics has two). */
  readonly skipAfterHeader: number
}

/**
 * One field of a record table from one column of the export (or a constant, or the name of the file): exactly one of
 * `column`, `constant`, `fileName` is set. A field is mapped once; `symptoms` and `product` of episodes and daily forms
 * hold lists (split at `,` `;` `|` `+`) and may come from several columns.
 */
export interface FieldMapping {
  readonly field: FieldName
  /** For `field: 'covariate'`: the covariate's name; for `value`: the parameter's code. */
  readonly name: string | null
  readonly column: string | null
  readonly constant: string | null
  /** Regular expression with one group on the upload's name. */
  readonly fileName: string | null
  /** Raw text to value of the field ('yes' -> 'Y'); null: the field's own forms (Y/N, 1/0, yes/no, true/false). */
  readonly values: Readonly<Record<string, string>> | null
  readonly unit: Unit | null
  /** The value is missing when this column is empty (or holds a missing value). */
  readonly missingWhenEmpty: string | null
}

export interface WideColumn {
  readonly column: string
  readonly parameter: string
  readonly visit: number
  readonly missingWhenEmpty: string | null
}

/**
 * One cell of the daily form per column: `field` (a field of the layout `daily`) on day `day`. The day is a study day
 * (`dayZero` applies), or, where the field `date` is mapped as well, counted from that date: column 1 is the date itself.
 */
export interface DayColumn {
  readonly field: FieldName
  readonly column: string
  readonly day: number
  readonly values: Readonly<Record<string, string>> | null
  readonly unit: FieldMapping['unit']
}

/** A column that gives a record of its own: an item of a questionnaire, an analyte, a reading some minutes after t0. */
export interface CellColumn {
  readonly field: FieldName
  readonly column: string
  /** Minutes after t0, for readings; else 0. */
  readonly at: number
  /** Instrument or analyte; null for readings. */
  readonly name: string | null
  /** Item of an instrument; null elsewhere. */
  readonly item: string | null
  readonly values: Readonly<Record<string, string>> | null
  readonly unit: FieldMapping['unit']
  readonly missingWhenEmpty: string | null
}

/** What a source says of the results of one analyte; limits in its unit. */
export interface ResultDeclaration {
  readonly analyte: string
  /** Its own column; null: results stand in rows. */
  readonly column: string | null
  readonly unit: string | null
  readonly lloq: number | null
  readonly uloq: number | null
  /** Words of the export to results; `<` and `>` alone mean below and above the limit. */
  readonly values: Readonly<Record<string, string>> | null
}

/** Logical fields that columns are mapped to. Which layouts take which stands in fields.ts. */
export type FieldName =
  // who, and facts about the subject (every layout)
  | 'subject'
  | 'site'
  | 'arm'
  | 'condition'
  | 'sex'
  | 'age'
  | 'bmi'
  | 'painDuration'
  | 'treatmentStart'
  | 'randomised'
  | 'enrolled'
  | 'lastDay'
  | 'surgery'
  | 'treatmentEnd'
  | 'preventiveChanged'
  | 'rescueBeyond'
  | 'deviceFailed'
  | 'pregnancy'
  | 'death'
  | 'treated'
  | 'clusterType'
  | 'guess'
  | 'covariate'
  // daily
  | 'date'
  | 'studyDay'
  /** Last resort for exports with both a date and a study day: checked against each other, never used. */
  | 'dayCheck'
  | 'slot'
  | 'submitted'
  | 'headache'
  | 'migraine'
  | 'severity'
  | 'severityNrs'
  | 'hours'
  | 'painAvg'
  | 'painWorst'
  | 'painLeast'
  | 'painNow'
  | 'auraMinutes'
  | 'effective'
  /** Any acute medication, class unknown: yes/no or a count. */
  | 'acute'
  /** Yes/no or a count per class: `triptan: days_triptan`. */
  | MedicationClass
  | Feature
  /** A list of symptom names in one cell, mapped by `values` to features. */
  | 'symptoms'
  // episodes
  | 'start'
  | 'startOffset'
  | 'end'
  | 'endOffset'
  | 'duration'
  | 'endReason'
  // intakes
  | 'taken'
  | 'takenOffset'
  | 'product'
  | 'medicationClass'
  | 'forHeadache'
  // assessments
  | 'instrument'
  | 'version'
  | 'language'
  | 'item'
  // measurements
  | 'analyte'
  | 'unit'
  | 'lloq'
  | 'uloq'
  // rr-intervals
  | 'rr'
  | 'record'
  | 'sequence'
  | 'stimulating'
  | 'posture'
  | 'recordedBy'
  // attacks and their follow-ups
  | 'attack'
  | 't0'
  | 't0Offset'
  | 'pain'
  | 'mbs'
  | 'followUp'
  | 'rescue'
  | 'rescueAfter'
  | 'secondDose'
  | 'secondDoseAfter'
  | 'nextHeadache'
  | 'nextHeadacheAfter'
  // visits
  | 'phase'
  | 'treatment'
  | 'visit'
  | 'parameter'
  | 'value'
  // stimulation
  | 'session'
  | 'reportedBy'
  | 'minutes'
  | 'current'
  | 'pulseWidth'
  | 'frequency'
  | 'onShare'
  | 'prescribed'
  | 'delivered'
  | 'completed'
  | 'logGap'
  // adverse events
  | 'onset'
  | 'resolved'
  | 'term'
  | 'organClass'
  | 'eventNumber'
  | 'eventSeverity'
  | 'serious'
  | 'expected'
  | 'worsened'
  | 'relDevice'
  | 'relProcedure'
  | 'relStimulation'
  | 'relDrug'
  | 'outcome'
