import type { AnalyticStudy, CohortMethod, Convention } from '@afferent/study'
import type { CohortDefinition } from './cohort-definition.ts'

/** Whether an analysis of the study is made by a method. */
const asks =
  (...methods: readonly CohortMethod[]) =>
  ({ cohort }: AnalyticStudy): boolean =>
    cohort?.analyses.some((one) => one.methods.some((method) => methods.includes(method))) === true

const hasSet =
  (...sets: readonly string[]) =>
  ({ cohort }: AnalyticStudy): boolean =>
    cohort?.estimands.some(({ population }) => sets.includes(population)) === true

const hasStrategy =
  (strategy: string) =>
  ({ cohort }: AnalyticStudy): boolean =>
    cohort?.estimands.some(({ events }) => Object.values(events).includes(strategy as 'composite')) === true

const SETS: readonly Convention[] = [
  {
    id: 'set.mitt',
    says: 'MITT: allocated, treated at least once, with a baseline and a value of the parameter after it',
    applies: hasSet('MITT', 'PP'),
  },
  {
    id: 'set.pp',
    says: 'PP: of MITT, treated as allocated; values after an intercurrent event are left out',
    applies: hasSet('PP'),
  },
  {
    id: 'set.complete',
    says: 'COMPLETE: allocated, with a value of the parameter at every visit after the baseline',
    applies: hasSet('COMPLETE'),
  },
  {
    id: 'set.treated',
    says: 'where no export tells of the first treatment, everybody allocated counts as treated',
    applies: hasSet('MITT', 'PP', 'SAFETY'),
  },
  {
    id: 'ice.day',
    says: 'an intercurrent event counts at a visit whose last day it does not follow; at every visit without days',
    applies: ({ cohort }) => cohort?.estimands.some(({ events }) => Object.keys(events).length > 0) === true,
  },
  {
    id: 'ice.worst',
    says: 'composite strategy: no response, or the worst value anybody of the set has at the visit',
    applies: hasStrategy('composite'),
  },
]

const hasSubgroups = ({ cohort }: AnalyticStudy): boolean =>
  cohort?.analyses.some(({ subgroups }) => subgroups.length > 0) === true

const ROWS = 'per analysis of the study file, visit and comparison of arms; analysis set and estimand of the analysis'
const MISSING =
  'members without an outcome, a baseline or a covariate are left out of the model; how many have all is NDATA'
const OWN_WORDS = ['in words'] as const

const IMPUTING: Convention = {
  id: 'mi.draws',
  says: '100 imputations; each is a chain of data augmentation of its own, 100 rounds from the REML fit, with the seed of the study file',
  value: ({ cohort }) => `seed ${cohort?.seed ?? 1}`,
  applies: asks('MI', 'J2R', 'CIR', 'CR', 'TIP'),
}

function comparison(
  given: Pick<CohortDefinition, 'code' | 'label' | 'stats' | 'definition' | 'formula' | 'source' | 'mark'> &
    Partial<CohortDefinition>,
): CohortDefinition {
  return {
    family: 'comparisons',
    analyses: [given.code],
    window: ROWS,
    minimum: 'a subject in each arm; models more subjects than coefficients',
    missing: MISSING,
    reasons: OWN_WORDS,
    conventions: SETS,
    asked: asks(given.code as CohortMethod),
    ...given,
  }
}

const RD = { name: 'RD', says: 'difference of response proportions, arm minus reference', unit: 'share -1 to 1' }
const RESPONDERS =
  'a missing response counts as the study says (responders.missing); a missing answer leaves the denominator'
const ODDS = { name: 'OR', says: 'odds ratio, arm against reference', unit: 'ratio' }

/** Comparisons of arms that a study file asks for: endpoints.md section 10. */
export const COMPARISONS: readonly CohortDefinition[] = [
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
    code: 'KM',
    label: 'Kaplan-Meier',
    stats: [{ name: 'MEDIAN', says: 'median time to the event; NUMER events of DENOM subjects', unit: 'days' }],
    definition: 'time to event by arm',
    formula: 'product limit, events before censorings at a tie, log-log limits',
    window: 'per analysis of the study file and arm',
    missing: 'subjects without a time are left out; those without event are censored',
    source: 'Kaplan and Meier, JASA 1958;53:457-481 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'LOGRANK',
    label: 'Log-rank test',
    stats: [{ name: 'CHISQ', says: 'chi-square on 1 df', unit: '-' }],
    definition: 'comparison of times to event, stratified by the texts of adjust',
    formula: '(O - E)^2 / V summed over strata',
    missing: 'subjects without a time are left out; those without event are censored',
    source: 'Mantel, Cancer Chemother Rep 1966;50:163-170 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'COX',
    label: 'Cox regression',
    stats: [{ name: 'HR', says: 'hazard ratio, arm to reference', unit: 'ratio' }],
    definition: 'hazard ratio of the event, numbers of adjust as covariates, texts as strata',
    formula: "partial likelihood, Efron's ties; Wald limits, SE of the logarithm",
    missing: 'subjects without a time or a covariate are left out; those without event are censored',
    source: 'Cox, J R Stat Soc B 1972;34:187-220; Efron, JASA 1977;72:557-565 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'SUBGRP',
    label: 'Subgroups',
    stats: [
      { name: 'DIFF', says: 'difference in a level of the subgroup, arm minus reference', unit: 'of the parameter' },
      { name: 'OR', says: 'of responses: odds ratio in a level of the subgroup', unit: 'ratio' },
      { name: 'INTERACT', says: 'F of the interaction and its second df; of responses chi-square and df', unit: '-' },
      {
        name: 'SLOPE',
        says: 'change of the difference (ratio of odds ratios) per unit of a number, unbinned',
        unit: 'of the parameter',
      },
    ],
    definition: 'whether the difference of arms depends on a fact about the subjects',
    formula:
      'one model with TRT*subgroup, least squares and F test; of responses logistic regression and likelihood ratio; levels below 10 per arm are printed, not tested',
    source: 'Brookes et al., J Clin Epidemiol 2004;57:229-236 [L]; endpoints.md section 10',
    mark: '[L] [P]',
    asked: hasSubgroups,
    conventions: [
      ...SETS,
      {
        id: 'subgroup.cuts',
        says: 'AGE is cut at 45 and 65, BMI at 25 and 30, PDURY at 1 and 5 years (5 in the middle), other numbers at their median',
        applies: hasSubgroups,
      },
    ],
  }),
  comparison({
    code: 'ICEMAN',
    label: 'Credibility of effect modification',
    stats: [
      { name: 'DIRECTION', says: 'whether the direction was hypothesised beforehand: left to the reader', unit: '-' },
      { name: 'PRIOR', says: 'prior evidence: left to the reader', unit: '-' },
      { name: 'PINTER', says: 'p of the interaction', unit: '-' },
      { name: 'TESTED', says: 'modifiers tested in the analysis', unit: 'modifiers' },
      { name: 'CUTPOINT', says: '1 where the levels come from cut points', unit: '-' },
      { name: 'JUDGEMENT', says: 'left to the reader', unit: '-' },
    ],
    definition: 'facts for the questions of ICEMAN for a trial',
    formula: 'as STAT names it',
    source: 'Schandelmaier et al., CMAJ 2020;192:E901-E906 [L]',
    mark: '[L]',
    asked: hasSubgroups,
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
  comparison({
    code: 'NEWC',
    label: 'Difference of proportions, Newcombe',
    stats: [RD],
    definition: 'difference of response proportions with the hybrid score interval',
    formula: 'method 10; p by chi-square without continuity correction, by Fisher where an expected count is below 5',
    missing: RESPONDERS,
    source: 'Newcombe, Stat Med 1998;17:873-890 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'MN',
    label: 'Difference of proportions, Miettinen-Nurminen',
    stats: [RD],
    definition: 'difference of response proportions with the score interval',
    formula: 'variance factor N/(N-1), restricted estimates in closed form; p as for NEWC',
    missing: RESPONDERS,
    source: 'Miettinen and Nurminen, Stat Med 1985;4:213-226 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'RR',
    label: 'Risk ratio',
    stats: [{ name: 'RR', says: 'ratio of response proportions, arm to reference', unit: 'ratio' }],
    definition: 'ratio of response proportions with log limits',
    formula: 'Katz; with a zero cell 0.5 is added to all four cells, and METHOD says so',
    missing: RESPONDERS,
    source: 'Katz et al., Biometrics 1978;34:469-474 [L]',
    mark: '[L] [P]',
    conventions: [
      ...SETS,
      { id: 'rr.zero', says: 'risk ratio with a zero cell: 0.5 is added to all four cells', applies: asks('RR') },
    ],
  }),
  comparison({
    code: 'OR',
    label: 'Odds ratio',
    stats: [ODDS],
    definition: 'odds ratio of response with log limits',
    formula: 'Woolf',
    missing: RESPONDERS,
    source: 'Woolf, Ann Hum Genet 1955;19:251-253 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'NNT',
    label: 'Number needed to treat',
    stats: [
      { name: 'NNTB', says: 'number needed to treat for one more to benefit', unit: 'subjects' },
      { name: 'NNTH', says: 'number needed to treat for one more to be harmed', unit: 'subjects' },
    ],
    definition: 'reciprocal of the difference of response proportions, never negative',
    formula:
      '1/RD; limits are the reciprocals of the Miettinen-Nurminen limits; where they span 0 REASON holds the range',
    missing: RESPONDERS,
    source: 'Altman, BMJ 1998;317:1309-1312 [L]',
    mark: '[L] [P]',
    conventions: [
      ...SETS,
      { id: 'nnt.limits', says: 'limits of the NNT come from those of Miettinen and Nurminen', applies: asks('NNT') },
    ],
  }),
  comparison({
    code: 'CMH',
    label: 'Stratified comparison of proportions',
    stats: [
      ODDS,
      { ...RD, says: 'Mantel-Haenszel difference of proportions, Sato limits' },
      { name: 'RDSCORE', says: 'the same with stratified score limits', unit: 'share -1 to 1' },
    ],
    definition: 'response proportions compared within strata (the texts of adjust) and put together',
    formula: 'Mantel-Haenszel odds ratio and difference; chi-square without continuity correction',
    missing: RESPONDERS,
    source: 'Mantel and Haenszel, JNCI 1959;22:719-748; Sato, Biometrics 1989;45:1323-1324 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'LOGIT',
    label: 'Logistic regression',
    stats: [ODDS],
    definition: 'odds ratio of response, adjusted for baseline, covariates and strata',
    formula: 'RESP ~ TRT + BASE + adjust, maximum likelihood, Wald limits; SE of the logarithm; Firth where separated',
    missing: `${RESPONDERS}; ${MISSING}`,
    source: 'Albert and Anderson, Biometrika 1984;71:1-10; Firth, Biometrika 1993;80:27-38 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'NEGBIN',
    label: 'Negative binomial regression',
    stats: [{ name: 'RATIO', says: 'ratio of event rates, arm to reference', unit: 'ratio' }],
    definition: 'ratio of rates of counted events, over the days observed',
    formula:
      'NB2, log link, TRT + BASE + adjust, offset ln(observed days); Wald limits; dispersion 0 gives Poisson, named in METHOD',
    source: 'Lawless, Can J Stat 1987;15:209-225 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'BETABIN',
    label: 'Beta-binomial regression',
    stats: [{ name: 'OR', says: 'odds ratio of a day with the event, arm to reference', unit: 'ratio' }],
    definition: 'share of the days observed with the event, bounded by them: a sensitivity analysis of counted days',
    formula: 'logit link, TRT + BASE + adjust, days of a subject correlated; Wald limits, SE of the logarithm',
    source: 'Williams, Biometrics 1975;31:949-952 [L]',
    mark: '[L]',
  }),
  comparison({
    code: 'POISSON',
    label: 'Poisson regression',
    stats: [{ name: 'RATIO', says: 'ratio of event rates, arm to reference', unit: 'ratio' }],
    definition: 'ratio of rates of counted events, over the days observed, variance equal to the mean',
    formula: 'log link, TRT + BASE + adjust, offset ln(observed days); Wald limits',
    source: 'McCullagh and Nelder, Generalized Linear Models, 1989 [L]',
    mark: '[L]',
  }),
]
