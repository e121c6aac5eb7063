import type { AnalyticStudy, FieldName } from '@afferent/study'
import type { CatalogueEntry, Convention, FlagColumn, Plan } from '../../catalogue/entry.ts'
import { periodRule } from '../../catalogue/method.ts'

/** Flag of STIMADH at a whole percent. */
export const thresholdFlag = (threshold: number): string => `ADH${threshold}FL`

const toFlag = (threshold: number): FlagColumn => ({
  name: thresholdFlag(threshold),
  label: `Adherence of at Least ${threshold} % Flag`,
  definition: `Y: STIMADH is at least ${threshold} (adh.threshold), N: it is less; missing where STIMADH is`,
  words: ['Y', 'N'],
})

/** Where no study is at hand. */
const USUAL_THRESHOLDS = [66, 67, 80]

const WINDOW = 'period k: study days L(k-1)+1 to Lk with L days per period; no baseline'
const REASONS: CatalogueEntry['reasons'] = ['NOT_REACHED', 'DISCONTINUED', 'NOT_EVALUABLE', 'INSUFFICIENT_DAYS']
const SOURCE = 'endpoints.md section 11'

const prescribed = (family: AnalyticStudy['adherence']): string =>
  family?.sessionsPerDay == null ? 'as recorded' : `${family.sessionsPerDay} a day where not recorded`

const CONVENTIONS: readonly Convention[] = [
  {
    id: 'adh.expected',
    says: 'stimulation is expected from study day 1 to the earliest of last stimulation, last study day and data cut',
  },
  {
    id: 'adh.log',
    says: 'a day of the device log without a session has none; a subject without any row has no log; where a log is lost, rows of the diary of that day stand in for it',
  },
  {
    id: 'adh.prescribed',
    says: 'a day without a row is prescribed what the last day before with one was, else the number of the study file, else that of the first day after',
    value: ({ adherence }) => prescribed(adherence),
  },
]

export const gives = ({ sources }: Pick<AnalyticStudy, 'sources'>, field: FieldName): boolean =>
  sources.some(({ layout, fields }) => layout === 'stimulation' && fields.some((mapping) => mapping.field === field))

const knowsPrescription = (study: AnalyticStudy): boolean =>
  study.adherence !== null && (study.adherence.sessionsPerDay !== null || gives(study, 'prescribed'))

const knowsMinutes = (study: AnalyticStudy): boolean =>
  study.adherence !== null && (study.adherence.sessionMinutes !== null || gives(study, 'minutes'))

const knowsCharge = (study: AnalyticStudy): boolean =>
  knowsMinutes(study) && (['current', 'pulseWidth', 'frequency'] as const).every((field) => gives(study, field))

const visits = ({ periods }: Plan): (readonly [number, string])[] =>
  periods.spans.slice(1).map(({ visit, label }) => [visit, label] as const)

const points = { kind: 'points', change: false, responders: false, pain: false, visits } as const
const shared = {
  category: 'Stimulation',
  family: 'adherence',
  direction: 'none',
  table: 'adeff',
  window: WINDOW,
  reasons: REASONS,
  source: SOURCE,
  never: () => null,
  compute: points,
} as const

/** A dose: what was delivered on the days that are known, for 28 days. */
const dose = (
  code: string,
  label: string,
  unit: string,
  what: string,
  exists: (study: AnalyticStudy) => boolean,
): CatalogueEntry => ({
  ...shared,
  code,
  label,
  unit,
  definition: `28 * ${what} delivered on known days / known days up to the end of stimulation; sessions beyond the prescription count`,
  formula: `28 * sum / days known; sum and days over the expected days of the period`,
  minimum: 'period.missing days known, as for diary periods',
  missing: 'a day is known if its log is, and every session of it tells its dose',
  mark: '[P] normalised as section 2 has it for doses',
  conventions: CONVENTIONS.slice(0, 2),
  method: (study) => [
    periodRule(study),
    typeof study.adherence?.sessionMinutes === 'number'
      ? `session of ${study.adherence.sessionMinutes} min where not recorded`
      : 'minutes as recorded',
  ],
  exists: (_, study) => exists(study),
})

/** Adherence and dose of stimulation (endpoints.md section 11). */
export const ADHERENCE_ENTRIES: readonly CatalogueEntry[] = [
  {
    ...shared,
    code: 'STIMADH',
    label: 'Adherence to stimulation (%)',
    unit: '%',
    definition: '100 * sessions delivered / sessions prescribed on expected days; a day is capped at its prescription',
    formula: '100 * sum(min(delivered, prescribed)) / sum(prescribed)',
    reasons: ['NOT_REACHED', 'DISCONTINUED', 'NOT_EVALUABLE'],
    minimum: 'every expected day is known',
    missing: 'a day whose device log has a gap and that no diary tells of makes the period null',
    mark: '[C 52] 67 %, [C 4] 66 %, [C 46] 80 %; [P] expected days and prescriptions',
    conventions: CONVENTIONS,
    method: ({ adherence }) => [`prescribed ${prescribed(adherence)}`, 'days capped at their prescription'],
    flags: ({ adherence }) => (adherence?.thresholds ?? USUAL_THRESHOLDS).map(toFlag),
    exists: (_, study) => knowsPrescription(study),
  },
  dose(
    'STIMCHG',
    'Charge of stimulation (mC/28 d)',
    'mC/28 d',
    'current x pulse width x frequency x on-time',
    knowsCharge,
  ),
  dose('STIMMIN', 'Minutes of stimulation (min/28 d)', 'min/28 d', 'minutes', knowsMinutes),
]
