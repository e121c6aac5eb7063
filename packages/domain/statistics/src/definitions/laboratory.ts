import type { CohortDefinition } from './cohort-definition.ts'

const ROWS = 'analysed rows (ANL01FL) with a value, per analyte and visit, by arm as allocated and together'

/** Laboratory results within their limits of quantification. */
export const QUANTIFIED: CohortDefinition = {
  code: 'QUANTFD',
  label: 'Share of results within the limits of quantification',
  family: 'laboratory',
  analyses: ['QUANTIFIED'],
  stats: [{ name: 'SHARE', says: 'share of results that are not below the limit (BLQFL)', unit: 'share 0-1' }],
  definition:
    'share of results that are not below the limit of quantification, with the 95 % score interval; METHOD tells what is due: more than 15 % below, a censored-likelihood (Tobit) sensitivity analysis, which is no part of these rows; more than 50 % below, no other figure of the analyte at the visit',
  formula: 'NUMER / DENOM with Wilson limits',
  window: ROWS,
  minimum: 'one result',
  missing: 'a visit without a result is left out',
  reasons: ['NO_DENOMINATOR'],
  source: 'endpoints.md section 8; Hornung & Reed 1990 [L]',
  mark: '[L] [P]',
  conventions: [
    {
      id: 'lab.share',
      says: 'how many results lie below the limit of quantification is judged at a visit over all subjects together',
    },
  ],
}

/** Change of concentrations. */
export const RATIO: CohortDefinition = {
  code: 'GMRATIO',
  label: 'Geometric mean ratio to baseline',
  family: 'laboratory',
  analyses: ['RATIO'],
  stats: [
    { name: 'GMR', says: 'geometric mean of the ratios to baseline', unit: 'ratio' },
    { name: 'GMRPCT', says: '100 (GMR - 1)', unit: '%' },
  ],
  definition:
    'geometric mean of the ratios to baseline, with (ANLSET ALL) and without (NOACUTE) subjects whose CRP was above 10 mg/L at the visit or at baseline',
  formula: 'exp(mean -+ t(0.975; n - 1) sd / sqrt(n)) of the log ratios',
  window: ROWS,
  minimum:
    'one log ratio; two for limits; not more than half of the results of the visit and of the baseline below the limit',
  missing: 'a subject without a result at the visit or at baseline is left out; how many have both is N',
  reasons: ['MOSTLY_BELOW_LLOQ', 'NO_DATA', 'ONE_SUBJECT'],
  source: 'endpoints.md section 8; Pearson 2003 [L]',
  mark: '[L] [P]',
  conventions: [
    { id: 'set.acute', says: 'ANLSET NOACUTE leaves out rows with CRPFL Y; rows whose CRP is not known stay' },
  ],
}
