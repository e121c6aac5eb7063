import type { Areason, MedicationClass } from '@afferent/records'
import { medicationBit } from '@afferent/records'
import type { AnalyticStudy, PainKind } from '@afferent/study'
import type { DayBit } from '../days/day-bits.ts'
import { headachePresetOf } from '../days/headache-presets.ts'
import { MIGRAINE_SPECIFIC, SIMPLE } from '../days/medication.ts'
import type { CatalogueEntry, Measure } from '../windows/measure.ts'
import { countOf, painDaysOf, painSumOf, QUANTITY, type Quantity } from '../windows/quantities.ts'
import type { Inputs } from './inputs.ts'

/**
 * Parameters of daily diaries and episodes, as data. The definitions are those of endpoints.md sections 2, 3 and 6; the day bits and quantities they name are defined in day-bits.ts and quantities.ts.
 */
type Never = CatalogueEntry['never']
type Exists = CatalogueEntry['exists']

const DAYS = 'd/28 d'
const PER_PERIOD = 28
const always: Exists = () => true

/** R-LOG: without forms, a log of days, or a log declared complete nothing is known about dates without an episode. */
const unlogged: Never = (inputs, study) => {
  const speaks = inputs.formsAnswer || (inputs.forms && inputs.episodes)
  return speaks || study.diary.logComplete ? null : 'NOT_EVALUABLE'
}

const missing = (isMissing: boolean): Areason | null => (isMissing ? 'MISSING_ITEMS' : null)

const headacheDayNever: Never = (inputs, study) => {
  if (study.headache === null) return null
  const preset = headachePresetOf(study.headache)
  const unmet = (preset.dayHours > 0 && !inputs.duration) || (preset.dayPeak > 0 && !inputs.severity)
  return missing(unmet) ?? unlogged(inputs, study)
}

const migraineDayNever: Never = (inputs, study) => {
  if (study.headache === null) return null
  const byPatient = headachePresetOf(study.headache).migraineHours === null
  const unmet = byPatient ? !inputs.patient : !(inputs.duration && inputs.m2 && inputs.m3)
  return missing(unmet) ?? unlogged(inputs, study)
}

const moderateSevereNever: Never = (inputs, study) =>
  missing(!inputs.duration || !inputs.severity) ?? unlogged(inputs, study)

const severeNever: Never = (inputs, study) => missing(!inputs.severity) ?? unlogged(inputs, study)

const nonMigraineNever: Never = (inputs, study) => migraineDayNever(inputs, study) ?? headacheDayNever(inputs, study)

const medicationNever: Never = (inputs, study) => (inputs.medicationOnForms ? null : unlogged(inputs, study))

const rate = (numerator: Quantity, observed: Quantity): Measure => ({
  windows: 'periods',
  numerator,
  denominator: observed,
  observed,
  scale: PER_PERIOD,
  counts: true,
  needsDays: true,
})

const meanOf = (
  numerator: Quantity,
  denominator: Quantity,
  observed: Quantity,
  windows: Measure['windows'],
): Measure => ({
  windows,
  numerator,
  denominator,
  observed,
  scale: 1,
  counts: false,
  needsDays: true,
})

function headacheCount(
  code: string,
  label: string,
  numerator: Quantity,
  definition: string,
  source: string,
  options: Partial<Pick<CatalogueEntry, 'exists' | 'never' | 'direction' | 'unit'>> = {},
): CatalogueEntry {
  return {
    code,
    label,
    category: 'Headache',
    family: 'headache',
    unit: DAYS,
    direction: 'lower-is-better',
    table: 'adeff',
    definition,
    source,
    exists: always,
    never: unlogged,
    ...options,
    compute: { kind: 'measure', measure: rate(numerator, countOf('observed')), responders: true, pain: false },
  }
}

function medicationDays(code: string, label: string, bit: DayBit, classes: number, note: string): CatalogueEntry {
  return {
    code,
    label,
    category: 'Acute medication',
    family: 'medication',
    unit: DAYS,
    direction: 'lower-is-better',
    table: 'adeff',
    definition: `28 * dates with at least one intake for headache of ${note} / dates observed`,
    source: 'endpoints.md section 3, acute medication; ICHD-3 8.2',
    exists: (inputs) => (inputs.medication & classes) !== 0,
    never: medicationNever,
    compute: {
      kind: 'measure',
      measure: rate(countOf(bit), countOf('medicationObserved')),
      responders: true,
      pain: false,
    },
  }
}

const classDays = (code: string, label: string, name: MedicationClass & DayBit): CatalogueEntry =>
  medicationDays(code, label, name, medicationBit(name), `the class ${name}`)

const PAIN_WORDS: Readonly<Record<PainKind, { code: string; word: string }>> = {
  avg: { code: 'PNAVG', word: 'average' },
  worst: { code: 'PNWST', word: 'worst' },
  least: { code: 'PNLST', word: 'least' },
  now: { code: 'PNNOW', word: 'current' },
}

function painMean(kind: PainKind, windows: Measure['windows']): CatalogueEntry {
  const { code, word } = PAIN_WORDS[kind]
  const weekly = windows === 'weeks'
  const days = painDaysOf(kind)
  return {
    code: `${code}${weekly ? 'W' : 'M'}`,
    label: `${weekly ? 'Weekly' : '28-day'} mean of ${word} pain (0-10)`,
    category: 'Pain',
    family: 'pain',
    unit: 'NRS 0-10',
    direction: 'lower-is-better',
    table: 'adeff',
    definition: weekly
      ? `mean of the daily ratings of ${word} pain in the study week; no proration`
      : `mean of the daily ratings of ${word} pain in the 28-day period; no proration`,
    source: weekly ? 'endpoints.md section 6' : 'project convention, after endpoints.md sections 2 and 6',
    exists: (inputs) => inputs.pain.includes(kind),
    never: () => null,
    compute: { kind: 'measure', measure: meanOf(painSumOf(kind), days, days, windows), responders: true, pain: true },
  }
}

function painDays(
  code: string,
  bit: DayBit,
  label: CatalogueEntry['label'],
  direction: CatalogueEntry['direction'],
  definition: CatalogueEntry['definition'],
): CatalogueEntry {
  return {
    code,
    label,
    category: 'Pain',
    family: 'pain',
    unit: DAYS,
    direction,
    table: 'adeff',
    definition,
    source: 'endpoints.md section 6',
    exists: (inputs) => inputs.pain.includes('avg'),
    never: () => null,
    compute: { kind: 'measure', measure: rate(countOf(bit), QUANTITY.painAvgDays), responders: true, pain: false },
  }
}

function pooled(of: string, label: string, never: Never): CatalogueEntry {
  return {
    ...headacheCount(
      `${of}P`,
      label,
      0,
      `28 * sum of ${of} events / sum of observed days over all scheduled periods`,
      'endpoints.md section 2 [C1]',
      { never },
    ),
    compute: { kind: 'pooled', of: () => of },
  }
}

function endpoint(
  code: string,
  label: string,
  table: 'adeff' | 'adtte',
  definition: CatalogueEntry['definition'],
  family: 'headache' | 'pain',
): CatalogueEntry {
  const ofPain = family === 'pain'
  return {
    code,
    label,
    category: 'Response',
    family,
    unit: table === 'adtte' ? 'd' : 'Y/N',
    direction: 'none',
    table,
    definition,
    source: `endpoints.md section ${ofPain ? 6 : 3}`,
    exists: (inputs) => !ofPain || inputs.pain.length > 0,
    never: ofPain ? () => null : migraineDayNever,
    compute: { kind: 'endpoint', of: (inputs) => (ofPain ? primaryPain(inputs) : 'MMD') },
  }
}

/** The weekly mean that response over time is about: average pain, or the first kind that is rated. */
export function primaryPain(inputs: Inputs): string | null {
  const kind = inputs.pain[0]
  return kind === undefined ? null : `${PAIN_WORDS[kind].code}W`
}

const threshold = (study: AnalyticStudy): number => study.pain?.threshold ?? 0

export const DIARY_ENTRIES: readonly CatalogueEntry[] = [
  {
    code: 'DIARYCMP',
    label: 'Diary compliance (%)',
    category: 'Diary',
    family: 'diary',
    unit: '%',
    direction: 'none',
    table: 'adeff',
    definition: '100 * days with an entry / days of the window until discontinuation',
    source: 'endpoints.md section 2',
    exists: always,
    never: unlogged,
    compute: {
      kind: 'measure',
      responders: false,
      pain: false,
      measure: {
        ...meanOf(countOf('entry'), QUANTITY.expected, countOf('entry'), 'periods'),
        scale: 100,
        needsDays: false,
      },
    },
  },
  {
    code: 'DIARYOBS',
    label: 'Observed diary days (d)',
    category: 'Diary',
    family: 'diary',
    unit: 'd',
    direction: 'none',
    table: 'adeff',
    definition: 'days of the window with an entry',
    source: 'endpoints.md section 2',
    exists: always,
    never: unlogged,
    compute: {
      kind: 'measure',
      responders: false,
      pain: false,
      measure: { ...meanOf(countOf('entry'), QUANTITY.one, countOf('entry'), 'periods'), needsDays: false },
    },
  },
  headacheCount(
    'MHD',
    'Monthly headache days (d/28 d)',
    countOf('headacheDay'),
    '28 * dates that are headache days under the preset / dates observed',
    'endpoints.md section 3',
    { never: headacheDayNever },
  ),
  pooled('MHD', 'Headache days over all periods (d/28 d)', headacheDayNever),
  headacheCount(
    'MMD',
    'Monthly migraine days (d/28 d)',
    countOf('migraineDay'),
    '28 * dates that are migraine days under the preset / dates observed; every migraine day is a headache day',
    'endpoints.md section 3 [C2]',
    { never: migraineDayNever },
  ),
  pooled('MMD', 'Migraine days over all periods (d/28 d)', migraineDayNever),
  headacheCount(
    'MSHD',
    'Moderate or severe headache days (d/28 d)',
    countOf('moderateSevereDay'),
    '28 * dates with a headache of peak >= 2 and >= 4 h, or treated with migraine-specific medication / dates observed',
    'endpoints.md section 3 [C1]',
    { never: moderateSevereNever },
  ),
  headacheCount(
    'SEVHD',
    'Severe headache days (d/28 d)',
    countOf('severeDay'),
    '28 * dates with peak severity 3, any duration / dates observed',
    'endpoints.md section 3',
    { never: severeNever },
  ),
  headacheCount(
    'NMHD',
    'Non-migraine headache days (d/28 d)',
    countOf('nonMigraineDay'),
    'MHD - MMD: 28 * headache days that are no migraine days / dates observed',
    'endpoints.md section 3',
    { never: nonMigraineNever },
  ),
  headacheCount(
    'HFD',
    'Headache-free days (d/28 d)',
    countOf('headacheFree'),
    '28 * observed dates without headache of any severity or duration, and no migraine day by aura alone / dates observed',
    'endpoints.md section 3',
    { direction: 'higher-is-better' },
  ),
  headacheCount(
    'CCD',
    'Crystal-clear days (d/28 d)',
    countOf('crystalClear'),
    '28 * observed dates without headache, aura, any recorded symptom and acute medication / dates observed',
    'endpoints.md section 3, project convention',
    { direction: 'higher-is-better', exists: (inputs) => inputs.symptoms && inputs.medication !== 0 },
  ),
  headacheCount(
    'HHRS',
    'Headache hours (h/28 d)',
    QUANTITY.hours,
    '28 * hours of the union of headaches on observed dates, split at midnight / dates observed',
    'endpoints.md section 3',
    { unit: 'h/28 d', exists: (inputs) => inputs.duration },
  ),
  {
    ...headacheCount(
      'HSEV',
      'Mean severity on headache days (0-3)',
      0,
      'mean peak severity of the headache days on which it is recorded; none: no value',
      'endpoints.md section 3',
      { unit: '0-3', exists: (inputs) => inputs.severity, never: headacheDayNever },
    ),
    compute: {
      kind: 'measure',
      measure: meanOf(QUANTITY.peaks, countOf('peakKnown'), countOf('observed'), 'periods'),
      responders: true,
      pain: false,
    },
  },
  headacheCount(
    'MATT',
    'Migraine attacks (n/28 d)',
    QUANTITY.attacks,
    '28 * attacks whose onset date is observed and in the window (R-ATT) / dates observed',
    'endpoints.md section 3, R-ATT [C2, C6]',
    { unit: 'n/28 d', never: migraineDayNever },
  ),
  {
    ...headacheCount(
      'MATTDUR',
      'Mean duration of migraine attacks (h)',
      0,
      'mean hours from first start to last end of the attacks with onset in the window; none: no value',
      'endpoints.md section 3',
      { unit: 'h', exists: (inputs) => inputs.episodes && inputs.duration, never: migraineDayNever },
    ),
    compute: {
      kind: 'measure',
      measure: meanOf(QUANTITY.attackHours, QUANTITY.attacks, countOf('observed'), 'periods'),
      responders: true,
      pain: false,
    },
  },
  endpoint(
    'SUSR50',
    'Sustained 50 % response in migraine days',
    'adeff',
    (study) =>
      `MMD reduced by at least 50 % in each of the last ${study.headache?.sustainPeriods ?? 0} scheduled periods; an invalid period breaks it`,
    'headache',
  ),
  endpoint(
    'EARLYR50',
    'Early 50 % response in migraine days',
    'adeff',
    'MMD reduced by at least 50 % in period 1',
    'headache',
  ),
  medicationDays('AMD', 'Acute medication days (d/28 d)', 'acute', ~0, 'any class'),
  medicationDays(
    'MSMD',
    'Migraine-specific medication days (d/28 d)',
    'migraineSpecific',
    MIGRAINE_SPECIFIC,
    'a triptan, ergot, gepant or ditan',
  ),
  classDays('ERGD', 'Ergot days (d/28 d)', 'ergot'),
  classDays('TRPD', 'Triptan days (d/28 d)', 'triptan'),
  classDays('OPID', 'Opioid days (d/28 d)', 'opioid'),
  classDays('CMBD', 'Combination analgesic days (d/28 d)', 'combination'),
  classDays('PARD', 'Paracetamol days (d/28 d)', 'paracetamol'),
  classDays('ASAD', 'Acetylsalicylic acid days (d/28 d)', 'asa'),
  classDays('NSAD', 'NSAID days (d/28 d)', 'nsaid'),
  medicationDays('SMPD', 'Simple analgesic days (d/28 d)', 'simple', SIMPLE, 'paracetamol, ASA or an NSAID'),
  {
    ...medicationDays(
      'MULTD',
      'Days with classes that can be overused (d/28 d)',
      'severalClasses',
      0,
      'ergot, triptan, simple analgesic, opioid or combination',
    ),
    exists: (inputs) => severalClasses(inputs.medication) >= 2,
  },
  classDays('GEPD', 'Gepant days (d/28 d)', 'gepant'),
  classDays('DITD', 'Ditan days (d/28 d)', 'ditan'),
  painMean('avg', 'weeks'),
  painMean('worst', 'weeks'),
  painMean('least', 'weeks'),
  painMean('now', 'weeks'),
  painMean('avg', 'periods'),
  painMean('worst', 'periods'),
  painMean('least', 'periods'),
  painMean('now', 'periods'),
  painDays(
    'PND0',
    'painFree',
    'Pain-free days (d/28 d)',
    'higher-is-better',
    '28 * dates with average pain 0 / dates rated',
  ),
  painDays(
    'PND4',
    'painAtThreshold',
    (study) => `Days with average pain >= ${threshold(study)} (d/28 d)`,
    'lower-is-better',
    (study) => `28 * dates with average pain >= ${threshold(study)} (pain.threshold) / dates rated`,
  ),
  endpoint(
    'TTRESP',
    'Time to response in weekly pain (d)',
    'adtte',
    (study) =>
      `study day of the end of the first week of the first ${study.pain?.ttrConfirmWeeks ?? 0} consecutive weeks with a reduction of at least 30 %; censored at the end of the last valid week (none: day 1)`,
    'pain',
  ),
  endpoint(
    'SUSRSP',
    'Sustained 30 % response in weekly pain',
    'adeff',
    (study) =>
      `reduced by at least 30 % in each of the last ${study.pain?.sustainWeeks ?? 0} scheduled weeks; a missing week breaks it`,
    'pain',
  ),
  endpoint(
    'EARLYRSP',
    'Early 30 % response in weekly pain',
    'adeff',
    'reduced by at least 30 % in one of weeks 1 to 4, confirmed in the next scheduled week',
    'pain',
  ),
]

/** Classes of ICHD-3 8.2.6 that the study's exports can tell apart; simple analgesics are one. */
function severalClasses(medication: number): number {
  const classes = [
    medicationBit('ergot'),
    medicationBit('triptan'),
    medicationBit('opioid'),
    medicationBit('combination'),
    SIMPLE,
  ]
  return classes.filter((bits) => (medication & bits) !== 0).length
}
