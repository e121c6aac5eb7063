import { CURVE_THRESHOLDS } from '../description/responder-curve.ts'
import type { CohortDefinition } from './cohort-definition.ts'

/** The share of subjects who improved by at least so much, for every amount. */
export const CURVE: CohortDefinition = {
  code: 'CRF',
  label: 'Cumulative responder function',
  family: 'pain',
  analyses: ['CRF'],
  stats: CURVE_THRESHOLDS.map((threshold) => ({
    name: `IMP${threshold}`,
    says: `share with an improvement of at least ${threshold} %`,
    unit: 'share 0-1',
  })),
  definition: 'share of the subjects with a valid baseline that is not 0 whose improvement reaches the threshold',
  formula: 'NUMER / DENOM for t = 0, 5, ..., 100; NUMER: subjects with -PCHG >= t (PCHG where higher is better)',
  window: 'the primary parameter at its visit, and means of pain at their last visit; by arm and together',
  minimum: 'one subject with a valid baseline that is not 0',
  missing: 'no value is 0 % improvement, so that the curve does not drop those who left',
  reasons: ['NO_DENOMINATOR'],
  source: 'endpoints.md section 6; Farrar 2006, J Pain Symptom Manage 31:369',
  mark: '[L] Farrar 2006; [P] which parameters and visits have a curve',
  conventions: [
    {
      id: 'CRF visits',
      says: 'the curve is drawn for the primary parameter at its visit and for means of pain at their last visit',
    },
  ],
}
