import {
  allocate,
  CAUSALITY,
  type Causality,
  type ColumnOf,
  type ColumnTable,
  END_REASONS,
  FEATURES as FEATURE_BITS,
  type FEATURES,
  type Feature,
  FOLLOW_UPS,
  type FollowUpKind,
  isPresent,
  MARKS,
  type MarkName,
  MBS,
  MEDICATIONS,
  type MedicationClass,
  markPresent,
  NO_FINDINGS,
  NO_RECORDS,
  QUANTIFIED,
  type RecordTable,
  SESSION_ORIGINS,
  type Settled,
  type StudyFacts,
  type SubjectFacts,
  type TextColumn,
  unknownFacts,
} from '@afferent/records'
import {
  type AnalyticStudy,
  type FieldName,
  fromStudyDay,
  type QuestionnaireSettings,
  type Source,
  type ValueParameter,
} from '@afferent/study'

/** Small records typed out by tests. Days are study days (ADY); instants are UTC, offsets minutes. */
export interface FormRow {
  readonly day: number
  readonly headache?: boolean
  readonly migraine?: boolean
  readonly severity?: number
  readonly hours?: number
  readonly features?: readonly Feature[]
  readonly auraMinutes?: number
  readonly medication?: readonly MedicationClass[]
  readonly effective?: boolean
  readonly avg?: number
  readonly worst?: number
  readonly least?: number
  readonly now?: number
}

export interface EpisodeRow {
  /** ISO instants with offset: '2026-03-04T22:00+01:00'; without one, UTC. */
  readonly start: string
  readonly end?: string
  readonly severity?: number
  readonly migraine?: boolean
  readonly features?: readonly Feature[]
  readonly auraMinutes?: number
  readonly medication?: readonly MedicationClass[]
  readonly endReason?: 'asleep' | 'ongoing'
}

export interface IntakeRow {
  readonly day: number
  /** ISO instant, where the time is known. */
  readonly taken?: string
  readonly class: MedicationClass
  readonly forHeadache?: boolean
  readonly effective?: boolean
}

/** A treated attack; times after t0 in minutes. */
export interface AttackRow {
  /** ISO instant with offset; without one, UTC. */
  readonly t0: string
  readonly number?: number
  readonly pain?: number
  /** Symptoms at t0; absent: not asked. */
  readonly features?: readonly Feature[]
  readonly mbs?: (typeof MBS)[number]
  /** Pain by minutes after t0, or pain and symptoms. */
  readonly readings?: Readonly<
    Record<number, number | { readonly pain?: number; readonly features?: readonly Feature[] }>
  >
  readonly rescues?: readonly number[]
  readonly doses?: readonly number[]
  readonly headaches?: readonly number[]
}

export interface ValueRow {
  readonly phase?: string
  readonly treatment?: string
  readonly parameter: string
  readonly visit: number
  readonly value?: number
}

export interface SessionRow {
  readonly day: number
  readonly origin?: 'device' | 'diary'
  readonly session?: number
  readonly minutes?: number
  readonly current?: number
  readonly pulseWidth?: number
  readonly frequency?: number
  readonly onShare?: number
  readonly prescribed?: number
  readonly delivered?: number
  readonly completed?: boolean
  readonly logGap?: boolean
}

export interface EventRow {
  /** Study days, or first and last possible ones; absent: not told. */
  readonly start?: number | readonly [number, number]
  readonly end?: number | readonly [number, number]
  readonly number?: string
  readonly term: string
  readonly class?: string
  readonly severity?: 1 | 2 | 3
  readonly serious?: boolean
  readonly worsened?: boolean
  readonly relDevice?: Causality
  readonly relProcedure?: Causality
}

/** A form at a study day or a visit; answers by item, totals by PARAMCD. */
export interface FormOfDay {
  readonly day?: number
  readonly visit?: number
  readonly instrument: string
  readonly version?: string
  readonly answers: Readonly<Record<string, number>>
}

/** A laboratory result in its canonical unit; `below` or `above` the limit that `value` then is. */
export interface ResultRow {
  readonly day?: number
  readonly visit?: number
  readonly analyte: string
  readonly value: number
  readonly side?: 'below' | 'above'
}

/** A record of RR intervals in ms; holes are intervals that are not there. */
export interface RecordOfDay {
  readonly day?: number
  readonly visit?: number
  readonly name?: string
  readonly rr: readonly (number | null)[]
  readonly stimulating?: boolean
  readonly posture?: string
  readonly device?: string
}

export interface Patient {
  readonly id: string
  /** First treatment day as an epoch day; 0 by default. */
  readonly dayZero?: number | null
  readonly lastDay?: number
  readonly enrolled?: number
  readonly forms?: readonly FormRow[]
  readonly episodes?: readonly EpisodeRow[]
  readonly intakes?: readonly IntakeRow[]
  readonly values?: readonly ValueRow[]
  readonly attacks?: readonly AttackRow[]
  readonly marks?: readonly { readonly day: number; readonly kind: MarkName }[]
  readonly sessions?: readonly SessionRow[]
  readonly events?: readonly EventRow[]
  readonly treatmentStart?: number
  readonly treatmentEnd?: number
  readonly surgery?: number
  readonly questionnaires?: readonly FormOfDay[]
  readonly results?: readonly ResultRow[]
  readonly records?: readonly RecordOfDay[]
}

export const TYPICAL = ['unilateral', 'pulsating', 'nausea'] as const satisfies readonly Feature[]

const featureBits = (features: readonly Feature[] | undefined): number =>
  (features ?? []).reduce((bits, name) => bits | (FEATURE_BITS as typeof FEATURES)[name], 0)
const classBits = (classes: readonly MedicationClass[] | undefined): number =>
  (classes ?? []).reduce((bits, name) => bits | (1 << MEDICATIONS.indexOf(name)), 0)
const flag = (value: boolean | undefined): number | undefined => (value === undefined ? undefined : value ? 1 : 0)

type Kinds = 'u8' | 'u16' | 'i16' | 'i32' | 'f64' | 'instant'

function column<K extends Kinds>(kind: K, cells: readonly (number | undefined)[]): ColumnOf<K> {
  const values = kind === 'instant' ? allocate.f64(cells.length) : allocate[kind as 'u8'](cells.length)
  const valid = allocate.mask(cells.length)
  cells.forEach((cell, row) => {
    if (cell === undefined) return
    values[row] = cell
    markPresent(valid, row)
  })
  return { kind, values, valid } as unknown as ColumnOf<K>
}

function textColumn(cells: readonly (string | undefined)[]): TextColumn {
  const dictionary = [...new Set(cells.filter((cell) => cell !== undefined))].sort()
  const codes = column(
    'i32',
    cells.map((cell) => (cell === undefined ? undefined : dictionary.indexOf(cell))),
  )
  return { kind: 'text', values: codes.values, valid: codes.valid, dictionary }
}

/** Settled records of some patients, in the order given (byte order of ids). */
export function settledOf(patients: readonly Patient[]): Settled {
  const rows = <T>(of: (patient: Patient) => readonly T[] | undefined): (T & { s: number; zero: number })[] =>
    patients.flatMap((patient, s) => (of(patient) ?? []).map((row) => ({ ...row, s, zero: patient.dayZero ?? 0 })))
  const some = <T>(list: readonly unknown[], table: T): T | null => (list.length > 0 ? table : null)
  const forms = rows((patient) => [...(patient.forms ?? [])].sort((a, b) => a.day - b.day))
  const episodes = rows((patient) => [...(patient.episodes ?? [])].sort((a, b) => instant(a.start) - instant(b.start)))
  const intakes = rows((patient) => [...(patient.intakes ?? [])].sort((a, b) => a.day - b.day))
  const values = rows((patient) => patient.values)
  const attacks = rows((patient) => [...(patient.attacks ?? [])].sort((a, b) => instant(a.t0) - instant(b.t0)))
  const followUps = attacks.flatMap(followUpsOf)
  const marks = rows((patient) => patient.marks)
  const sessions = rows((patient) => [...(patient.sessions ?? [])].sort((a, b) => a.day - b.day))
  const events = rows((patient) => [...(patient.events ?? [])].sort((a, b) => firstOf(a.start) - firstOf(b.start)))
  const measurements = rows((patient) =>
    [...(patient.results ?? [])].sort(
      (a, b) =>
        (a.day ?? -9999) - (b.day ?? -9999) || (a.visit ?? -1) - (b.visit ?? -1) || (a.analyte < b.analyte ? -1 : 1),
    ),
  )
  const intervals = rows((patient) => (patient.records ?? []).flatMap(intervalsOf))
  const assessments = rows((patient) => answersOf(patient.questionnaires ?? []))
  return {
    subjects: patients.map((patient) => patient.id),
    facts: factsOf(patients),
    ...NO_RECORDS,
    marks: some(marks, {
      ...frame(marks),
      columns: {
        day: column(
          'i32',
          marks.map((row) => row.zero + fromStudyDay(row.day)),
        ),
        kind: column(
          'u8',
          marks.map((row) => MARKS.indexOf(row.kind)),
        ),
      },
    }),
    diary: some(forms, diaryTable(forms)),
    episodes: some(episodes, episodeTable(episodes)),
    intakes: some(intakes, {
      ...frame(intakes),
      columns: {
        day: column(
          'i32',
          intakes.map((row) => row.zero + fromStudyDay(row.day)),
        ),
        taken: column(
          'instant',
          intakes.map((row) => (row.taken === undefined ? undefined : instant(row.taken))),
        ),
        medicationClass: column(
          'u8',
          intakes.map((row) => MEDICATIONS.indexOf(row.class)),
        ),
        forHeadache: column(
          'u8',
          intakes.map((row) => flag(row.forHeadache)),
        ),
        effective: column(
          'u8',
          intakes.map((row) => flag(row.effective)),
        ),
      },
    }),
    measurements: some(measurements, {
      ...frame(measurements),
      columns: {
        ...placed(measurements),
        analyte: textColumn(measurements.map((row) => row.analyte)),
        value: column(
          'f64',
          measurements.map((row) => row.value),
        ),
        quantified: column(
          'u8',
          measurements.map((row) => QUANTIFIED.indexOf(row.side ?? 'measured')),
        ),
      },
    }),
    intervals: some(intervals, {
      ...frame(intervals),
      columns: {
        ...placed(intervals),
        record: textColumn(intervals.map((row) => row.name)),
        sequence: column(
          'i32',
          intervals.map((row) => row.sequence),
        ),
        rr: column(
          'f64',
          intervals.map((row) => row.interval),
        ),
        stimulating: column(
          'u8',
          intervals.map((row) => (row.stimulating === true ? 1 : 0)),
        ),
        posture: textColumn(intervals.map((row) => row.posture)),
        device: textColumn(intervals.map((row) => row.device)),
      },
    }),
    assessments: some(assessments, {
      ...frame(assessments),
      columns: {
        day: column(
          'i32',
          assessments.map((row) => (row.day === undefined ? undefined : row.zero + fromStudyDay(row.day))),
        ),
        visit: column(
          'i16',
          assessments.map((row) => row.visit),
        ),
        instrument: textColumn(assessments.map((row) => row.instrument)),
        version: textColumn(assessments.map((row) => row.version)),
        item: textColumn(assessments.map((row) => row.item)),
        value: column(
          'f64',
          assessments.map((row) => row.value),
        ),
      },
    }),
    values: some(values, {
      ...frame(values),
      columns: {
        phase: textColumn(values.map((row) => row.phase)),
        treatment: textColumn(values.map((row) => row.treatment)),
        parameter: textColumn(values.map((row) => row.parameter)),
        visit: column(
          'i16',
          values.map((row) => row.visit),
        ),
        value: column(
          'f64',
          values.map((row) => row.value),
        ),
      },
    }),
    attacks: some(attacks, attackTable(attacks)),
    followUps: some(followUps, followUpTable(followUps)),
    stimulation: some(sessions, sessionTable(sessions)),
    adverseEvents: some(events, eventTable(events)),
    findings: NO_FINDINGS,
    quarantined: 0,
    excluded: {},
  }
}

/** One row per interval that is there. */
const intervalsOf = ({ rr, ...record }: RecordOfDay) =>
  rr.flatMap((interval, i) => (interval === null ? [] : [{ ...record, interval, sequence: i + 1 }]))

/** Day and visit of what is taken at visits. */
const placed = (list: readonly { readonly day?: number; readonly visit?: number; readonly zero: number }[]) => ({
  day: column(
    'i32',
    list.map((row) => (row.day === undefined ? undefined : row.zero + fromStudyDay(row.day))),
  ),
  visit: column(
    'i16',
    list.map((row) => row.visit),
  ),
})

/** One row per answer, sorted as the table is: by day, visit, instrument and item. */
const answersOf = (forms: readonly FormOfDay[]) =>
  [...forms]
    .sort(
      (a, b) =>
        (a.day ?? -9999) - (b.day ?? -9999) ||
        (a.visit ?? -1) - (b.visit ?? -1) ||
        (a.instrument < b.instrument ? -1 : 1),
    )
    .flatMap(({ answers, ...form }) =>
      Object.entries(answers)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([item, value]) => ({ ...form, item, value })),
    )

const frame = (rows: readonly { s: number }[]) => ({
  rows: rows.length,
  subject: Int32Array.from(rows, (row) => row.s),
  lines: null,
  firstLine: 2,
})

type Day = EventRow['start']
const firstOf = (day: Day): number => (typeof day === 'number' ? day : (day?.[0] ?? Number.NEGATIVE_INFINITY))
const lastOf = (day: Day): number => (typeof day === 'number' ? day : (day?.[1] ?? Number.NEGATIVE_INFINITY))

function sessionTable(sessions: readonly (SessionRow & { s: number; zero: number })[]): RecordTable<'stimulation'> {
  const number = (kind: Kinds, of: (row: SessionRow) => number | undefined) => column(kind, sessions.map(of))
  return {
    ...frame(sessions),
    columns: {
      day: column(
        'i32',
        sessions.map((row) => row.zero + fromStudyDay(row.day)),
      ),
      session: number('i32', (row) => row.session),
      origin: number('u8', (row) => SESSION_ORIGINS.indexOf(row.origin ?? 'device')),
      minutes: number('f64', (row) => row.minutes),
      current: number('f64', (row) => row.current),
      pulseWidth: number('f64', (row) => row.pulseWidth),
      frequency: number('f64', (row) => row.frequency),
      ...(sessions.some((row) => row.onShare !== undefined) ? { onShare: number('f64', (row) => row.onShare) } : {}),
      prescribed: number('u16', (row) => row.prescribed),
      delivered: number('u16', (row) => row.delivered),
      completed: number('u8', (row) => flag(row.completed)),
      logGap: number('u8', (row) => flag(row.logGap)),
    } as RecordTable<'stimulation'>['columns'],
  }
}

function eventTable(events: readonly (EventRow & { s: number; zero: number })[]): RecordTable<'adverseEvents'> {
  const day = (of: (row: EventRow) => number) =>
    column(
      'i32',
      events.map((row) => (Number.isFinite(of(row)) ? row.zero + fromStudyDay(of(row)) : undefined)),
    )
  const relation = (of: (row: EventRow) => Causality | undefined) =>
    column(
      'u8',
      events.map((row) => {
        const word = of(row)
        return word === undefined ? undefined : CAUSALITY.indexOf(word)
      }),
    )
  return {
    ...frame(events),
    columns: {
      start: day((row) => firstOf(row.start)),
      startTo: day((row) => lastOf(row.start)),
      end: day((row) => firstOf(row.end)),
      endTo: day((row) => lastOf(row.end)),
      number: textColumn(events.map((row) => row.number)),
      term: textColumn(events.map((row) => row.term)),
      class: textColumn(events.map((row) => row.class)),
      severity: column(
        'u8',
        events.map((row) => row.severity),
      ),
      serious: column(
        'u8',
        events.map((row) => flag(row.serious)),
      ),
      worsened: column(
        'u8',
        events.map((row) => flag(row.worsened)),
      ),
      relDevice: relation((row) => row.relDevice),
      relProcedure: relation((row) => row.relProcedure),
    },
  }
}

function diaryTable(forms: readonly (FormRow & { s: number; zero: number })[]): RecordTable<'diary'> {
  return {
    ...frame(forms),
    columns: {
      day: column(
        'i32',
        forms.map((row) => row.zero + fromStudyDay(row.day)),
      ),
      headache: column(
        'u8',
        forms.map((row) => flag(row.headache)),
      ),
      migraine: column(
        'u8',
        forms.map((row) => flag(row.migraine)),
      ),
      severity: column(
        'u8',
        forms.map((row) => row.severity),
      ),
      hours: column(
        'f64',
        forms.map((row) => row.hours),
      ),
      features: column(
        'u16',
        forms.map((row) => featureBits(row.features)),
      ),
      featuresAsked: column(
        'u16',
        forms.map(() => 0),
      ),
      auraMinutes: column(
        'f64',
        forms.map((row) => row.auraMinutes),
      ),
      medication: column(
        'u16',
        forms.map((row) => classBits(row.medication)),
      ),
      medicationAsked: column(
        'u16',
        forms.map((row) => (row.medication === undefined ? 0 : 0x7ff)),
      ),
      medicationEffective: column(
        'u8',
        forms.map((row) => flag(row.effective)),
      ),
      painAvg: column(
        'f64',
        forms.map((row) => row.avg),
      ),
      painWorst: column(
        'f64',
        forms.map((row) => row.worst),
      ),
      painLeast: column(
        'f64',
        forms.map((row) => row.least),
      ),
      painNow: column(
        'f64',
        forms.map((row) => row.now),
      ),
    },
  }
}

function episodeTable(episodes: readonly (EpisodeRow & { s: number })[]): RecordTable<'episodes'> {
  const ends = episodes.map((row) => row.end)
  return {
    ...frame(episodes),
    columns: {
      start: column(
        'instant',
        episodes.map((row) => instant(row.start)),
      ),
      startOffset: column(
        'i16',
        episodes.map((row) => offsetOf(row.start)),
      ),
      end: column(
        'instant',
        ends.map((end) => (end === undefined ? undefined : instant(end))),
      ),
      endOffset: column(
        'i16',
        ends.map((end) => (end === undefined ? undefined : offsetOf(end))),
      ),
      severity: column(
        'u8',
        episodes.map((row) => row.severity),
      ),
      endReason: column(
        'u8',
        episodes.map((row) => (row.endReason === undefined ? undefined : END_REASONS.indexOf(row.endReason))),
      ),
      migraine: column(
        'u8',
        episodes.map((row) => flag(row.migraine)),
      ),
      features: column(
        'u16',
        episodes.map((row) => featureBits(row.features)),
      ),
      auraMinutes: column(
        'f64',
        episodes.map((row) => row.auraMinutes),
      ),
      medication: column(
        'u16',
        episodes.map((row) => classBits(row.medication)),
      ),
    },
  }
}

const DAY_MS = 86_400_000
const dateOf = (text: string): number => Math.floor((instant(text) + offsetOf(text) * 60_000) / DAY_MS)

function attackTable(attacks: readonly (AttackRow & { s: number })[]): RecordTable<'attacks'> {
  const of = <K extends Kinds>(kind: K, cell: (row: AttackRow) => number | undefined) => column(kind, attacks.map(cell))
  return {
    ...frame(attacks),
    columns: {
      day: of('i32', ({ t0 }) => dateOf(t0)),
      number: of('i32', ({ number }) => number),
      t0: of('instant', ({ t0 }) => instant(t0)),
      t0Offset: of('i16', ({ t0 }) => offsetOf(t0)),
      pain: of('u8', ({ pain }) => pain),
      features: of('u16', ({ features }) => featureBits(features)),
      featuresAsked: of('u16', ({ features }) => (features === undefined ? 0 : ALL_FEATURES)),
      mbs: of('u8', ({ mbs }) => (mbs === undefined ? undefined : MBS.indexOf(mbs))),
    },
  }
}

const ALL_FEATURES = featureBits(Object.keys(FEATURE_BITS) as Feature[])

interface FollowUpRow {
  readonly s: number
  readonly t0: string
  readonly kind: FollowUpKind
  readonly minutes: number
  readonly pain?: number
  readonly features?: readonly Feature[]
}

function followUpsOf({ s, t0, readings, rescues, doses, headaches }: AttackRow & { s: number }): FollowUpRow[] {
  const events = (kind: FollowUpKind, list: readonly number[] = []): FollowUpRow[] =>
    list.map((minutes) => ({ s, t0, kind, minutes }))
  const read = Object.entries(readings ?? {}).map(([minutes, reading]): FollowUpRow => {
    const said = typeof reading === 'number' ? { pain: reading } : reading
    return { s, t0, kind: 'reading', minutes: Number(minutes), ...said }
  })
  return [...read, ...events('rescue', rescues), ...events('dose', doses), ...events('headache', headaches)].sort(
    (a, b) => a.minutes - b.minutes,
  )
}

function followUpTable(rows: readonly FollowUpRow[]): RecordTable<'followUps'> {
  const of = <K extends Kinds>(kind: K, cell: (row: FollowUpRow) => number | undefined) => column(kind, rows.map(cell))
  return {
    ...frame(rows),
    columns: {
      day: of('i32', ({ t0 }) => dateOf(t0)),
      t0: of('instant', ({ t0 }) => instant(t0)),
      seconds: of('i32', ({ minutes }) => minutes * 60),
      kind: of('u8', ({ kind }) => FOLLOW_UPS.indexOf(kind)),
      pain: of('u8', ({ pain }) => pain),
      features: of('u16', ({ features }) => featureBits(features)),
      featuresAsked: of('u16', ({ features }) => (features === undefined ? 0 : ALL_FEATURES)),
    },
  }
}

export const instant = (text: string): number => Date.parse(/[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)

function offsetOf(text: string): number {
  const parts = /([+-])(\d\d):(\d\d)$/.exec(text)
  if (parts === null) return 0
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]))
}

function factsOf(patients: readonly Patient[]): SubjectFacts {
  const day = (ady: number | undefined, zero: number): number | undefined =>
    ady === undefined ? undefined : zero + fromStudyDay(ady)
  return {
    ...unknownFacts(patients.length),
    dayZero: column(
      'i32',
      patients.map((patient) => (patient.dayZero === null ? undefined : (patient.dayZero ?? 0))),
    ),
    treatmentStart: column(
      'i32',
      patients.map((patient) => day(patient.treatmentStart, patient.dayZero ?? 0)),
    ),
    treatmentEnd: column(
      'i32',
      patients.map((patient) => day(patient.treatmentEnd, patient.dayZero ?? 0)),
    ),
    surgery: column(
      'i32',
      patients.map((patient) => day(patient.surgery, patient.dayZero ?? 0)),
    ),
    lastDay: column(
      'i32',
      patients.map((patient) => day(patient.lastDay, patient.dayZero ?? 0)),
    ),
    enrolled: column(
      'i32',
      patients.map((patient) => day(patient.enrolled, patient.dayZero ?? 0)),
    ),
  }
}

export const FACTS: StudyFacts = { cut: null, periods: 3, weeks: 8, phases: [], treatments: [] }

const SOURCE: Source = {
  name: 'diary',
  files: '*.csv',
  format: 'csv',
  layout: 'daily',
  csv: { delimiter: null, encoding: null, decimal: null, headerLine: null, skipAfterHeader: 0 },
  missing: [],
  dateOrder: null,
  dayZero: 'none',
  ignore: [],
  fields: [],
  wide: [],
  days: [],
  cells: [],
  results: [],
  products: {},
}

export function sourceOf(layout: Source['layout'], fields: readonly FieldName[]): Source {
  return {
    ...SOURCE,
    name: layout,
    layout,
    fields: fields.map((field) => ({
      field,
      name: null,
      column: field,
      constant: null,
      fileName: null,
      values: null,
      unit: null,
      missingWhenEmpty: null,
    })),
  }
}

const SYMPTOMS = Object.keys(FEATURE_BITS) as Feature[]

/** A daily form that asks everything. */
export const FULL_FORM = sourceOf('daily', [
  'date',
  'headache',
  'migraine',
  'severity',
  'hours',
  'auraMinutes',
  'effective',
  'painAvg',
  'painWorst',
  'painLeast',
  'painNow',
  ...SYMPTOMS,
  ...MEDICATIONS.filter((name) => name !== 'unspecified'),
])
export const FULL_EPISODES = sourceOf('episodes', ['start', 'end', 'severity', ...SYMPTOMS, 'triptan', 'nsaid'])
export const FULL_ATTACKS = sourceOf('attacks', ['t0', 'attack', 'pain', 'mbs', 'rescueAfter', ...SYMPTOMS])
export const FULL_FOLLOW_UPS = sourceOf('follow-ups', ['t0', 'minutes', 'pain', 'followUp', ...SYMPTOMS])
export const FULL_SESSIONS = sourceOf('stimulation', [
  'start',
  'minutes',
  'current',
  'pulseWidth',
  'frequency',
  'prescribed',
])
export const FULL_INTAKES = sourceOf('intakes', ['date', 'medicationClass'])

/** Questionnaires with a row per answer. */
export const FULL_ANSWERS = sourceOf('assessments', ['date', 'visit', 'instrument', 'version', 'item', 'value'])

/** Questionnaires of a study, scored by their first version unless said. */
export function questionnairesOf(
  ...given: readonly (Partial<QuestionnaireSettings> & Pick<QuestionnaireSettings, 'code' | 'scores'>)[]
): AnalyticStudy['questionnaires'] {
  const standard = { licence: true, version: null, choices: {}, table: null, thresholds: {} }
  return { instruments: given.map((one) => ({ ...standard, ...one })) }
}

export interface StudyOptions {
  readonly headache?: Partial<NonNullable<AnalyticStudy['headache']>> | null
  readonly pain?: Partial<NonNullable<AnalyticStudy['pain']>> | null
  readonly acute?: AnalyticStudy['acute']
  readonly cluster?: AnalyticStudy['cluster']
  readonly values?: readonly ValueParameter[]
  readonly individual?: Partial<NonNullable<AnalyticStudy['individual']>>
  readonly flags?: AnalyticStudy['flags']
  readonly adherence?: Partial<NonNullable<AnalyticStudy['adherence']>>
  readonly safety?: AnalyticStudy['safety']
  readonly questionnaires?: AnalyticStudy['questionnaires']
  readonly mood?: AnalyticStudy['mood']
  readonly fibromyalgia?: AnalyticStudy['fibromyalgia']
  readonly laboratory?: AnalyticStudy['laboratory']
  readonly autonomic?: AnalyticStudy['autonomic']
  readonly visits?: Partial<AnalyticStudy['visits']>
  readonly periods?: Partial<AnalyticStudy['periods']>
  readonly weeks?: Partial<AnalyticStudy['weeks']>
  readonly diary?: Partial<AnalyticStudy['diary']>
  readonly responders?: Partial<AnalyticStudy['responders']>
  readonly sources?: readonly Source[]
  readonly timezone?: string
  readonly condition?: AnalyticStudy['condition']
}

/** A study of relative days with preset ihs-4h, prorate14 and NRI unless said. */
export function studyOf(options: StudyOptions = {}): AnalyticStudy {
  return {
    schemaVersion: 1,
    id: 'sample',
    title: null,
    condition: options.condition ?? 'episodic-migraine',
    preset: null,
    timezone: options.timezone ?? null,
    arms: [],
    blinded: false,
    cohort: null,
    calendar: 'dates',
    diary: { lateHours: 48, episodeObserves: true, logComplete: false, ...options.diary },
    periods: {
      lengthDays: 28,
      baseline: { visit: 0, label: 'Baseline', from: -28, to: -1 },
      baselineMinObserved: 20,
      missing: 'prorate14',
      minObserved: null,
      count: null,
      windows: null,
      pooledMinObservedFraction: 0.5,
      ...options.periods,
    },
    visits: {
      baseline: { visit: 0, label: 'Baseline', from: -28, to: 1 },
      windows: null,
      choose: 'last',
      ...options.visits,
    },
    weeks: {
      baseline: { visit: 0, label: 'Baseline', from: -7, to: -1 },
      minObserved: 4,
      count: null,
      ...options.weeks,
    },
    headache:
      options.headache === null
        ? null
        : {
            preset: 'ihs-4h',
            migraineSource: 'criteria',
            durationBasis: 'episode',
            featureScope: 'episode',
            probable: false,
            attackRule: 'gapHours',
            gapHours: 24,
            maxMissing: 1,
            relapseHours: 0,
            nrsCuts: [1, 4, 7],
            sustainPeriods: 3,
            overuseRegular: false,
            overuseOther: null,
            ...options.headache,
          },
    pain:
      options.pain === undefined || options.pain === null
        ? null
        : {
            kinds: ['avg'],
            threshold: 4,
            bands: 'nrs-1-4-7',
            ttrConfirmWeeks: 2,
            sustainWeeks: 4,
            flareDelta: 2,
            daily: false,
            ...options.pain,
          },
    acute: options.acute ?? null,
    cluster: options.cluster ?? null,
    values: options.values === undefined ? null : { parameters: options.values },
    individual:
      options.individual === undefined
        ? null
        : { parameters: [], series: [], reliableChange: {}, randomisation: null, ...options.individual },
    flags: options.flags ?? [],
    adherence:
      options.adherence === undefined
        ? null
        : {
            sessionsPerDay: null,
            thresholds: [66, 67, 80],
            sessionMinutes: null,
            minMinutes: 0,
            surplusSessions: 3,
            ...options.adherence,
          },
    safety: options.safety ?? null,
    questionnaires: options.questionnaires ?? null,
    mood: options.mood ?? null,
    fibromyalgia: options.fibromyalgia ?? null,
    laboratory: options.laboratory ?? null,
    autonomic: options.autonomic ?? null,
    responders: { cuts: [30, 50, 75, 100], missing: 'NRI', zeroBaseline: 'exclude', ...options.responders },
    primary: null,
    dataCut: null,
    uploads: 'byName',
    covariates: [],
    sources: options.sources ?? [FULL_FORM],
  }
}

/** Every day from `from` to `to` (ADY without 0), made by `make`. */
export function daysOf(from: number, to: number, make: (day: number) => Omit<FormRow, 'day'> | null): FormRow[] {
  const rows: FormRow[] = []
  for (let day = from; day <= to; day++) {
    if (day === 0) continue
    const row = make(day)
    if (row !== null) rows.push({ ...row, day })
  }
  return rows
}

export type Cell = number | string | null

/** The row of a table where the key columns hold these values, as an object. Fails if there is not exactly one. */
export function rowOf(table: ColumnTable, keys: Readonly<Record<string, Cell>>): Record<string, Cell> {
  const found = rowsOf(table).filter((row) => Object.entries(keys).every(([name, value]) => row[name] === value))
  if (found.length !== 1) throw new Error(`${found.length} rows hold ${JSON.stringify(keys)}`)
  return found[0] as Record<string, Cell>
}

export function rowsOf(table: ColumnTable): Record<string, Cell>[] {
  return Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(
      Object.entries(table.columns).map(([name, { valid, ...held }]) => {
        if (!isPresent(valid, row)) return [name, null]
        const value = held.values[row] as number
        return [name, held.kind === 'text' ? (held.dictionary[value] as string) : value]
      }),
    ),
  )
}
