import { integer, number, PROJECT, type ResultColumn, text } from './column.ts'
import { STUDYID, TRTA, TRTP, USUBJID } from './identity.ts'

/** adtte: one row per subject and time-to-event parameter. */
export const ADTTE: readonly ResultColumn[] = [
  STUDYID,
  USUBJID,
  TRTP,
  TRTA,
  text('PARAMCD', 'Parameter Code', 'code of the endpoint; the dictionary table defines each'),
  text('PARAM', 'Parameter', 'label of the endpoint with its unit'),
  text('PARCAT1', 'Parameter Category 1', 'family of endpoints'),
  number('AVAL', 'Analysis Value', 'time to the event or to censoring', { unit: 'AVALU' }),
  text('AVALU', 'Analysis Value Unit', 'unit of AVAL', PROJECT),
  integer('CNSR', 'Censor', '0: the event happened, 1: censored'),
  text('EVNTDESC', 'Event or Censoring Description', 'what happened at AVAL'),
  text('METHOD', 'Method', 'presets and rules of the study file that were applied', PROJECT),
  text('AREASON', 'Reason Analysis Value is Missing', 'why there is no time', PROJECT),
]
