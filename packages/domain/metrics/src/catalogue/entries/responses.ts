import { type AnalyticStudy, SPAN_VISIT } from '@afferent/study'
import type { CatalogueEntry } from '../entry.ts'
import { headacheRules, periodRules, responderRules, weekRule } from '../method.ts'
import { CONVENTIONS } from './conventions.ts'
import { DAY_RULES } from './headache.ts'
import { always } from './measures.ts'
import { migraineDayNever } from './never.ts'
import { primaryPain, WEEK_RULES } from './pain.ts'
import { sourced } from './sources.ts'
import { periodMinimum, weekMinimum } from './windows-in-words.ts'

/** Response over several windows (endpoints.md sections 3 and 6). */

type Common = Omit<CatalogueEntry, 'code' | 'label' | 'definition' | 'formula' | 'window' | 'missing'>

const OF_MIGRAINE: Common = {
  category: 'Response',
  family: 'headache',
  unit: 'Y/N',
  direction: 'none',
  table: 'adeff',
  minimum: periodMinimum,
  reasons: ['NOT_REACHED', 'MISSING_ITEMS', 'NOT_EVALUABLE', 'NO_BASELINE'],
  mark: '[L]',
  source: sourced(3),
  conventions: [...DAY_RULES, CONVENTIONS.lookBack, CONVENTIONS.nrsCuts, CONVENTIONS.spanVisit],
  method: (study) => [...headacheRules(study), ...periodRules(study), ...responderRules(study)],
  exists: always,
  never: migraineDayNever,
  compute: { kind: 'endpoint', of: () => 'MMD' },
}

const OF_PAIN: Common = {
  category: 'Response',
  family: 'pain',
  unit: 'Y/N',
  direction: 'none',
  table: 'adeff',
  minimum: weekMinimum,
  reasons: ['NOT_REACHED', 'NOT_EVALUABLE', 'NO_BASELINE'],
  mark: '-',
  source: sourced(6),
  conventions: [...WEEK_RULES, CONVENTIONS.spanVisit],
  method: (study) => [
    `ttr.confirm ${confirming(study)}`,
    `sustain.weeks ${study.pain?.sustainWeeks ?? 4}`,
    weekRule(study),
    ...responderRules(study),
  ],
  exists: (inputs) => inputs.pain.length > 0,
  never: () => null,
  compute: { kind: 'endpoint', of: primaryPain },
}

const lastPeriods = ({ headache }: AnalyticStudy): string =>
  `the last ${headache?.sustainPeriods ?? 3} scheduled periods`
const lastWeeks = ({ pain }: AnalyticStudy): string => `the last ${pain?.sustainWeeks ?? 4} scheduled weeks`
const confirming = ({ pain }: AnalyticStudy): number => pain?.ttrConfirmWeeks ?? 2
const AT_SPAN = `AVISITN ${SPAN_VISIT}`

export const RESPONSE_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...OF_MIGRAINE,
    code: 'SUSR50',
    label: 'Sustained 50 % response in migraine days',
    definition: (study) => `MMD reduced by at least 50 % in each of ${lastPeriods(study)}`,
    formula: 'Y if PCHG of MMD <= -50 in every one of them, else N',
    window: (study) => `${lastPeriods(study)}, in one row at ${AT_SPAN}`,
    missing: 'an invalid period breaks it, also where missing responses stay missing (OC)',
  },
  {
    ...OF_MIGRAINE,
    code: 'EARLYR50',
    label: 'Early 50 % response in migraine days',
    definition: 'MMD reduced by at least 50 % in period 1',
    formula: 'Y if PCHG of MMD <= -50 in period 1, else N',
    window: `period 1, in one row at ${AT_SPAN}`,
    missing: 'an invalid period 1 is N with DTYPE NRI, or no answer (INSUFFICIENT_DAYS) under OC',
    reasons: ['NOT_REACHED', 'MISSING_ITEMS', 'NOT_EVALUABLE', 'INSUFFICIENT_DAYS', 'NO_BASELINE'],
  },
  {
    ...OF_PAIN,
    code: 'TTRESP',
    label: 'Time to response in weekly pain (d)',
    unit: 'd',
    table: 'adtte',
    definition: (study) =>
      `study day of the end of the first week of the first ${confirming(study)} consecutive weeks with weekly pain reduced by at least 30 %`,
    formula: 'ADY of the last day of that week; CNSR 1 at the last day of the last valid week, without one at day 1',
    window: 'study weeks up to the last scheduled one',
    missing: 'a missing week breaks a run',
    reasons: ['NOT_EVALUABLE', 'NO_BASELINE'],
    conventions: WEEK_RULES,
  },
  {
    ...OF_PAIN,
    code: 'TTLOSS',
    label: 'Time from response to its loss in weekly pain (d)',
    unit: 'd',
    table: 'adtte',
    definition:
      'days from TTRESP to the end of the first of 2 consecutive valid weeks with weekly pain reduced by less than 30 %',
    formula: 'ADY of the last day of that week - TTRESP; CNSR 1 at the last day of the last valid week',
    window: 'study weeks from the response up to the last scheduled one',
    missing: 'a missing week breaks a run; a subject without a response has none to lose (NOT_EVALUABLE)',
    reasons: ['NOT_EVALUABLE', 'NO_BASELINE'],
    conventions: WEEK_RULES,
  },
  {
    ...OF_PAIN,
    code: 'SUSRSP',
    label: 'Sustained 30 % response in weekly pain',
    definition: (study) => `weekly pain reduced by at least 30 % in each of ${lastWeeks(study)}`,
    formula: 'Y if PCHG of the weekly mean <= -30 in every one of them, else N',
    window: (study) => `${lastWeeks(study)}, in one row at ${AT_SPAN}`,
    missing: 'a missing week breaks it',
  },
  {
    ...OF_PAIN,
    code: 'EARLYRSP',
    label: 'Early 30 % response in weekly pain',
    definition: 'weekly pain reduced by at least 30 % in one of weeks 1 to 4, confirmed in the next scheduled week',
    formula: 'Y if PCHG of the weekly mean <= -30 in a week w <= 4 and in week w + 1, else N',
    window: `weeks 1 to 5, in one row at ${AT_SPAN}`,
    missing: 'a missing week confirms nothing and is not confirmed',
  },
]
