import type { Areason } from '@afferent/records'
import { medicationBit } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { headacheDayNever, medicationNever, nonMigraineNever } from '../../catalogue/entries/never.ts'
import type { CatalogueEntry, Convention, Plan, PointsCompute } from '../../catalogue/entry.ts'
import { headacheRules, periodRules } from '../../catalogue/method.ts'
import { SEVERAL } from '../../days/medication.ts'

const PERIOD_REASONS: readonly Areason[] = [
  'NOT_REACHED',
  'DISCONTINUED',
  'MISSING_ITEMS',
  'NOT_EVALUABLE',
  'INSUFFICIENT_DAYS',
]

const perPeriod = (first: 0 | 1, words: readonly string[] = []): PointsCompute => ({
  kind: 'points',
  change: false,
  responders: false,
  pain: false,
  words,
  visits: (plan: Plan) => plan.periods.spans.slice(first).map(({ visit, label }) => [visit, label] as const),
})

const RUN: Convention = {
  id: '112 days',
  says: 'four scheduled periods in a row, the baseline not among them; of periods of another length as many as last 112 days',
}
const ROW_PER_PERIOD: Convention = {
  id: 'a row per period',
  says: 'each period is judged with those right before it; NOT_EVALUABLE while they do not last 112 days',
}
const PATTERN: Convention = {
  id: 'CMPAT',
  says: 'the days of ICHD-3 1.3 are asked of each period by itself, per 28 observed days',
}
const REGULAR: Convention = {
  id: 'mo.regular',
  says: 'two intake days, of the class that is overused, in every week of the period with at least five diary days',
  value: (study: AnalyticStudy) => String(study.headache?.overuseRegular ?? false),
}
const OTHER: Convention = {
  id: 'mo.other',
  says: 'days per 28 from which a gepant or a ditan is overused; they never count towards several classes',
  value: (study: AnalyticStudy) => String(study.headache?.overuseOther ?? 'none'),
}
const OTHER_CLASSES = medicationBit('gepant') | medicationBit('ditan')

const existsWithClasses: CatalogueEntry['exists'] = ({ medication }, { headache }) =>
  (medication & SEVERAL) !== 0 || ((medication & OTHER_CLASSES) !== 0 && (headache?.overuseOther ?? null) !== null)

function ofOveruse(study: AnalyticStudy): string[] {
  const { headache } = study
  const other = headache?.overuseOther ?? null
  return [
    headache?.overuseRegular === true ? 'overuse with regular use in every week' : 'overuse by days per 28',
    ...(other === null ? [] : [`gepants and ditans from ${other} days`]),
    ...periodRules(study),
  ]
}

const ofPattern: CatalogueEntry['method'] = (study) => [...headacheRules(study), ...periodRules(study)]

const shared = { unit: 'Y/N', direction: 'none', table: 'adeff' } as const

export const OVERUSE_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...shared,
    code: 'MOSTAT',
    label: 'Medication overuse in the period (Y, MULTI, N)',
    category: 'Acute medication',
    family: 'medication',
    unit: 'Y/MULTI/N',
    definition:
      'Y: ergots, triptans, opioids or combinations on >= 10 days per 28, or simple analgesics on >= 15; MULTI: none of them, but any on >= 10 days with two classes taken',
    formula: '28 * intake days / observed days >= threshold of the class; AVAL 1 for Y and MULTI, 0 for N',
    window: 'each period, and the baseline',
    minimum: 'as many days with medication recorded as a period needs',
    missing: 'a day without an entry is missing, never a day without medication',
    reasons: [...PERIOD_REASONS, 'NO_BASELINE'],
    mark: '[C 7] thresholds, [L] several classes, [C 9] regular use',
    source: 'endpoints.md section 3; ICHD-3 8.2.1 to 8.2.6; PREEMPT for regular use',
    conventions: [REGULAR, OTHER],
    method: ofOveruse,
    exists: existsWithClasses,
    never: medicationNever,
    compute: perPeriod(0, ['MULTI']),
  },
  {
    ...shared,
    code: 'MOHCRIT',
    label: 'Criterion B of medication-overuse headache',
    category: 'Acute medication',
    family: 'medication',
    definition:
      'MOSTAT Y or MULTI and MHD >= 15 in each of 4 consecutive valid periods (112 days) ending with this one',
    formula: 'Y if both hold in every one of them, N if one of them fails',
    window: 'the periods of 112 days that end with this one',
    minimum: 'every one of them valid for MOSTAT and MHD',
    missing: 'one period without a value leaves no answer',
    reasons: PERIOD_REASONS,
    mark: '[C 7] more than 3 months',
    source: 'endpoints.md section 3; ICHD-3 8.2 criterion B',
    conventions: [RUN, ROW_PER_PERIOD, REGULAR, OTHER],
    method: ofOveruse,
    exists: existsWithClasses,
    never: (inputs, study) => headacheDayNever(inputs, study) ?? medicationNever(inputs, study),
    compute: perPeriod(1),
  },
  {
    ...shared,
    code: 'CMPAT',
    label: 'Chronic pattern in the period',
    category: 'Headache',
    family: 'headache',
    definition: 'MHD >= 15 and MMD >= 8 in the period',
    formula: '28 * headache days / observed days >= 15 and 28 * migraine days / observed days >= 8',
    window: 'each period, and the baseline',
    minimum: 'as many observed days as a period needs',
    missing: 'a day without an entry is missing, never free of headache',
    reasons: [...PERIOD_REASONS, 'NO_BASELINE'],
    mark: '[P] after ICHD-3 1.3',
    source: 'endpoints.md section 3',
    conventions: [PATTERN],
    method: ofPattern,
    exists: () => true,
    never: nonMigraineNever,
    compute: perPeriod(0),
  },
  {
    ...shared,
    code: 'CMSTAT',
    label: 'Chronic migraine by more than 3 months',
    category: 'Headache',
    family: 'headache',
    definition: 'CMPAT Y in each of 4 consecutive valid periods (112 days) ending with this one',
    formula: 'Y if CMPAT is Y in every one of them, N if it is N in one',
    window: 'the periods of 112 days that end with this one',
    minimum: 'every one of them valid for CMPAT',
    missing: 'one period without a value leaves no answer',
    reasons: PERIOD_REASONS,
    mark: '[P] after ICHD-3 1.3',
    source: 'endpoints.md section 3',
    conventions: [PATTERN, RUN, ROW_PER_PERIOD],
    method: ofPattern,
    exists: () => true,
    never: nonMigraineNever,
    compute: perPeriod(1),
  },
]
