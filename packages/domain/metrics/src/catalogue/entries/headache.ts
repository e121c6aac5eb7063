import { countOf, QUANTITY, type Quantity } from '../../windows/quantities.ts'
import type { CatalogueEntry, Convention, Text } from '../entry.ts'
import { attackRules, headacheRules, periodRules, poolingRule, responderRules } from '../method.ts'
import { CONVENTIONS } from './conventions.ts'
import { attackInWords, headacheDayInWords, migraineDayInWords } from './headache-words.ts'
import { always, DAYS, meanOf, NOT_PRORATED, PRORATED, rate } from './measures.ts'
import {
  headacheDayNever,
  migraineDayNever,
  moderateSevereNever,
  type Never,
  nonMigraineNever,
  severeNever,
  unlogged,
} from './never.ts'
import { SOURCE, sourced } from './sources.ts'
import { periodMinimum, periodsInWords, pooledMinimum, spanInWords } from './windows-in-words.ts'

/** Headache and migraine per 28-day period (endpoints.md section 3). */

/** [P] rules behind every count of days. */
export const DAY_RULES: readonly Convention[] = [
  CONVENTIONS.relativeDays,
  CONVENTIONS.cut,
  CONVENTIONS.episodeObserves,
  CONVENTIONS.forms,
  CONVENTIONS.log,
  CONVENTIONS.periodPreset,
  CONVENTIONS.periodShare,
]
const HEADACHE_RULES = [...DAY_RULES, CONVENTIONS.painless, CONVENTIONS.lookBack]
const SEVERITY_RULES = [...HEADACHE_RULES, CONVENTIONS.nrsCuts]
const ATTACK_RULES = [...SEVERITY_RULES, CONVENTIONS.attackGaps, CONVENTIONS.attackOnset]

const REASONS = [
  'NOT_REACHED',
  'DISCONTINUED',
  'MISSING_ITEMS',
  'NOT_EVALUABLE',
  'INSUFFICIENT_DAYS',
  'NO_BASELINE',
] as const
/** Of parameters whose criterion any export with a headache can meet. */
const OPEN_REASONS = REASONS.filter((reason) => reason !== 'MISSING_ITEMS')

const ofPeriods: CatalogueEntry['method'] = (study) => [
  ...headacheRules(study),
  ...periodRules(study),
  ...responderRules(study),
]
const ofAttacks: CatalogueEntry['method'] = (study) => [
  ...headacheRules(study),
  ...attackRules(study),
  ...periodRules(study),
  ...responderRules(study),
]

type Count = Pick<CatalogueEntry, 'code' | 'label' | 'definition' | 'formula' | 'mark' | 'source'> & {
  readonly numerator: Quantity
  readonly never: Never
} & Partial<Pick<CatalogueEntry, 'exists' | 'direction' | 'unit' | 'conventions' | 'reasons' | 'method'>>

function headacheCount({ numerator, ...entry }: Count): CatalogueEntry {
  return {
    category: 'Headache',
    family: 'headache',
    unit: DAYS,
    direction: 'lower-is-better',
    table: 'adeff',
    window: periodsInWords,
    minimum: periodMinimum,
    missing: PRORATED,
    reasons: REASONS,
    conventions: SEVERITY_RULES,
    method: ofPeriods,
    exists: always,
    ...entry,
    compute: { kind: 'measure', measure: rate(numerator, countOf('observed')), responders: true, pain: false },
  }
}

function headacheMean(entry: Omit<Count, 'numerator'>, numerator: Quantity, denominator: Quantity): CatalogueEntry {
  const measure = meanOf(numerator, denominator, countOf('observed'), 'periods')
  return {
    ...headacheCount({ ...entry, numerator }),
    missing: `${NOT_PRORATED}; nothing to take the mean of: NOT_EVALUABLE`,
    compute: { kind: 'measure', measure, responders: true, pain: false },
  }
}

function pooled(of: string, label: string, definition: Text, never: Never): CatalogueEntry {
  return {
    ...headacheCount({
      code: `${of}P`,
      label,
      definition,
      formula: `28 * sum of the days counted in ${of} / sum of dates observed; not the mean of the periods`,
      mark: '[C1]',
      source: sourced(2, `${SOURCE.c1} [C1]`),
      numerator: 0,
      never,
    }),
    window: spanInWords,
    minimum: pooledMinimum,
    conventions: [...SEVERITY_RULES, CONVENTIONS.spanVisit],
    method: (study) => [...headacheRules(study), ...periodRules(study), poolingRule(study), ...responderRules(study)],
    compute: { kind: 'pooled', of: () => of },
  }
}

const perDates = (events: string): string => `28 * ${events} / dates observed`

export const HEADACHE_ENTRIES: readonly CatalogueEntry[] = [
  headacheCount({
    code: 'MHD',
    label: 'Monthly headache days (d/28 d)',
    definition: (study) => `dates that are headache days: ${headacheDayInWords(study)}; every migraine day is one`,
    formula: perDates('headache days'),
    mark: '[C1] [C2] [L]',
    source: sourced(3, `${SOURCE.ihs} [L]`, `${SOURCE.c1} [C1]`),
    numerator: countOf('headacheDay'),
    never: headacheDayNever,
  }),
  pooled(
    'MHD',
    'Headache days over all periods (d/28 d)',
    (study) => `headache days of all periods together: ${headacheDayInWords(study)}`,
    headacheDayNever,
  ),
  headacheCount({
    code: 'MMD',
    label: 'Monthly migraine days (d/28 d)',
    definition: (study) => `dates that are migraine days: ${migraineDayInWords(study)}`,
    formula: perDates('migraine days'),
    mark: '[C1] [C2] [L]',
    source: sourced(3, `${SOURCE.ihs} [L]`, `${SOURCE.c2} p. 105 [C2]`),
    numerator: countOf('migraineDay'),
    never: migraineDayNever,
  }),
  pooled(
    'MMD',
    'Migraine days over all periods (d/28 d)',
    (study) => `migraine days of all periods together: ${migraineDayInWords(study)}`,
    migraineDayNever,
  ),
  headacheCount({
    code: 'MSHD',
    label: 'Moderate or severe headache days (d/28 d)',
    definition:
      'dates with a headache of peak severity 2 or 3 and at least 4 h, or any headache treated with a triptan, ergot, gepant or ditan',
    formula: perDates('moderate or severe headache days'),
    mark: '[C1]',
    source: sourced(3, `${SOURCE.c1} [C1]`),
    numerator: countOf('moderateSevereDay'),
    never: moderateSevereNever,
  }),
  headacheCount({
    code: 'SEVHD',
    label: 'Severe headache days (d/28 d)',
    definition: 'dates with a headache of peak severity 3, of any duration',
    formula: perDates('severe headache days'),
    mark: '-',
    source: sourced(3),
    numerator: countOf('severeDay'),
    never: severeNever,
  }),
  headacheCount({
    code: 'NMHD',
    label: 'Non-migraine headache days (d/28 d)',
    definition: 'headache days that are no migraine days',
    formula: 'MHD - MMD = 28 * headache days that are no migraine days / dates observed',
    mark: '-',
    source: sourced(3),
    numerator: countOf('nonMigraineDay'),
    never: nonMigraineNever,
  }),
  headacheCount({
    code: 'HFD',
    label: 'Headache-free days (d/28 d)',
    definition: 'observed dates with no headache of any severity or duration, and not a migraine day by aura alone',
    formula: perDates('headache-free dates'),
    mark: '-',
    source: sourced(3),
    numerator: countOf('headacheFree'),
    never: unlogged,
    direction: 'higher-is-better',
    reasons: OPEN_REASONS,
    conventions: HEADACHE_RULES,
  }),
  headacheCount({
    code: 'CCD',
    label: 'Crystal-clear days (d/28 d)',
    definition:
      'observed dates with no headache, no aura, no recorded prodrome, postdrome or associated symptom, and no acute medication',
    formula: perDates('crystal-clear dates'),
    mark: '[P]',
    source: sourced(3, 'project convention'),
    numerator: countOf('crystalClear'),
    never: unlogged,
    direction: 'higher-is-better',
    exists: (inputs) => inputs.symptoms && inputs.medication !== 0,
    reasons: OPEN_REASONS,
    conventions: [...HEADACHE_RULES, CONVENTIONS.crystalClear],
  }),
  headacheCount({
    code: 'HHRS',
    label: 'Headache hours (h/28 d)',
    definition: 'hours of the union of headaches on observed dates, split at midnight',
    formula: perDates('hours with headache'),
    mark: '-',
    source: sourced(3),
    numerator: QUANTITY.hours,
    never: unlogged,
    unit: 'h/28 d',
    exists: (inputs) => inputs.duration,
    reasons: OPEN_REASONS,
    conventions: HEADACHE_RULES,
  }),
  headacheMean(
    {
      code: 'HSEV',
      label: 'Mean severity on headache days (0-3)',
      definition: 'mean peak severity (0 none to 3 severe) of the headache days on which it is recorded',
      formula: 'sum of peak severities / headache days with one recorded',
      mark: '-',
      source: sourced(3),
      never: headacheDayNever,
      unit: '0-3',
      exists: (inputs) => inputs.severity,
    },
    QUANTITY.peaks,
    countOf('peakKnown'),
  ),
  headacheCount({
    code: 'MATT',
    label: 'Migraine attacks (n/28 d)',
    definition: (study) =>
      `migraine attacks whose onset date is observed and in the window; two attacks are parted by ${attackInWords(study)}`,
    formula: perDates('attacks by onset'),
    mark: '[C2] [C6] [P]',
    source: sourced(3, 'R-ATT', `${SOURCE.c2} p. 105 [C2]`, `${SOURCE.c6} [C6]`),
    numerator: QUANTITY.attacks,
    never: migraineDayNever,
    unit: 'n/28 d',
    conventions: ATTACK_RULES,
    method: ofAttacks,
  }),
  headacheMean(
    {
      code: 'MATTDUR',
      label: 'Mean duration of migraine attacks (h)',
      definition: 'mean elapsed hours from first start to last end of the attacks with onset in the window',
      formula: 'sum of hours / attacks',
      mark: '[C6]',
      source: sourced(3, `${SOURCE.c6} [C6]`),
      never: migraineDayNever,
      unit: 'h',
      exists: (inputs) => inputs.episodes && inputs.duration,
      conventions: ATTACK_RULES,
      method: ofAttacks,
    },
    QUANTITY.attackHours,
    QUANTITY.attacks,
  ),
]
