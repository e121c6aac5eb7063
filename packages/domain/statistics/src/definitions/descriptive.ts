import type { Convention } from '@afferent/study'
import type { CohortDefinition } from './cohort-definition.ts'

const ALL_SUBJECTS: Convention = {
  id: 'set.all',
  says: 'descriptive rows are about every subject in the data, by arm as allocated and together (ANLSET ALL)',
}

const QUARTILES: Convention = {
  id: 'quartiles',
  says: 'quartiles are of type 7, linear between order statistics, the default of R and Excel',
}

const ROWS =
  'analysed rows (ANL01FL) of a parameter at a visit, by arm and together; in studies with phases also by phase'
const NEVER_OPEN = 'windows that are not over at the data cut (NOT_REACHED) enter nothing'

/** Figures of adeff columns. */
export const DESCRIPTIVE: CohortDefinition = {
  code: 'DESCR',
  label: 'Descriptive figures',
  family: 'descriptive',
  analyses: ['AVAL', 'BASE', 'CHG', 'PCHG'],
  stats: [
    { name: 'N', says: 'subjects with a value', unit: 'subjects' },
    { name: 'MEAN', says: 'mean; SE = SD / sqrt(N); t limits on N - 1 df', unit: 'of the parameter' },
    { name: 'SD', says: 'sample standard deviation (n - 1)', unit: 'of the parameter' },
    { name: 'MEDIAN', says: 'median', unit: 'of the parameter' },
    { name: 'Q1', says: 'first quartile', unit: 'of the parameter' },
    { name: 'Q3', says: 'third quartile', unit: 'of the parameter' },
    { name: 'MIN', says: 'lowest value', unit: 'of the parameter' },
    { name: 'MAX', says: 'highest value', unit: 'of the parameter' },
  ],
  definition: 'size, location and spread of AVAL, BASE, CHG and PCHG of every parameter, visit and arm',
  formula: 'as STAT names it; SE = SD / sqrt(N)',
  window: ROWS,
  minimum: 'one value; two for SD and SE',
  missing: `subjects without a value are left out, how many have one is N; ${NEVER_OPEN}`,
  reasons: ['ONE_SUBJECT'],
  source: 'Hyndman and Fan, Am Stat 1996;50:361-365, quartiles of type 7 [L]',
  mark: '[L] [P]',
  conventions: [ALL_SUBJECTS, QUARTILES],
}

/** Shares of responders. */
export const WILSON: CohortDefinition = {
  code: 'WILSON',
  label: 'Proportion of responders with Wilson limits',
  family: 'descriptive',
  analyses: ['RESPONSE'],
  stats: [
    { name: 'RSP<cut>', says: 'share with CRITnFL Y of that reduction in percent', unit: 'share 0-1' },
    { name: 'FARRAR30', says: 'share with CRIT5FL Y: pain reduced by at least 30 %', unit: 'share 0-1' },
    { name: 'FARRAR2', says: 'share with CRIT6FL Y: pain reduced by at least 2 points', unit: 'share 0-1' },
    { name: 'IMPORTANT', says: 'share with CRIT5FL Y: the change of one person that matters', unit: 'share 0-1' },
    { name: 'REMISSION', says: 'share with CRIT6FL Y: in remission', unit: 'share 0-1' },
    { name: 'IMPROVED', says: 'share with CRIT6FL Y: a global impression that is a response', unit: 'share 0-1' },
    { name: 'YES', says: 'share with AVALC Y, for parameters that are an answer', unit: 'share 0-1' },
  ],
  definition: 'share of subjects who meet a response criterion, with the 95 % score interval',
  formula:
    'NUMER / DENOM; limits (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), z = 1.96; 0/n and n/n allowed',
  window: ROWS,
  minimum: 'one subject whose flag is not null',
  missing: ({ responders }) =>
    `${responders.missing === 'NRI' ? 'a missing value counts as no response (NRI)' : 'a missing value leaves the denominator (OC)'}; ${NEVER_OPEN}`,
  reasons: ['NO_DENOMINATOR'],
  source: 'Wilson, J Am Stat Assoc 1927;22:209-212 [L]; endpoints.md section 10',
  mark: '[L]',
  conventions: [ALL_SUBJECTS],
}

/** Subjects who have no percent change. */
export const ZERO_BASELINE: CohortDefinition = {
  code: 'ZEROBASE',
  label: 'Subjects with a baseline of 0',
  family: 'descriptive',
  analyses: ['RESPONSE'],
  stats: [{ name: 'ZEROBASE', says: 'subjects with a baseline of 0', unit: 'subjects' }],
  definition: 'how many subjects have a baseline of 0 and so no percent change (R-ZERO)',
  formula: 'ESTIMATE = subjects with BASE 0; NUMER = those of them who leave the denominators of responders',
  window: ROWS,
  minimum: 'none',
  missing: ({ responders }) =>
    responders.zeroBaseline === 'exclude'
      ? 'they leave the denominators of responders'
      : 'they count as no response and stay in the denominators',
  reasons: [],
  source: 'endpoints.md section 1, R-ZERO',
  mark: '-',
  conventions: [ALL_SUBJECTS],
}
