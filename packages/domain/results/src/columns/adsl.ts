import type { Parameter } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { date, number, PROJECT, type ResultColumn, text } from './column.ts'
import { STUDYID, TRTA, TRTP, USUBJID } from './identity.ts'

const many = { texts: 'many' } as const

const FACTS: readonly ResultColumn[] = [
  STUDYID,
  USUBJID,
  text('SITEID', 'Study Site Identifier', 'site as exported', many),
  text('ARM', 'Description of Planned Arm', 'code of the arm as exported'),
  TRTP,
  TRTA,
  number('AGE', 'Age', 'age as exported', { unit: 'years' }),
  text('SEX', 'Sex', 'sex as exported', many),
  number('BMI', 'Body Mass Index', 'body mass index as exported', { ...PROJECT, unit: 'kg/m2' }),
  text('CONDITN', 'Condition', 'condition as exported', { ...PROJECT, ...many }),
  number('PDURY', 'Duration of Pain', 'years since the pain began, as exported', { ...PROJECT, unit: 'years' }),
  date('TRTSDT', 'Date of First Exposure to Treatment', 'day 1: first treatment, else randomisation'),
  date('EOSDT', 'End of Study Date', 'last study day of the subject record'),
]

/** Mandatory stratum of cluster headache: effects differ by type [C19]. */
const CLUSTER_TYPE = text('CHTYPE', 'Type of Cluster Headache', 'episodic or chronic, as exported', PROJECT)
/** In studies that analyse safety. */
const SAFETY: readonly ResultColumn[] = [
  text('SAFFL', 'Safety Population Flag', 'Y: treated at least once'),
  date(
    'TRTEDT',
    'Date of Last Exposure to Treatment',
    'last stimulation: as reported, else last session, study day or cut',
  ),
]

const LABEL = 40

/** Column of adsl for a responder cut: 12.5 % is RSP12_5. */
export const responderColumn = (cut: number): string => `RSP${String(cut).replace('.', '_').slice(0, 5)}`

/** Yes/no parameters without a visit that stand in adsl as well, under their own code. */
export const SUBJECT_RESPONSES = ['SUSR50', 'EARLYR50', 'SUSRSP', 'EARLYRSP', 'PF50ATT']

/** adsl: one row per subject. Columns follow from the study file: its covariates, responder cuts and parameters. */
export function adslColumns(study: AnalyticStudy, parameters: readonly Parameter[]): readonly ResultColumn[] {
  const covariates = study.covariates.map(({ name, label: full, type }) => {
    const label = full.slice(0, LABEL)
    return type === 'number'
      ? number(name, label, 'covariate of the study file', PROJECT)
      : text(name, label, 'covariate of the study file', { ...PROJECT, ...many })
  })
  const primary = parameters.find(({ code }) => code === study.primary?.parameter)
  return [
    ...FACTS,
    ...(study.safety === null ? [] : SAFETY),
    ...(study.cluster === null ? [] : [CLUSTER_TYPE]),
    ...covariates,
    ...(primary?.unit === 'Y/N' ? answers(study, primary) : responders(study, primary)),
    ...subjectResponses(parameters),
  ]
}

/** A primary parameter that is an answer itself stands under its own code. */
function answers({ primary }: AnalyticStudy, { code, label }: Parameter): ResultColumn[] {
  return SUBJECT_RESPONSES.includes(code)
    ? []
    : [text(code, label.slice(0, LABEL), `AVALC of ${code} at AVISITN ${primary?.visit}`, PROJECT)]
}

/** Cuts of the primary parameter: those of its family, else those of the study. */
export const primaryCuts = (
  { responders }: Pick<AnalyticStudy, 'responders'>,
  primary: Parameter | undefined,
): readonly number[] => primary?.cuts ?? responders.cuts

function responders(study: AnalyticStudy, parameter: Parameter | undefined): ResultColumn[] {
  const { primary } = study
  if (primary === null) return []
  const cuts = primaryCuts(study, parameter)
  const where = `${primary.parameter} at AVISITN ${primary.visit}`
  return cuts.map((cut, i) =>
    text(
      responderColumn(cut),
      `Responder, ${cut} % Reduction`,
      `CRIT${i + 1}FL of ${where}; missing with several phases`,
      PROJECT,
    ),
  )
}

function subjectResponses(parameters: readonly Parameter[]): ResultColumn[] {
  return parameters
    .filter(({ code }) => SUBJECT_RESPONSES.includes(code))
    .map(({ code, label, definition, source }) => text(code, label.slice(0, LABEL), definition, { source }))
}
