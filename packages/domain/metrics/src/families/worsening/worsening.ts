import type { AnalyticStudy } from '@afferent/study'
import { primaryPain } from '../../catalogue/entries/pain.ts'
import type { CatalogueEntry, Plan } from '../../catalogue/entry.ts'
import type { Inputs } from '../../catalogue/inputs.ts'
import { visitOf } from '../../courses/course.ts'
import { hasWorsened } from '../../individual/worsening.ts'
import type { Family } from '../family.ts'

/** What WORSE is about: the weekly mean of pain that response is about, in a study without pain ratings MMD. */
const sourceOf = (inputs: Inputs): string => primaryPain(inputs) ?? 'MMD'

const byPoints = (study: AnalyticStudy): boolean => study.pain !== null

const WORSE: CatalogueEntry = {
  code: 'WORSE',
  label: (study) => (byPoints(study) ? 'Worsening of weekly pain' : 'Worsening of monthly migraine days'),
  category: 'Response',
  family: 'response',
  unit: 'Y/N',
  direction: 'none',
  table: 'adeff',
  definition: (study) =>
    byPoints(study)
      ? 'weekly mean of pain (average, or the first kind rated) higher by >= 30 % or >= 2 points than in the baseline week; at a baseline of 0 points alone'
      : 'MMD higher by >= 30 % than in the baseline',
  formula: 'PCHG >= 30 or CHG >= 2; of day counts PCHG >= 30 alone',
  window: 'each week (pain), each period (migraine days)',
  minimum: 'a valid window and a valid baseline',
  missing: 'no answer, also under NRI: a missing value is no worsening shown',
  reasons: ['NOT_REACHED', 'DISCONTINUED', 'MISSING_ITEMS', 'NOT_EVALUABLE', 'INSUFFICIENT_DAYS', 'NO_BASELINE'],
  mark: '[P]',
  source: 'endpoints.md section 6, project convention',
  conventions: [
    {
      id: 'WORSE',
      says: 'one parameter of a study: weekly pain where it is rated, else MMD; other parameters have RSPCLASS',
      value: (study) => (byPoints(study) ? 'weekly pain' : 'MMD'),
    },
  ],
  method: (study) =>
    byPoints(study)
      ? ['of weekly pain', `week >= ${study.weeks.minObserved} days`]
      : [`of MMD by ${study.headache?.preset}`, `period ${study.periods.missing}`],
  exists: (inputs, study) => primaryPain(inputs) !== null || (study.pain === null && study.headache !== null),
  never: () => null,
  compute: {
    kind: 'points',
    change: false,
    responders: false,
    pain: false,
    visits: ({ inputs, weeks, periods }: Plan) =>
      (sourceOf(inputs) === 'MMD' ? periods : weeks).spans.slice(1).map(({ visit, label }) => [visit, label] as const),
  },
}

/** WORSE: whether a patient got clearly worse, visit by visit. */
export const WORSENING: Family = {
  name: 'worsening',
  entries: [WORSE],
  open: (plan) => {
    const place = plan.effectCodes.indexOf(WORSE.code)
    if (place < 0) return null
    const code = sourceOf(plan.inputs)
    const by = code === 'MMD' ? 'percent' : 'percent-or-points'
    return {
      read: ({ courses }, points) => {
        const course = courses.of(code)
        const base = visitOf(course, 0)
        for (const at of course?.visits ?? []) {
          if (at.visit === 0) continue
          const why = at.reason ?? (base === null || base.reason !== null ? 'NO_BASELINE' : null)
          const worse =
            why === null && base !== null
              ? hasWorsened(base.numerator, base.denominator, at.numerator, at.denominator, false, by)
              : null
          if (worse === null) points.none(place, at.visit, why ?? 'NOT_EVALUABLE')
          else points.answer(place, at.visit, worse)
          points.window(at.from, at.to).restsOn(code, 0).restsOn(code, at.visit)
        }
      },
    }
  },
}
