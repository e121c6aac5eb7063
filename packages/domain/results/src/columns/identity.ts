import { text } from './column.ts'

/** Who and which treatment: the first columns of adsl, adeff and adtte. */
export const STUDYID = text('STUDYID', 'Study Identifier', 'id of the study file')
export const USUBJID = text('USUBJID', 'Unique Subject Identifier', 'STUDYID, a hyphen and the id as exported', {
  texts: 'many',
})
export const TRTP = text('TRTP', 'Planned Treatment', "name of the subject's arm, or the treatment of the phase")
export const TRTA = text(
  'TRTA',
  'Actual Treatment',
  'treatment received, where exports tell it (treated); else as TRTP',
)
