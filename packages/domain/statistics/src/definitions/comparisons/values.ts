import type { CohortDefinition } from '../cohort-definition.ts'
import { comparison } from './comparison.ts'

/** Comparisons of arms of values: endpoints.md section 10. */
export const OF_VALUES: readonly CohortDefinition[] = [
  comparison({
    code: 'ANCOVA',
    label: 'Analysis of covariance',
    stats: [
      {
        name: 'LSMEAN',
        says: 'LS mean of an arm, at the covariate means of the subjects analysed',
        unit: 'of the parameter',
      },
      { name: 'DIFF', says: 'difference of LS means, arm minus reference', unit: 'of the parameter' },
    ],
    definition: 'difference of arms in a value, adjusted for baseline, covariates and strata',
    formula: 'OUTCOME ~ TRT + BASE + adjust, ordinary least squares; t limits on n - rank df; strata by lsm.weights',
    source: 'ICH E9 section 5.7; Searle, Speed and Milliken, Am Stat 1980;34:216-221 [L]',
    mark: '[L]',
  }),
  ...(
    [
      ['TTEST', "Student's t test", 'equal variances', 'Student, Biometrika 1908;6:1-25 [L]'],
      [
        'WELCH',
        "Welch's t test",
        'unequal variances, df of Welch and Satterthwaite',
        'Welch, Biometrika 1947;34:28-35 [L]',
      ],
    ] as const
  ).map(([code, label, formula, source]) =>
    comparison({
      code,
      label,
      stats: [{ name: 'DIFF', says: 'difference of means, arm minus reference', unit: 'of the parameter' }],
      definition: 'difference of arms in a value, unadjusted',
      formula,
      missing: 'members without an outcome are left out',
      source,
      mark: '[L]',
    }),
  ),
  comparison({
    code: 'HL',
    label: 'Location shift',
    stats: [{ name: 'SHIFT', says: 'median of all differences, arm minus reference', unit: 'of the parameter' }],
    definition: 'Hodges-Lehmann shift with the rank-sum test',
    formula:
      'limits by inversion of the rank-sum test in normal approximation; p exact up to 50 subjects, else normal with ties',
    missing: 'members without an outcome are left out',
    source: 'Hodges and Lehmann, Ann Math Stat 1963;34:598-611; Mann and Whitney, Ann Math Stat 1947;18:50-60 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'BOOT',
    label: 'Bootstrap and permutation',
    stats: [{ name: 'DIFF', says: 'difference of means, arm minus reference', unit: 'of the parameter' }],
    definition: 'difference of means with limits from resamples and p from permutations',
    formula:
      '10000 resamples within arms, BCa limits; 10000 permutations of the arms; streams named by seed, analysis and place',
    missing: 'members without an outcome are left out',
    source: 'Efron, JASA 1987;82:171-185; Phipson and Smyth, Stat Appl Genet Mol Biol 2010;9:39 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'MMRM',
    label: 'Mixed model for repeated measures',
    stats: [
      { name: 'LSMEAN', says: 'LS mean of an arm at the visit', unit: 'of the parameter' },
      { name: 'DIFF', says: 'difference of LS means at the visit, arm minus reference', unit: 'of the parameter' },
    ],
    definition:
      'difference of arms at each visit from all visits up to the last one asked for, adjusted for baseline and strata',
    formula:
      'OUTCOME ~ TRT*AVISIT + BASE*AVISIT + adjust (numbers by visit), no random effects, REML; unstructured covariance, else heterogeneous Toeplitz, heterogeneous AR(1), compound symmetry, named in METHOD; Kenward-Roger variance and df',
    missing: 'values missing at random; members without any value, a baseline or a covariate are left out',
    source: 'Mallinckrodt et al., Drug Inf J 2008;42:303-319; Kenward and Roger, Biometrics 1997;53:983-997 [L]',
    mark: '[L]',
  }),
]
