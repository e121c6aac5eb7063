import type { CohortDefinition } from '../cohort-definition.ts'
import { asks, comparison, MISSING, ODDS, RD, RESPONDERS, SETS } from './comparison.ts'

/** Comparisons of arms of responses: endpoints.md section 10. */
export const OF_RESPONSES: readonly CohortDefinition[] = [
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
]
