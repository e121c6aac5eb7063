import type { CohortDefinition } from '../cohort-definition.ts'
import { comparison } from './comparison.ts'

/** Comparisons of arms of counts and of times to event: endpoints.md section 10. */
export const OF_COUNTS_AND_TIMES: readonly CohortDefinition[] = [
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
]
