import type { Parameter } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { CURVE_THRESHOLDS, cumulativeResponders } from '../description/responder-curve.ts'
import type { CohortRows, Estimate } from './cohort-rows.ts'

const METHOD = 'cumulative responder function, no value is 0 % improvement'
/** Position of Farrar's criterion, which pain means alone have. */
const FARRAR = 4

/**
 * Whether the curve is drawn at a visit: of the study's primary parameter at its primary visit, and of means of pain at
 * their last visit [P]. All visits of all parameters would be thousands of rows that nobody reads.
 */
export function hasCurve(study: AnalyticStudy, { code, criteria }: Parameter, visit: number, last: number): boolean {
  const { primary } = study
  if (primary?.parameter === code && primary.visit === visit) return criteria.some((text) => text !== null)
  return (criteria[FARRAR] ?? null) !== null && visit === last && visit > 0
}

/**
 * Rows of the cumulative responder function (ANALYSIS CRF): STAT IMP0, IMP5, ... IMP100, the share of subjects who improved
 * by at least so many percent. DENOM are the members with a baseline that is known and not 0; a member of them without a
 * value has 0 % improvement.
 */
export function addCurve(
  rows: CohortRows,
  where: Estimate,
  parameter: Parameter,
  base: Float64Array,
  percentChange: Float64Array,
  members: Int32Array,
): void {
  const lowerIsBetter = parameter.direction !== 'higher-is-better'
  const compared = members.filter((at) => !Number.isNaN(base[at] as number) && base[at] !== 0)
  const changes = Float64Array.from(compared, (at) => percentChange[at] as number)
  const curve = cumulativeResponders(changes, lowerIsBetter)
  CURVE_THRESHOLDS.forEach((threshold, k) => {
    rows.add({
      ...where,
      ANALYSIS: 'CRF',
      METHOD,
      STAT: `IMP${threshold}`,
      ESTIMATE: curve?.shares[k] ?? null,
      N: changes.length,
      NUMER: curve?.counts[k] ?? 0,
      DENOM: changes.length,
      REASON: curve === null ? 'NO_DENOMINATOR' : null,
    })
  })
}
