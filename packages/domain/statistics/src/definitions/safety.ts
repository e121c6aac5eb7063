import type { AnalyticStudy, Convention } from '@afferent/study'
import type { CohortDefinition } from './cohort-definition.ts'

const analysesSafety = ({ safety }: AnalyticStudy): boolean => safety !== null

const SAFETY_SET: Convention = {
  id: 'set.safety',
  says: 'figures of safety count subjects treated at least once, in the arm treated in; where no export holds first treatments, everybody was treated from study day 1',
  applies: analysesSafety,
}
const EMERGENT: Convention = {
  id: 'ae.emergent',
  says: 'an event without a date began with the first stimulation unless it ended before; one that worsened under treatment counts from its first day; late reports count',
  value: ({ safety }) => `${safety?.followUpDays ?? 30} days after the last stimulation`,
  applies: analysesSafety,
}
const SEVERITY: Convention = {
  id: 'ae.severity',
  says: 'a severity that is not told is below every one that is',
  applies: analysesSafety,
}
const RELATED: Convention = {
  id: 'ae.related',
  says: 'a relation that the export asks about and leaves open is unknown, and unknown counts as related',
  applies: analysesSafety,
}
const EXPOSURE: Convention = {
  id: 'ae.exposure',
  says: 'exposure runs from the first stimulation to the last (as reported, else the last session, the last study day, the data cut), both included; time to a first event is cut there; events of the phase Procedure have no exposure',
  applies: analysesSafety,
}

const GROUPS =
  'any event; by phase, seriousness, expectedness and relation as far as the exports tell them; by class and by term (SUBGRP, SUBGLVL)'
const SETS = 'all treated subjects (ARM missing), and per arm as treated (ANLSET SAF)'
const SOURCE = 'endpoints.md section 11'

/** Shares of subjects with an adverse event. */
export const INCIDENCE: CohortDefinition = {
  code: 'AEINC',
  label: 'Incidence of adverse events',
  family: 'safety',
  analyses: ['AEINC'],
  stats: [
    { name: 'PROPORTION', says: 'share of treated subjects with a treatment-emergent event', unit: 'share 0-1' },
    { name: 'RD', says: 'that of an arm less that of the reference', unit: 'share -1 to 1' },
  ],
  definition:
    'subjects with at least one treatment-emergent event / subjects treated; a subject counts once per term and once per class, at the highest severity',
  formula: 'NUMER / DENOM with Wilson score limits; differences with Miettinen-Nurminen limits',
  window: `${GROUPS}, and those by worst severity (AESEV); ${SETS}`,
  minimum: 'one subject treated',
  missing: 'a subject without events in the export has none',
  reasons: ['NO_DENOMINATOR'],
  source: `${SOURCE}; ISO 14155:2020 [L]`,
  mark: '[L] [P]',
  conventions: [SAFETY_SET, EMERGENT, SEVERITY, RELATED],
}

const rateOf = (code: string, label: string, what: string, formula: string): CohortDefinition => ({
  code,
  label,
  family: 'safety',
  analyses: [code],
  stats: [
    { name: 'RATE', says: what, unit: 'per 100 person-years' },
    { name: 'PYEARS', says: 'person-years of the denominator', unit: 'years of 365.25 d' },
  ],
  definition: `${what}, with exact Poisson limits (Garwood)`,
  formula,
  window: `${GROUPS}; ${SETS}; events of the phase Treatment alone`,
  minimum: 'exposure above 0',
  missing: 'where the end of exposure of a subject is not known, the rates of the arm have no answer',
  reasons: ['EXPOSURE_UNKNOWN', 'NO_EXPOSURE'],
  source: `${SOURCE}; Garwood, Biometrika 1936;28:437-442 [L]`,
  mark: '[L] [P]',
  conventions: [SAFETY_SET, EMERGENT, RELATED, EXPOSURE],
})

export const EXPOSURE_INCIDENCE: CohortDefinition = rateOf(
  'EAIR',
  'Exposure-adjusted incidence rate of adverse events',
  'subjects with at least one event per 100 person-years up to and including the day of the first event, else to the end of exposure',
  '100 * NUMER / (days / 365.25)',
)

export const EVENT_RATE: CohortDefinition = rateOf(
  'EAER',
  'Exposure-adjusted event rate of adverse events',
  'events per 100 person-years of exposure',
  '100 * NUMER / (days / 365.25)',
)
