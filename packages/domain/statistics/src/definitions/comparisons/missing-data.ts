import type { CohortDefinition } from '../cohort-definition.ts'
import { asks, comparison, IMPUTING, SETS } from './comparison.ts'

/** Comparisons of arms of values after imputation: endpoints.md section 10. */
export const OF_MISSING_DATA: readonly CohortDefinition[] = [
  ...(['LOCF', 'BOCF'] as const).map((code) =>
    comparison({
      code,
      label: code === 'LOCF' ? 'Last observation carried forward' : 'Baseline carried forward',
      stats: [{ name: 'DIFF', says: 'difference of LS means, arm minus reference', unit: 'of the parameter' }],
      definition: 'ANCOVA after single imputation: legacy, for sensitivity alone',
      formula:
        code === 'LOCF'
          ? 'the last value before a missing one, at worst the baseline; then as ANCOVA'
          : 'the baseline in place of a missing value, so that its change is 0; then as ANCOVA',
      missing: 'members without a baseline or a covariate are left out',
      source: 'Mallinckrodt et al., Drug Inf J 2008;42:303-319 [L]',
      mark: '[L]',
    }),
  ),
  ...(
    [
      ['MI', 'Multiple imputation at random', 'missing at random within arm'],
      ['J2R', 'Jump to reference', 'from dropout on, means of the reference'],
      ['CIR', 'Copy increments in reference', 'from dropout on, own mean plus the increments of the reference'],
      ['CR', 'Copy reference', 'of dropouts, means of the reference throughout'],
    ] as const
  ).map(([code, label, says]) =>
    comparison({
      code,
      label,
      stats: [{ name: 'DIFF', says: 'pooled difference of LS means, arm minus reference', unit: 'of the parameter' }],
      definition: `ANCOVA after multiple imputation, ${says}`,
      formula:
        'normal model (TRT, BASE and adjust by visit, one covariance), parameters drawn by data augmentation, missing values drawn given the observed; 100 imputations; Rubin, Barnard-Rubin df',
      missing: 'members without a baseline or a covariate are left out; gaps between values are imputed at random',
      source:
        'Carpenter, Roger and Kenward, J Biopharm Stat 2013;23:1352-1371; Schafer, Analysis of Incomplete Multivariate Data, 1997, section 5.4; Barnard and Rubin, Biometrika 1999;86:948-955 [L]',
      mark: '[L]',
      conventions: [...SETS, IMPUTING],
    }),
  ),
  comparison({
    code: 'TIP',
    label: 'Tipping point',
    stats: [
      { name: 'DELTA', says: 'delta in the direction of harm at which p exceeds 0.05', unit: 'of the parameter' },
    ],
    definition: 'how much worse than at random the imputed values of the arm must be for the result to be lost',
    formula: 'as MI, delta added to imputed values of the arm in steps from 0 until p > 0.05',
    missing: 'as MI; an arm without missing values has no delta',
    source: 'Carpenter and Kenward, Multiple Imputation and its Application, 2013 [L]',
    mark: '[L] [P]',
    conventions: [
      ...SETS,
      IMPUTING,
      {
        id: 'tip.step',
        says: 'delta rises in steps of a tenth of the standard deviation of the outcome at the visit, 200 at most',
        applies: asks('TIP'),
      },
    ],
  }),
]
