import {
  CAUSALITY,
  CLUSTER_TYPES,
  EVENT_SEVERITIES,
  FEATURES,
  FOLLOW_UPS,
  MBS,
  MEDICATIONS,
  SESSION_ORIGINS,
} from '@afferent/records'
import { type FieldMapping, type FieldName, LAYOUT_NAMES, type Source } from '../source.ts'

/** What a column can mean: which layouts take it, how its cells are read, in which units. */
export interface FieldRule {
  readonly says: string
  readonly layouts: readonly Source['layout'][]
  /** `flag`: yes or no; `grade`: 0-3; `list`: several names in a cell; `word`: one of a closed list. */
  readonly kind: 'text' | 'flag' | 'grade' | 'number' | 'date' | 'day' | 'instant' | 'minutes' | 'list' | 'word'
  /** Words of the closed list that `values` maps to. */
  readonly words: readonly string[]
  /** Units, the default first. */
  readonly units: readonly NonNullable<FieldMapping['unit']>[]
}

type Layouts = readonly Source['layout'][]
/** The very list of fields that every layout takes. */
export const EVERY: Layouts = LAYOUT_NAMES
const DAILY: Layouts = ['daily', 'days-wide']
const DAILY_OR_EPISODES: Layouts = ['daily', 'days-wide', 'episodes']
const STIMULATION: Layouts = ['stimulation']
const EVENTS: Layouts = ['adverse-events']
const ATTACKS: Layouts = ['attacks', 'follow-ups']
const SYMPTOMS: Layouts = [...DAILY_OR_EPISODES, ...ATTACKS]
const ENTRIES: Layouts = [
  'daily',
  'episodes',
  'intakes',
  ...ATTACKS,
  'assessments',
  'measurements',
  'stimulation',
  'adverse-events',
]
/** Taken at visits: records with a date or an instant of their own. */
const TAKEN: Layouts = ['measurements', 'rr-intervals']

const field = (
  layouts: Layouts,
  kind: FieldRule['kind'],
  says: string,
  more: Partial<Pick<FieldRule, 'words' | 'units'>> = {},
): FieldRule => ({ says, layouts, kind, words: more.words ?? [], units: more.units ?? [] })

const NRS = { units: ['nrs', 'vas'] } as const
const HOURS = { units: ['hours', 'minutes'] } as const
const medication = (name: string): FieldRule => field(DAILY_OR_EPISODES, 'flag', `${name} taken: yes/no or a count`)
const symptom = (name: string): FieldRule => field(SYMPTOMS, 'flag', `${name}: yes or no`)
const after = (what: string): FieldRule =>
  field(['attacks'], 'number', `time from t0 to ${what}`, { units: ['minutes', 'hours'] })
const at = (what: string): FieldRule => field(['attacks'], 'instant', `when ${what}`)
const relation = (name: string): FieldRule =>
  field(EVENTS, 'word', `relation of the event to the ${name} (ISO 14155)`, { words: CAUSALITY })

export const FIELDS: Readonly<Record<FieldName, FieldRule>> = {
  subject: field(EVERY, 'text', 'id of the subject'),
  site: field(EVERY, 'text', 'site'),
  arm: field(EVERY, 'text', 'arm as coded in the export; the codes stand under arms'),
  condition: field(EVERY, 'text', 'condition of the subject'),
  sex: field(EVERY, 'text', 'sex'),
  age: field(EVERY, 'number', 'age in years'),
  bmi: field(EVERY, 'number', 'body-mass index in kg/m2'),
  painDuration: field(EVERY, 'number', 'years since the condition began'),
  treatmentStart: field(EVERY, 'date', 'date of the first treatment: study day 1'),
  randomised: field(EVERY, 'date', 'date of randomisation: study day 1 of subjects never treated'),
  enrolled: field(EVERY, 'date', 'date of consent'),
  lastDay: field(EVERY, 'date', 'last study day of the subject'),
  surgery: field(EVERY, 'date', 'date of implant surgery: for safety alone, never day 1'),
  treatmentEnd: field(EVERY, 'date', 'date of the last stimulation or dose'),
  preventiveChanged: field(EVERY, 'date', 'date a preventive drug was changed: an intercurrent event'),
  rescueBeyond: field(EVERY, 'date', 'date rescue medication went beyond its limit: an intercurrent event'),
  deviceFailed: field(EVERY, 'date', 'date the device was explanted or failed: an intercurrent event'),
  pregnancy: field(EVERY, 'date', 'date of a pregnancy: an intercurrent event'),
  death: field(EVERY, 'date', 'date of death: an intercurrent event'),
  treated: field(EVERY, 'text', 'arm of the treatment received, where it differs; the codes stand under arms'),
  clusterType: field(EVERY, 'text', 'type of cluster headache: episodic or chronic', { words: CLUSTER_TYPES }),
  guess: field(EVERY, 'text', 'treatment the subject believes to have had: a code of arms, or unknown'),
  covariate: field(EVERY, 'text', 'further fact about the subject; written under covariates'),
  date: field(
    ['daily', 'days-wide', 'intakes', 'stimulation', 'assessments', ...TAKEN],
    'date',
    'diary date, date of a session, questionnaire, sample or record; layout days-wide: date of column 1',
  ),
  studyDay: field(
    ['daily', 'intakes', 'stimulation', 'assessments', ...TAKEN],
    'day',
    'study day, for exports without dates',
  ),
  dayCheck: field(['daily'], 'day', 'second day or date of the row, checked against the first and never used'),
  slot: field(['daily'], 'number', 'time of day, when a day has several entries: 0, 1, 2, ...'),
  submitted: field(ENTRIES, 'instant', 'when the entry was submitted'),
  headache: field(DAILY, 'flag', 'headache that day: yes or no'),
  migraine: field(DAILY_OR_EPISODES, 'flag', "migraine by the patient's own judgement: yes or no"),
  severity: field(
    DAILY_OR_EPISODES,
    'grade',
    'peak severity: 0 none, 1 mild, 2 moderate, 3 severe; with cluster alone also 4 very severe',
  ),
  severityNrs: field(DAILY_OR_EPISODES, 'number', 'peak severity from 0 to 10, graded by headache.nrsCuts', NRS),
  hours: field(DAILY, 'number', 'hours with headache that day', HOURS),
  painAvg: field(DAILY, 'number', 'average pain of the day, 0 to 10', NRS),
  painWorst: field(DAILY, 'number', 'worst pain of the day, 0 to 10', NRS),
  painLeast: field(DAILY, 'number', 'least pain of the day, 0 to 10', NRS),
  painNow: field(DAILY, 'number', 'pain at this moment, 0 to 10', NRS),
  auraMinutes: field(DAILY_OR_EPISODES, 'number', 'minutes of aura', { units: ['minutes', 'hours'] }),
  effective: field([...DAILY_OR_EPISODES, 'intakes'], 'flag', 'acute medication worked: yes or no'),
  acute: field(DAILY_OR_EPISODES, 'flag', 'any acute medication, class unknown: yes/no or a count'),
  ergot: medication('ergot'),
  triptan: medication('triptan'),
  opioid: medication('opioid'),
  combination: medication('combination analgesic'),
  paracetamol: medication('paracetamol'),
  asa: medication('acetylsalicylic acid'),
  nsaid: medication('NSAID'),
  gepant: medication('gepant'),
  ditan: medication('ditan'),
  device: medication('acute device treatment'),
  oxygen: medication('oxygen'),
  unspecified: medication('acute medication of unknown class'),
  unilateral: symptom('one-sided pain'),
  pulsating: symptom('pulsating pain'),
  aggravated: symptom('aggravated by routine activity'),
  nausea: symptom('nausea'),
  vomiting: symptom('vomiting'),
  photophobia: symptom('sensitivity to light'),
  phonophobia: symptom('sensitivity to sound'),
  aura: symptom('aura'),
  prodrome: symptom('prodrome'),
  postdrome: symptom('postdrome'),
  otherSymptom: symptom('other symptom of the headache'),
  symptoms: field(SYMPTOMS, 'list', 'names of symptoms in one cell; values maps them to features', {
    words: Object.keys(FEATURES),
  }),
  start: field(['episodes', 'stimulation'], 'instant', 'start of the episode or session'),
  startOffset: field(['episodes', 'stimulation'], 'minutes', 'UTC offset of the start in minutes'),
  end: field(['episodes'], 'instant', 'end of the episode'),
  endOffset: field(['episodes'], 'minutes', 'UTC offset of the end in minutes'),
  duration: field(['episodes'], 'number', 'length of the episode, where its end is not given', HOURS),
  endReason: field(['episodes'], 'word', 'why the episode ended: ended, asleep, ongoing', {
    words: ['ended', 'asleep', 'ongoing'],
  }),
  taken: field(
    ['intakes', ...ATTACKS, ...TAKEN],
    'instant',
    'when the medication or the sample was taken, the attack followed up, or the record of intervals began',
  ),
  takenOffset: field(['intakes', 'follow-ups', ...TAKEN], 'minutes', 'UTC offset of that instant in minutes'),
  product: field([...DAILY_OR_EPISODES, 'intakes'], 'list', 'name of the medication; products maps names to classes'),
  medicationClass: field(['intakes'], 'word', 'class of the medication', { words: MEDICATIONS }),
  forHeadache: field(['intakes'], 'flag', 'taken for headache: yes or no'),
  attack: field(ATTACKS, 'number', 'number of the attack, by which follow-ups in other files name it'),
  t0: field(ATTACKS, 'instant', 'first stimulation or dose of the attack'),
  t0Offset: field(ATTACKS, 'minutes', 'UTC offset of t0 in minutes'),
  pain: field(ATTACKS, 'grade', 'pain: 0 none, 1 mild, 2 moderate, 3 severe; with cluster also 4 very severe'),
  mbs: field(['attacks'], 'word', 'most bothersome symptom, named at t0: nausea, photophobia, phonophobia', {
    words: MBS,
  }),
  followUp: field(['follow-ups'], 'word', 'what the row is: reading (default), rescue, dose, headache', {
    words: FOLLOW_UPS,
  }),
  rescue: at('the first rescue medication was taken'),
  rescueAfter: after('the first rescue medication'),
  secondDose: at('the treatment was taken a second time'),
  secondDoseAfter: after('the second dose'),
  nextHeadache: at('the next headache began'),
  nextHeadacheAfter: after('the next headache'),
  phase: field(['visits'], 'text', 'crossover period, or another stretch with a baseline of its own'),
  treatment: field(['visits'], 'text', 'treatment of the phase; the codes stand under arms'),
  instrument: field(['assessments'], 'text', 'code of the questionnaire; values maps names to codes'),
  version: field(['assessments'], 'text', 'version of the form'),
  language: field(['assessments'], 'text', 'language of the form'),
  item: field(['assessments'], 'text', 'item of the questionnaire, or the code of a score that was summed elsewhere'),
  analyte: field(['measurements'], 'text', 'code of the analyte; values maps names to codes'),
  unit: field(['measurements'], 'text', 'unit of the result'),
  lloq: field(['measurements'], 'text', 'lower limit of quantification, in the unit of the result'),
  uloq: field(['measurements'], 'text', 'upper limit of quantification, in the unit of the result'),
  rr: field(['rr-intervals'], 'number', 'RR interval', { units: ['ms', 's'] }),
  record: field(['rr-intervals'], 'text', 'name of the record, where several have one date'),
  sequence: field(
    ['rr-intervals'],
    'number',
    'number of the interval in its record: 1, 2, ...; default: the order of the rows, all of one file',
  ),
  stimulating: field(['rr-intervals'], 'flag', 'recorded during stimulation: yes or no'),
  posture: field(['rr-intervals'], 'text', 'posture of the subject'),
  recordedBy: field(['rr-intervals'], 'text', 'device that made the record'),
  visit: field(['visits', 'assessments', ...TAKEN], 'number', 'visit number of the row, 0 for the baseline'),
  parameter: field(['visits'], 'text', 'code of the parameter of the row'),
  session: field(STIMULATION, 'number', 'number of the session within its day, where the export has no times'),
  reportedBy: field(STIMULATION, 'word', 'who tells of the session: device (as without this field) or diary', {
    words: SESSION_ORIGINS,
  }),
  minutes: field(
    [...STIMULATION, ...ATTACKS],
    'number',
    'length of stimulation, all sessions of the row together; of a follow-up: time since t0',
    {
      units: ['minutes', 'seconds', 'hours'],
    },
  ),
  current: field(STIMULATION, 'number', 'current of a pulse', { units: ['mA', 'uA'] }),
  pulseWidth: field(STIMULATION, 'number', 'width of a pulse', { units: ['us', 'ms'] }),
  frequency: field(STIMULATION, 'number', 'pulses per second (Hz) while they run'),
  onShare: field(STIMULATION, 'number', 'share of the time that pulses run; without it all', {
    units: ['share', 'percent'],
  }),
  prescribed: field(STIMULATION, 'number', 'sessions prescribed for the day'),
  delivered: field(STIMULATION, 'number', 'sessions of the day, where a row is a day; without it a row is a session'),
  completed: field(STIMULATION, 'flag', 'the session was not broken off: yes or no'),
  logGap: field(STIMULATION, 'flag', 'the device log of the day could not be read: yes or no'),
  onset: field(EVENTS, 'text', 'date the event began: 2026-03-05, or as much as is known: 2026-03, 2026'),
  resolved: field(EVENTS, 'text', 'date the event ended, whole or in part; empty: not ended'),
  term: field(EVENTS, 'text', 'what happened: the coded term, or as reported'),
  organClass: field(EVENTS, 'text', 'class of the term (MedDRA system organ class)'),
  eventNumber: field(EVENTS, 'text', 'number of the event in the export; tells two like events of a day apart'),
  eventSeverity: field(EVENTS, 'word', 'severity of the event', { words: EVENT_SEVERITIES }),
  serious: field(EVENTS, 'flag', 'serious: yes or no'),
  expected: field(EVENTS, 'flag', 'expected (anticipated): yes or no'),
  worsened: field(EVENTS, 'flag', 'an event from before that grew worse under treatment: yes or no'),
  relDevice: relation('device'),
  relProcedure: relation('procedure'),
  relStimulation: relation('stimulation'),
  relDrug: relation('drug'),
  outcome: field(EVENTS, 'text', 'outcome as exported'),
  value: field(
    ['visits', 'assessments', 'measurements'],
    'number',
    'value of the row, result of the laboratory; layout visits: parameter names its code if the export has no such column',
  ),
}

export const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[]

/** Fields that may come from several columns. */
export const LIST_FIELDS: readonly FieldName[] = ['symptoms', 'product']

/** Any of these feeds the headache family: a headache day can be told. */
export const HEADACHE_FIELDS: readonly FieldName[] = ['headache', 'severity', 'severityNrs', 'hours', 'start']

/** Fields of a reading: what columns under followUps can hold. */
export const READING_FIELDS: readonly FieldName[] = [
  'pain',
  'taken',
  'minutes',
  'symptoms',
  ...(Object.keys(FEATURES) as FieldName[]),
]

/** Any of these feeds the pain family. */
export const PAIN_FIELDS: readonly FieldName[] = ['painAvg', 'painWorst', 'painLeast', 'painNow']
