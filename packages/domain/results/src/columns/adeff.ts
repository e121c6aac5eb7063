import { compareBytes, type Parameter } from '@afferent/records'
import { date, integer, number, PROJECT, type ResultColumn, text } from './column.ts'
import { STUDYID, TRTA, TRTP, USUBJID } from './identity.ts'

const CRITERIA = [1, 2, 3, 4, 5, 6]

/** adeff: one row per subject, parameter, basetype and visit window (ADaM basic data structure, R-ADAM), in every study. */
export const ADEFF: readonly ResultColumn[] = [
  STUDYID,
  USUBJID,
  TRTP,
  TRTA,
  text('PARAMCD', 'Parameter Code', 'code of the metric; the dictionary table defines each'),
  text('PARAM', 'Parameter', 'label of the metric with its unit'),
  text('PARCAT1', 'Parameter Category 1', 'family of metrics'),
  text('AVISIT', 'Analysis Visit', 'label of the visit window'),
  integer('AVISITN', 'Analysis Visit (N)', 'number of the visit window; 0 is the baseline'),
  integer('AWLO', 'Analysis Window Beginning Timepoint', 'first study day of the window', { unit: 'study day' }),
  integer('AWHI', 'Analysis Window Ending Timepoint', 'last study day of the window', { unit: 'study day' }),
  date('ADT', 'Analysis Date', 'calendar date of ADY; missing where the export has study days alone'),
  integer('ADY', 'Analysis Relative Day', 'study day of the value; 1 is the first treatment day, there is no 0', {
    unit: 'study day',
  }),
  number('AVAL', 'Analysis Value', 'value of the parameter in the window, unrounded; AREASON says why it is missing', {
    unit: 'AVALU',
  }),
  text('AVALC', 'Analysis Value (C)', 'value of a parameter that is an answer: Y, N, or a word of its definition'),
  text('AVALU', 'Analysis Value Unit', 'unit of AVAL, BASE and CHG', PROJECT),
  text(
    'AVALCAT1',
    'Analysis Value Category 1',
    'IMMPACT category of the reduction in pain, or severity band of a score',
  ),
  number('BASE', 'Baseline Value', 'AVAL of the baseline window of the same BASETYPE', { unit: 'AVALU' }),
  number('CHG', 'Change from Baseline', 'AVAL - BASE', { unit: 'AVALU' }),
  number('PCHG', 'Percent Change from Baseline', '100 * CHG / BASE; missing where BASE is 0', { unit: '%' }),
  text('BASETYPE', 'Baseline Type', 'phase of the study that the baseline belongs to'),
  text('ABLFL', 'Baseline Record Flag', 'Y on the one baseline row of a parameter and basetype'),
  integer('NOBS', 'Number of Days Observed', 'days with an entry in the window', { ...PROJECT, unit: 'd' }),
  number('NEVT', 'Number of Events', 'events (days, attacks, hours) counted on the days observed', PROJECT),
  text(
    'DTYPE',
    'Derivation Type',
    'PRORATE: scaled from the days observed; NRI: a missing value counts as no response',
  ),
  ...CRITERIA.map((n) => text(`CRIT${n}`, `Analysis Criterion ${n}`, `text of criterion ${n}`)),
  ...CRITERIA.map((n) =>
    text(`CRIT${n}FL`, `Criterion ${n} Evaluation Result Flag`, `Y: CRIT${n} is met, N: it is not; else not evaluable`),
  ),
  text('ANL01FL', 'Analysis Flag 01', 'Y: the row enters the analysis'),
  text('METHOD', 'Method', 'presets and rules of the study file that were applied', PROJECT),
  text('AREASON', 'Reason Analysis Value is Missing', 'first reason that holds (rule R-NOPOST)', PROJECT),
  text('PROVFL', 'Provisional Record Flag', 'Y: the window was not over at the data cut', PROJECT),
]

/** The columns of adeff of a study: flags of the families it switches on stand behind those of every study. */
export function adeffColumns(parameters: readonly Parameter[]): readonly ResultColumn[] {
  const flags = new Map(parameters.flatMap((parameter) => parameter.flags ?? []).map((flag) => [flag.name, flag]))
  const inOrder = [...flags.values()].sort((a, b) => compareBytes(a.name, b.name))
  return [...ADEFF, ...inOrder.map(({ name, label, definition }) => text(name, label, definition, PROJECT))]
}
