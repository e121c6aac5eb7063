import type { AnalyticStudy, PainKind } from '@afferent/study'
import type { DayBit } from '../../days/day-bits.ts'
import type { Measure } from '../../windows/measure.ts'
import { countOf, painDaysOf, painSumOf, QUANTITY } from '../../windows/quantities.ts'
import type { CatalogueEntry, Convention } from '../entry.ts'
import type { Inputs } from '../inputs.ts'
import { periodRules, responderRules, weekRule } from '../method.ts'
import { CONVENTIONS } from './conventions.ts'
import { DAYS, meanOf, NOT_PRORATED, PRORATED, rate } from './measures.ts'
import { SOURCE, sourced } from './sources.ts'
import { periodMinimum, periodsInWords, weekMinimum, weeksInWords } from './windows-in-words.ts'

/** Daily pain ratings: weekly and 28-day means, and days by rating (endpoints.md section 6). */

const DATE_RULES: readonly Convention[] = [CONVENTIONS.relativeDays, CONVENTIONS.cut, CONVENTIONS.painCopies]
/** [P] rules behind weekly means. */
export const WEEK_RULES: readonly Convention[] = [...DATE_RULES, CONVENTIONS.weekDays]
const PERIOD_RULES = [...DATE_RULES, CONVENTIONS.periodPreset, CONVENTIONS.periodShare]

const REASONS = ['NOT_REACHED', 'DISCONTINUED', 'INSUFFICIENT_DAYS', 'NO_BASELINE'] as const

const PAIN_WORDS: Readonly<Record<PainKind, { code: string; word: string }>> = {
  avg: { code: 'PNAVG', word: 'average' },
  worst: { code: 'PNWST', word: 'worst' },
  least: { code: 'PNLST', word: 'least' },
  now: { code: 'PNNOW', word: 'current' },
}

/** The weekly mean that response over time is about: average pain, or the first kind that is rated. */
export function primaryPain(inputs: Inputs): string | null {
  const kind = inputs.pain[0]
  return kind === undefined ? null : `${PAIN_WORDS[kind].code}W`
}

const ofWeeks: CatalogueEntry['method'] = (study) => [weekRule(study), ...responderRules(study)]
const ofPeriods: CatalogueEntry['method'] = (study) => [...periodRules(study), ...responderRules(study)]

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
    definition: `mean of the daily ratings of ${word} pain in ${weekly ? 'the study week' : 'the 28-day period'}`,
    formula: 'sum of daily ratings / dates rated; VAS 0-100 mm is divided by 10, unrounded',
    window: weekly ? weeksInWords : periodsInWords,
    minimum: weekly ? weekMinimum : periodMinimum,
    missing: NOT_PRORATED,
    reasons: REASONS,
    mark: weekly ? '[P] for the days a week needs; criteria [C20] [C21]' : '[P]',
    source: weekly
      ? sourced(6, `criteria: ${SOURCE.c20} [C20]`, `${SOURCE.c21} [C21]`)
      : sourced(6, 'project convention after sections 2 and 6'),
    conventions: weekly ? WEEK_RULES : [...PERIOD_RULES, CONVENTIONS.painPeriods],
    method: weekly ? ofWeeks : ofPeriods,
    exists: (inputs) => inputs.pain.includes(kind),
    never: () => null,
    compute: { kind: 'measure', measure: meanOf(painSumOf(kind), days, days, windows), responders: true, pain: true },
  }
}

function painDays(
  entry: Pick<CatalogueEntry, 'code' | 'label' | 'direction' | 'definition' | 'formula'>,
  bit: DayBit,
): CatalogueEntry {
  return {
    category: 'Pain',
    family: 'pain',
    unit: DAYS,
    table: 'adeff',
    window: periodsInWords,
    minimum: periodMinimum,
    missing: PRORATED,
    reasons: REASONS,
    mark: '-',
    source: sourced(6),
    conventions: PERIOD_RULES,
    method: ofPeriods,
    ...entry,
    exists: (inputs) => inputs.pain.includes('avg'),
    never: () => null,
    compute: { kind: 'measure', measure: rate(countOf(bit), QUANTITY.painAvgDays), responders: true, pain: false },
  }
}

const threshold = (study: AnalyticStudy): number => study.pain?.threshold ?? 4

export const PAIN_ENTRIES: readonly CatalogueEntry[] = [
  painMean('avg', 'weeks'),
  painMean('worst', 'weeks'),
  painMean('least', 'weeks'),
  painMean('now', 'weeks'),
  painMean('avg', 'periods'),
  painMean('worst', 'periods'),
  painMean('least', 'periods'),
  painMean('now', 'periods'),
  painDays(
    {
      code: 'PND0',
      label: 'Pain-free days (d/28 d)',
      direction: 'higher-is-better',
      definition: 'dates with a daily rating of average pain of 0',
      formula: '28 * dates with average pain 0 / dates rated',
    },
    'painFree',
  ),
  painDays(
    {
      code: 'PND4',
      label: (study) => `Days with average pain >= ${threshold(study)} (d/28 d)`,
      direction: 'lower-is-better',
      definition: (study) =>
        `dates with a daily rating of average pain of at least ${threshold(study)} (pain.threshold)`,
      formula: (study) => `28 * dates with average pain >= ${threshold(study)} / dates rated`,
    },
    'painAtThreshold',
  ),
]
