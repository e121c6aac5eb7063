import type { AnalyticStudy, Convention } from '@afferent/study'
import type { CohortDefinition } from './cohort-definition.ts'

const asksGuesses = ({ sources }: AnalyticStudy): boolean =>
  sources.some(({ fields }) => fields.some(({ field }) => field === 'guess'))
const tellsAdherence = ({ adherence }: AnalyticStudy): boolean => adherence !== null

const GUESSES: Convention = {
  id: 'blind.guess',
  says: 'a guess of another arm is incorrect, unknown is unsure, a subject without a guess gave no answer; limits are not cut at the ends of the scale',
  applies: asksGuesses,
}
const MEAN_ADHERENCE: Convention = {
  id: 'adh.mean',
  says: "for a dose-response slope a subject's adherence is the mean of STIMADH over his periods that end with the primary visit or before",
  applies: (study) => tellsAdherence(study) && study.primary !== null,
}

const SOURCE = 'endpoints.md section 11'

/** Shares of subjects whose adherence reaches a threshold. */
export const ADHERENT: CohortDefinition = {
  code: 'ADHSHARE',
  label: 'Proportion of adherent subjects with Wilson limits',
  family: 'stimulation',
  analyses: ['RESPONSE'],
  stats: [{ name: 'ADH<cut>', says: 'share with STIMADH of at least so many percent', unit: 'share 0-1' }],
  definition: 'subjects with STIMADH of at least adherence.thresholds / subjects with a value',
  formula: 'NUMER / DENOM with Wilson score limits',
  window: 'periods of STIMADH, by arm as allocated and together (ANLSET ALL)',
  minimum: 'one subject with a value',
  missing: 'subjects without a value leave the denominator',
  reasons: ['NO_DENOMINATOR'],
  source: `${SOURCE}; PREMIUM [C52], PREMIUM II [C4], [C46]`,
  mark: '[C 52] [C 4] [C 46]',
  conventions: [],
}

/** How the primary outcome goes with adherence. */
export const DOSE_RESPONSE: CohortDefinition = {
  code: 'DOSERESP',
  label: 'Dose-response slope',
  family: 'stimulation',
  analyses: ['DOSERESP'],
  stats: [
    {
      name: 'SLOPE',
      says: 'change of the primary parameter per percentage point of adherence',
      unit: 'of the parameter',
    },
  ],
  definition:
    'coefficient of adherence in change ~ baseline + adherence; caution: adherence is measured after randomisation, the slope is not causal',
  formula: 'ordinary least squares within the arm; t limits with n - 3 degrees of freedom',
  window: 'primary parameter and visit; every arm but the reference (ANLSET ALL)',
  minimum: 'four subjects with a change and an adherence that varies by itself',
  missing: 'subjects without a change or without any STIMADH are left out',
  reasons: ['TOO_FEW_SUBJECTS'],
  source: SOURCE,
  mark: '[P]',
  conventions: [MEAN_ADHERENCE],
}

/** Blinding, arm by arm. */
export const BANG: CohortDefinition = {
  code: 'BANGBI',
  label: "Bang's blinding index",
  family: 'blinding',
  analyses: ['BANGBI'],
  stats: [
    { name: 'INDEX', says: '0 guesses at random, 1 all correct, -1 all wrong', unit: '-1 to 1' },
    { name: 'BLINDED', says: '1 where the index lies within 0.2 of 0, else 0', unit: '0 or 1' },
  ],
  definition: "(correct - incorrect) / all answers, don't know included",
  formula: 'var = [p1 (1 - p1) + p2 (1 - p2) + 2 p1 p2] / n, normal limits',
  window: 'per arm as treated (ANLSET ALL)',
  minimum: 'one answer',
  missing: 'a subject without a guess gave no answer',
  reasons: ['NO_ANSWERS'],
  source: `${SOURCE}; Bang, Ni and Davis, Control Clin Trials 2004;25:143-156 [C 53]`,
  mark: '[C 53] [L] [P]',
  conventions: [GUESSES],
}

/** Blinding of a whole trial. */
export const JAMES: CohortDefinition = {
  code: 'JAMESBI',
  label: "James's blinding index",
  family: 'blinding',
  analyses: ['JAMESBI'],
  stats: [{ name: 'INDEX', says: '1 all unsure, 1/2 guesses at random, 0 all correct', unit: '0 to 1' }],
  definition: "agreement of guess and arm weighted against don't know, both arms together; secondary to Bang's index",
  formula: '(1 + P_DK + (1 - P_DK) K) / 2, limits by the delta method',
  window: 'the trial as a whole, arms as treated (ANLSET ALL)',
  minimum: 'two arms and one answer',
  missing: 'a subject without a guess gave no answer',
  reasons: ['NO_ANSWERS', 'NOT_TWO_ARMS'],
  source: `${SOURCE}; James et al., Stat Med 1996;15:1421-1434 [L]`,
  mark: '[L] [P]',
  conventions: [GUESSES],
}
