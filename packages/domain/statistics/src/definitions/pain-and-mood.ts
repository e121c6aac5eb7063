import type { CohortDefinition } from './cohort-definition.ts'

const ROWS = 'subjects with a row of DUALRSP at the visit, by arm and together'

/** The four cells of pain response by mood response. */
export const DUAL: CohortDefinition = {
  code: 'DUAL',
  label: 'Pain response by mood response',
  family: 'mood',
  analyses: ['DUAL'],
  stats: [
    { name: 'BOTH', says: 'share with pain and mood response', unit: 'share 0-1' },
    { name: 'PAIN', says: 'share with pain response alone', unit: 'share 0-1' },
    { name: 'MOOD', says: 'share with mood response alone', unit: 'share 0-1' },
    { name: 'NEITHER', says: 'share with neither', unit: 'share 0-1' },
  ],
  definition: 'four-cell table of pain response by mood response, of the subjects in whom mood can be judged',
  formula: 'NUMER / DENOM; the cells of a visit and arm add up to DENOM',
  window: ROWS,
  minimum: 'one subject with an answer of DUALRSP',
  missing: ({ responders }) =>
    responders.missing === 'NRI'
      ? 'a part without a value is not met (NRI)'
      : 'a subject without one of the two values leaves the table (OC)',
  reasons: ['NO_DENOMINATOR'],
  source: 'endpoints.md section 8',
  mark: '-',
  conventions: [],
}

/** Do pain and mood change together. */
export const JOINT: CohortDefinition = {
  code: 'JOINT',
  label: 'Joint change of pain and mood',
  family: 'mood',
  analyses: ['JOINT'],
  stats: [{ name: 'R', says: 'Spearman correlation of the changes', unit: '-1 to 1' }],
  definition: 'correlation of the changes of pain and mood; a description, no claim of mediation',
  formula: 'Pearson r of mid-ranks of CHG; p by t approximation; limits by Fisher z, SE sqrt((1 + r^2/2)/(n - 3))',
  window: ROWS,
  minimum: '2 subjects with both changes; 3 for p, 4 for limits',
  missing: 'subjects without one of the two changes are left out',
  reasons: ['NO_VARIATION'],
  source: 'Bonett and Wright, Psychometrika 2000;65:23-28 [L]',
  mark: '[L] [P]',
  conventions: [
    { id: 'joint change', says: 'subjects enter whatever their baseline of mood, also below the case level' },
  ],
}

/** Core domains of fibromyalgia trials. */
export const COVERAGE: CohortDefinition = {
  code: 'COVERAGE',
  label: 'Coverage of core domains of fibromyalgia',
  family: 'fibromyalgia',
  analyses: ['COVERAGE'],
  stats: [
    { name: 'PAIN', says: '1 if pain is measured, by PARAMCD', unit: '0 or 1' },
    { name: 'TENDERNESS', says: '1 if tenderness is measured', unit: '0 or 1' },
    { name: 'FATIGUE', says: '1 if fatigue is measured', unit: '0 or 1' },
    { name: 'GLOBAL', says: '1 if the patient rates the change as a whole', unit: '0 or 1' },
    { name: 'FUNCTION', says: '1 if function is measured', unit: '0 or 1' },
    { name: 'SLEEP', says: '1 if sleep is measured', unit: '0 or 1' },
    { name: 'DEPRESSION', says: '1 if depression is measured', unit: '0 or 1' },
    { name: 'COGNITION', says: '1 if cognition is measured', unit: '0 or 1' },
  ],
  definition:
    'which OMERACT core domains of fibromyalgia trials the study measures; depression and cognition in some trials',
  formula: 'ESTIMATE 1 if a parameter measures the domain; NUMER of DENOM subjects have a value of it',
  window: 'one row per domain for the study as a whole',
  minimum: 'none',
  missing: 'a domain without a parameter is not measured',
  reasons: ['NOT_MEASURED'],
  source: 'OMERACT fibromyalgia core domains [C25]',
  mark: '[C25]',
  conventions: [],
}
