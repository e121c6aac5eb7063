import type { Convention } from '@afferent/study'
import type { CohortDefinition } from './cohort-definition.ts'

const NO_LIMITS: Convention = {
  id: 'attacks.pooled',
  says: 'a proportion with attacks as units has no limits of its own: attacks of one subject are alike, so the limits are those of GEE',
}

/** All attacks of all subjects together. */
export const ATTACKS: CohortDefinition = {
  code: 'ATTUNIT',
  label: 'Attacks as units, and mean of subject proportions',
  family: 'acute',
  analyses: ['ATTACKS'],
  stats: [
    { name: 'POOLED', says: 'share of attacks with AVALC Y, attacks as units', unit: 'share 0-1' },
    { name: 'GEE', says: 'the same share where attacks of one subject are alike, with its limits', unit: 'share 0-1' },
    { name: 'SUBJMEAN', says: 'mean over subjects of their share of attacks with AVALC Y', unit: 'share 0-1' },
  ],
  definition: 'share of attacks that went well, of parameters with a row per treated attack, counted both ways',
  formula:
    'POOLED: NUMER / DENOM; SUBJMEAN: mean of yes / attacks of each subject, SE = sd / sqrt(subjects); GEE: logit link, intercept alone, exchangeable correlation, robust variance',
  window: 'analysed rows (ANL01FL) of all attacks of a parameter (AVISIT All attacks), by arm and together',
  minimum: 'one attack with an answer; for GEE two subjects, and attacks that did not all go alike',
  missing: ({ responders }) =>
    `attacks without an answer are left out; ${responders.missing === 'NRI' ? 'a missing reading counts as no (NRI)' : 'a missing reading is no answer (OC)'}`,
  reasons: ['NO_DENOMINATOR', 'NO_ESTIMATE'],
  source: 'endpoints.md section 4; Liang and Zeger, Biometrika 1986;73:13-22 [L]',
  mark: '[L] [P]',
  conventions: [NO_LIMITS],
}
