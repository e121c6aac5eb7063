import type { CohortDefinition } from '../cohort-definition.ts'
import { comparison, hasSubgroups, SETS } from './comparison.ts'

/** Comparisons of arms within subgroups: endpoints.md section 10. */
export const OF_SUBGROUPS: readonly CohortDefinition[] = [
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
]
