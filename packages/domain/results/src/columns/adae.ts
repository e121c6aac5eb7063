import { date, integer, PROJECT, type ResultColumn, text } from './column.ts'
import { STUDYID, TRTA, TRTP, USUBJID } from './identity.ts'

const many = { texts: 'many' } as const
const flag = (name: string, label: string, definition: string): ResultColumn => text(name, label, definition, PROJECT)
const relation = (name: string, to: string, source: string): ResultColumn =>
  text(name, `Relationship to ${to}`, 'UNRELATED, POSSIBLE, PROBABLE, CAUSAL or UNKNOWN (ISO 14155)', { source })
const related = (name: string, to: string): ResultColumn =>
  flag(name, `Related to ${to} Flag`, 'Y: possible, probable, causal or unknown; N: unrelated; else not asked')

/** adae: one row per adverse event (ADaM occurrence data structure), written when the study analyses safety. */
export const ADAE: readonly ResultColumn[] = [
  STUDYID,
  USUBJID,
  TRTP,
  TRTA,
  text('SAFFL', 'Safety Population Flag', 'Y: treated at least once; figures of safety count these subjects alone'),
  integer('AESEQ', 'Sequence Number', 'number of the event within its subject, by onset, term and number'),
  text('AESPID', 'Sponsor-Defined Identifier', 'number of the event in its export', { source: 'CDISC SDTM', ...many }),
  text('AETERM', 'Term for the Adverse Event', 'term as exported; events of one term are counted by its very letters', {
    source: 'CDISC SDTM',
    ...many,
  }),
  text('AEBODSYS', 'Body System or Organ Class', 'class of the term as exported', { source: 'CDISC SDTM', ...many }),
  date(
    'ASTDT',
    'Analysis Start Date',
    'onset; of a partial date the earliest possible day, not before the first treatment if the known parts match, never after the end',
  ),
  text('ASTDTF', 'Analysis Start Date Imputation Flag', 'D: the day was imputed, M: month and day, Y: the whole date'),
  integer('ASTDY', 'Analysis Start Relative Day', 'study day of ASTDT', { unit: 'study day' }),
  date('AENDT', 'Analysis End Date', 'end; of a partial date the latest possible day; missing: not ended'),
  text('AENDTF', 'Analysis End Date Imputation Flag', 'D: the day was imputed, M: month and day'),
  integer('AENDY', 'Analysis End Relative Day', 'study day of AENDT', { unit: 'study day' }),
  text('AESEV', 'Severity/Intensity', 'MILD, MODERATE or SEVERE', { source: 'CDISC SDTM' }),
  integer('AESEVN', 'Severity/Intensity (N)', '1 mild, 2 moderate, 3 severe', PROJECT),
  text('AESER', 'Serious Event', 'Y, N; missing: not told', { source: 'CDISC SDTM' }),
  flag('AEEXPFL', 'Expected Event Flag', 'Y: anticipated, N: it was not; missing: not told'),
  flag('AEWORSFL', 'Worsened under Treatment Flag', 'Y: an earlier event that grew worse under treatment, as exported'),
  relation('AERLDEV', 'Device', 'CDISC SDTM'),
  relation('AERLPRC', 'Procedure', 'CDISC SDTM'),
  relation('AERLSTM', 'Stimulation', 'Afferent'),
  relation('AERLDRG', 'Drug', 'Afferent'),
  related('ARELDVFL', 'Device'),
  related('ARELPRFL', 'Procedure'),
  related('ARELSTFL', 'Stimulation'),
  related('ARELDRFL', 'Drug'),
  related('ARELFL', 'Any of Those Asked About'),
  text('AEOUT', 'Outcome of Adverse Event', 'outcome as exported', { source: 'CDISC SDTM', ...many }),
  text(
    'TRTEMFL',
    'Treatment Emergent Analysis Flag',
    'Y: onset from the first stimulation to safety.followUpDays after the last, or worsened in it; procedure events from surgery on',
  ),
  text(
    'APHASE',
    'Phase',
    'Procedure: related to it, from surgery to the first stimulation; Treatment: emergent otherwise; Before treatment; Follow-up',
  ),
]
