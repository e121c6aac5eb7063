import type { ColumnKind, ColumnOf } from './column.ts'

/**
 * Record tables: the waist of the hourglass. Every format is turned into these, every metric reads these.
 *
 * Each table also has `subject`, a code into `Dataset.subjects`, never missing; rows are sorted by subject and then by
 * the table's `sortedBy` columns; `key` makes a record itself (R-DUP). A column that no source of the study asks for is
 * absent from the table (undefined).
 *
 * Days are `i32`: days since 1970-01-01 in a study with dates; in a study with relative days the study day without the
 * hole at 0, `studyDay > 0 ? studyDay - 1 : studyDay` (so 0 is ADY 1 and -1 is ADY -1). `Dataset.calendar` says which.
 * Instants are UTC milliseconds; the offset at which they were written stands beside them in minutes.
 */
export const RECORD_TABLES = {
  /** One row per subject and file that says something about the subject. */
  subjects: {
    sortedBy: [],
    key: [],
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
      /** Surgery of an implant: for safety alone, never day 1. */
      surgery: 'i32',
      /** Day of the last stimulation or dose. */
      treatmentEnd: 'i32',
      /** Days of intercurrent events. */
      preventiveChanged: 'i32',
      rescueBeyond: 'i32',
      deviceFailed: 'i32',
      pregnancy: 'i32',
      death: 'i32',
      /** Arm of the treatment received, where it differs from the one allocated. */
      treated: 'text',
      /** Cluster headache: code into CLUSTER_TYPES. */
      clusterType: 'text',
      /** Blinding: the treatment the subject believes to have had; code of the arm, or 'unknown'. */
      guess: 'text',
    },
  },
  /** One row per subject and diary day (and slot): the daily form. */
  diary: {
    sortedBy: ['day', 'slot'],
    key: ['day', 'slot'],
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
    key: ['start'],
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
    key: ['day', 'taken', 'product'],
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
    key: ['phase', 'parameter', 'visit'],
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
  /** One row per treated attack (endpoints.md sections 4 and 5). */
  attacks: {
    sortedBy: ['t0'],
    key: ['t0'],
    columns: {
      /** Local date of t0. */
      day: 'i32',
      /** Number of the attack as the export counts it: follow-ups name it. Results count attacks by t0. */
      number: 'i32',
      /** First stimulation or dose. */
      t0: 'instant',
      t0Offset: 'i16',
      submitted: 'instant',
      /** Pain at t0: 0-3, of cluster attacks 0-4. */
      pain: 'u8',
      features: 'u16',
      featuresAsked: 'u16',
      /** Most bothersome symptom named for this attack: code into MBS. */
      mbs: 'u8',
    },
  },
  /**
   * One row per thing known about an attack after t0: a reading, a rescue, a further dose, a headache. Belongs to the attack
   * of its number, else of its t0. Rows that an attack's own row brought know it by t0 and have `row` -1: that row is
   * counted there.
   */
  followUps: {
    sortedBy: ['number', 't0', 'taken', 'seconds', 'kind'],
    key: ['number', 't0', 'taken', 'seconds', 'kind'],
    columns: {
      /** Its own local date (that of `taken`, else of t0 + `seconds`); absent where only the number of its attack is known. */
      day: 'i32',
      number: 'i32',
      t0: 'instant',
      /** Elapsed whole seconds since t0, where the export gives a time since t0 instead of an instant. */
      seconds: 'i32',
      taken: 'instant',
      takenOffset: 'i16',
      /** Code into FOLLOW_UPS. */
      kind: 'u8',
      submitted: 'instant',
      pain: 'u8',
      features: 'u16',
      featuresAsked: 'u16',
      row: 'i32',
    },
  },
  /** One row per answered item of a questionnaire, or total scored elsewhere (the item is then the PARAMCD). */
  assessments: {
    sortedBy: ['day', 'visit', 'instrument', 'item'],
    key: ['day', 'visit', 'instrument', 'item'],
    columns: {
      day: 'i32',
      /** AVISITN, where the export names its visits. */
      visit: 'i16',
      submitted: 'instant',
      instrument: 'text',
      version: 'text',
      language: 'text',
      item: 'text',
      value: 'f64',
      row: 'i32',
    },
  },
  /** One row per laboratory result, in the canonical unit of its analyte. */
  measurements: {
    sortedBy: ['day', 'taken', 'visit', 'analyte'],
    key: ['day', 'taken', 'visit', 'analyte'],
    columns: {
      day: 'i32',
      taken: 'instant',
      takenOffset: 'i16',
      visit: 'i16',
      submitted: 'instant',
      analyte: 'text',
      /** The result; where it lies outside the limits of quantification, the limit it lies below or above. */
      value: 'f64',
      /** Code into QUANTIFIED. */
      quantified: 'u8',
      row: 'i32',
    },
  },
  /** One row per RR interval. A record is what agrees in everything of the key but the sequence. */
  intervals: {
    sortedBy: ['day', 'taken', 'visit', 'record', 'stimulating', 'posture', 'device', 'sequence'],
    key: ['day', 'taken', 'visit', 'record', 'stimulating', 'posture', 'device', 'sequence'],
    columns: {
      day: 'i32',
      /** Start of the record. */
      taken: 'instant',
      takenOffset: 'i16',
      visit: 'i16',
      /** Name of the record where several have one date. */
      record: 'text',
      /** Number of the interval in its record; a number that is left out is an interval that nobody could read. */
      sequence: 'i32',
      /** Milliseconds. */
      rr: 'f64',
      stimulating: 'u8',
      posture: 'text',
      device: 'text',
    },
  },
  /** One row per stimulation session, or per day of sessions; a device and a diary may both tell of a day. */
  stimulation: {
    sortedBy: ['day', 'start', 'session', 'origin'],
    key: ['day', 'start', 'session', 'origin'],
    columns: {
      day: 'i32',
      start: 'instant',
      startOffset: 'i16',
      /** Number of the session within its day, where the export has no times. */
      session: 'i32',
      /** Code into SESSION_ORIGINS: who says so. */
      origin: 'u8',
      submitted: 'instant',
      /** Minutes of stimulation, of all sessions of the row together. */
      minutes: 'f64',
      /** Milliamperes, microseconds, hertz; share of the time that pulses run (1: all). */
      current: 'f64',
      pulseWidth: 'f64',
      frequency: 'f64',
      onShare: 'f64',
      /** Sessions prescribed for the day, and delivered in this row (absent: one). */
      prescribed: 'u16',
      delivered: 'u16',
      /** The session was not broken off. */
      completed: 'u8',
      /** The device log could not be read for this day. */
      logGap: 'u8',
    },
  },
  /** One row per adverse event. A partial date is the span of days it can mean. */
  adverseEvents: {
    sortedBy: ['start', 'term', 'number'],
    key: ['start', 'term', 'number'],
    columns: {
      /** First and last possible day of onset; absent: unknown. */
      start: 'i32',
      startTo: 'i32',
      /** First and last possible day of the end; absent: not ended. */
      end: 'i32',
      endTo: 'i32',
      submitted: 'instant',
      /** Identifier of the event in its export. */
      number: 'text',
      term: 'text',
      /** System organ class. */
      class: 'text',
      /** 1 mild, 2 moderate, 3 severe. */
      severity: 'u8',
      serious: 'u8',
      expected: 'u8',
      worsened: 'u8',
      /** Codes into CAUSALITY. */
      relDevice: 'u8',
      relProcedure: 'u8',
      relStimulation: 'u8',
      relDrug: 'u8',
      outcome: 'text',
    },
  },
  /** What happened to a diary entry on its way: one row per entry of a table and thing noticed. Never judged itself. */
  marks: {
    sortedBy: ['day', 'kind'],
    key: ['day', 'kind'],
    columns: {
      /** Local date of the entry; of an episode that of its start. */
      day: 'i32',
      /** Code into MARKS. */
      kind: 'u8',
      row: 'i32',
    },
  },
} as const satisfies Record<
  string,
  { sortedBy: readonly string[]; key: readonly string[]; columns: Record<string, ColumnKind> }
>

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
  /** High-flow oxygen, in cluster headache. */
  'oxygen',
] as const
export type MedicationClass = (typeof MEDICATIONS)[number]
export const medicationBit = (name: MedicationClass): number => 1 << MEDICATIONS.indexOf(name)

/**
 * Kinds of marks, of the daily form and of episodes and intakes apart: a clock that showed a time twice or not at all (R-TZ),
 * an entry too late to count (R-LATE), copies that contradicted each other (R-DUP), a pain rating on the visual scale.
 */
export const MARKS = [
  'clock.diary',
  'clock.events',
  'late.diary',
  'late.events',
  'conflict.diary',
  'conflict.events',
  'vas.avg',
  'vas.worst',
  'vas.least',
  'vas.now',
] as const
export type MarkName = (typeof MARKS)[number]

/** Why an episode ended, as coded in `episodes.endReason`. */
export const END_REASONS = ['ended', 'asleep', 'ongoing'] as const

/** What a row of `followUps` says. */
export const FOLLOW_UPS = ['reading', 'rescue', 'dose', 'headache'] as const
export type FollowUpKind = (typeof FOLLOW_UPS)[number]

/** Symptoms that can be the most bothersome one of an attack. */
export const MBS = ['nausea', 'photophobia', 'phonophobia'] as const satisfies readonly Feature[]

/** Where a laboratory result lies, from low to high: below the lower limit of quantification, measured, above the upper one. */
export const QUANTIFIED = ['below', 'measured', 'above'] as const
export const [BELOW, MEASURED, ABOVE] = [0, 1, 2] as const

/** Who tells of a stimulation session: the log of the device, or the subject's diary. */
export const SESSION_ORIGINS = ['device', 'diary'] as const

/** Severity of an adverse event, coded from 1. */
export const EVENT_SEVERITIES = ['mild', 'moderate', 'severe'] as const

/** ISO 14155 causality, from the least to the most that is said; `unknown` counts as related. */
export const CAUSALITY = ['unrelated', 'unknown', 'possible', 'probable', 'causal'] as const
export type Causality = (typeof CAUSALITY)[number]

export const CLUSTER_TYPES = ['episodic', 'chronic'] as const

/** Values of yes/no columns (`u8`). */
export const NO = 0
export const YES = 1
