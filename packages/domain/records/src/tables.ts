import type { ColumnKind, ColumnOf } from './column.ts'

/**
 * Record tables: the waist of the hourglass. Every format is turned into these, every metric reads these.
 *
 * Each table also has `subject`, a code into `Dataset.subjects`, never missing; rows are sorted by subject and then by
 * the table's `sortedBy` columns. A column that no source of the study asks for is absent from the table (undefined).
 *
 * Days are `i32`: days since 1970-01-01 in a study with dates; in a study with relative days the study day without the
 * hole at 0, `studyDay > 0 ? studyDay - 1 : studyDay` (so 0 is ADY 1 and -1 is ADY -1). `Dataset.calendar` says which.
 * Instants are UTC milliseconds; the offset at which they were written stands beside them in minutes.
 */
export const RECORD_TABLES = {
  /** One row per subject and file that says something about the subject. */
  subjects: {
    sortedBy: [],
    columns: {
      site: 'text',
      arm: 'text',
      condition: 'text',
      sex: 'text',
      age: 'f64',
      bmi: 'f64',
      painDuration: 'f64',
      treatmentStart: 'i32',
      randomised: 'i32',
      enrolled: 'i32',
      lastDay: 'i32',
    },
  },
  /** One row per subject and diary day (and slot): the daily form. */
  diary: {
    sortedBy: ['day', 'slot'],
    columns: {
      day: 'i32',
      slot: 'u8',
      submitted: 'instant',
      headache: 'u8',
      migraine: 'u8',
      severity: 'u8',
      hours: 'f64',
      /** Bits of FEATURES reported as present; `featuresAsked` the bits that were answered at all. */
      features: 'u16',
      featuresAsked: 'u16',
      auraMinutes: 'f64',
      /** Bits of MEDICATIONS taken for headache that day; `medicationAsked` the bits that were answered. */
      medication: 'u16',
      medicationAsked: 'u16',
      medicationEffective: 'u8',
      painAvg: 'f64',
      painWorst: 'f64',
      painLeast: 'f64',
      painNow: 'f64',
      /** Only where one row of the export feeds several records: which of the subject's rows in its file, from 0. */
      row: 'i32',
    },
  },
  /** One row per headache or pain episode. */
  episodes: {
    sortedBy: ['start'],
    columns: {
      start: 'instant',
      startOffset: 'i16',
      end: 'instant',
      endOffset: 'i16',
      endReason: 'u8',
      submitted: 'instant',
      /** Peak severity 0-3. */
      severity: 'u8',
      migraine: 'u8',
      features: 'u16',
      featuresAsked: 'u16',
      auraMinutes: 'f64',
      medication: 'u16',
      medicationAsked: 'u16',
      medicationEffective: 'u8',
    },
  },
  /** One row per intake of acute medication. `day` is the local date; `taken` is missing where only a date is known. */
  intakes: {
    sortedBy: ['day', 'taken', 'product'],
    columns: {
      day: 'i32',
      taken: 'instant',
      takenOffset: 'i16',
      submitted: 'instant',
      /** Code into MEDICATIONS. */
      medicationClass: 'u8',
      product: 'text',
      forHeadache: 'u8',
      effective: 'u8',
    },
  },
  /** One row per subject, phase, parameter and visit of a value the export already summarised (wide or long exports). */
  values: {
    sortedBy: ['phase', 'parameter', 'visit'],
    columns: {
      /** Crossover period or other stretch with a baseline of its own; becomes BASETYPE. */
      phase: 'text',
      /** Treatment during that phase, where it differs from the subject's arm. */
      treatment: 'text',
      parameter: 'text',
      /** AVISITN of the study file's `values` family; 0 is the baseline. */
      visit: 'i16',
      value: 'f64',
      /** As in `diary`. */
      row: 'i32',
    },
  },
  /** Declared for later work: attacks with follow-ups, questionnaires, laboratory, stimulation, adverse events. */
  attacks: { sortedBy: ['t0'], columns: { t0: 'instant', t0Offset: 'i16', pain: 'u8' } },
  assessments: {
    sortedBy: ['day', 'instrument', 'item'],
    columns: { day: 'i32', visit: 'text', instrument: 'text', version: 'text', item: 'text', value: 'f64' },
  },
  measurements: {
    sortedBy: ['taken', 'analyte'],
    columns: {
      taken: 'instant',
      takenOffset: 'i16',
      analyte: 'text',
      value: 'f64',
      unit: 'text',
      belowQuantification: 'u8',
    },
  },
  stimulation: {
    sortedBy: ['start'],
    columns: {
      start: 'instant',
      startOffset: 'i16',
      minutes: 'f64',
      current: 'f64',
      pulseWidth: 'f64',
      frequency: 'f64',
      prescribed: 'u16',
      delivered: 'u16',
    },
  },
  adverseEvents: {
    sortedBy: ['start', 'term'],
    columns: { start: 'i32', end: 'i32', term: 'text', severity: 'u8', serious: 'u8', related: 'u8' },
  },
} as const satisfies Record<string, { sortedBy: readonly string[]; columns: Record<string, ColumnKind> }>

export type TableName = keyof typeof RECORD_TABLES
type Columns<T extends TableName> = (typeof RECORD_TABLES)[T]['columns']

export interface RecordTable<T extends TableName> {
  readonly rows: number
  /** Codes into Dataset.subjects, ascending. */
  readonly subject: Int32Array
  readonly columns: {
    readonly [F in keyof Columns<T>]?: Columns<T>[F] extends ColumnKind ? ColumnOf<Columns<T>[F]> : never
  }
  /** Physical line of each row in its file (1 = first line), or null: `firstLine + row`. */
  readonly lines: Int32Array | null
  readonly firstLine: number
}

/** Covariates of the subjects table: columns a study file names itself, beside the fixed ones. */
export type Covariates = Readonly<Record<string, ColumnOf<'f64'> | ColumnOf<'text'>>>

/** Bit of a symptom in `features` and `featuresAsked` (ICHD-3 1.1 C-D, aura, and what CCD asks for). */
export const FEATURES = {
  unilateral: 1 << 0,
  pulsating: 1 << 1,
  aggravated: 1 << 2,
  nausea: 1 << 3,
  vomiting: 1 << 4,
  photophobia: 1 << 5,
  phonophobia: 1 << 6,
  aura: 1 << 7,
  prodrome: 1 << 8,
  postdrome: 1 << 9,
  otherSymptom: 1 << 10,
} as const
export type Feature = keyof typeof FEATURES

/** Acute-medication classes in the order of their bit; a product has one class (endpoints.md section 3). */
export const MEDICATIONS = [
  'ergot',
  'triptan',
  'opioid',
  'combination',
  'paracetamol',
  'asa',
  'nsaid',
  'gepant',
  'ditan',
  'device',
  /** An acute medication whose class the export does not tell: counts in AMD only. */
  'unspecified',
] as const
export type MedicationClass = (typeof MEDICATIONS)[number]
export const medicationBit = (name: MedicationClass): number => 1 << MEDICATIONS.indexOf(name)

/** Why an episode ended, as coded in `episodes.endReason`. */
export const END_REASONS = ['ended', 'asleep', 'ongoing'] as const

/** Values of yes/no columns (`u8`). */
export const NO = 0
export const YES = 1
