import { ARM_FIELDS, armColumns } from '../blinding.ts'
import type { Complaints } from '../parse/complaints.ts'
import { suggestion } from '../parse/did-you-mean.ts'
import { printPath } from '../parse/issue.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { AnalyticStudy } from '../study.ts'

/** Arms and covariates: names that columns of the results will carry. */
export function checkSubjects(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  checkArms(study, complaints)
  checkArmCodes(study, complaints)
  checkCovariates(raw, study, complaints)
  checkBlinding(study, complaints)
}

/** What a blinded study publishes beside the arms must not be another copy of them. */
function checkBlinding(study: AnalyticStudy, complaints: Complaints): void {
  if (!study.blinded) return
  const hidden = armColumns(study)
  for (const [i, source] of study.sources.entries()) {
    for (const { field, name, column } of source.fields) {
      if (ARM_FIELDS.includes(field) || column === null || !hidden.has(column)) continue
      const at = field === 'covariate' ? ['sources', i, 'covariates', name ?? ''] : ['sources', i, 'columns', field]
      const says = `column ${JSON.stringify(column)} tells the arm, and the study is blinded; leave it out until then`
      complaints.error(at, `${printPath(at)}: ${says}`)
    }
  }
}

function checkArms(study: AnalyticStudy, complaints: Complaints): void {
  const { arms } = study
  const references = arms.filter((arm) => arm.reference)
  if (arms.length >= 2 && references.length !== 1) {
    const found = references.length === 0 ? 'none is' : `${references.map((arm) => arm.code).join(' and ')} are`
    complaints.error(['arms'], `arms: exactly one is the reference (reference: true); ${found}`, 'name')
  }
  const names = arms.map((arm) => arm.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) complaints.error(['arms'], `arms: the name ${JSON.stringify(twice)} is there twice`, 'name')
}

function checkArmCodes(study: AnalyticStudy, complaints: Complaints): void {
  const arms = study.arms.map((arm) => arm.code)
  let mapped = false
  for (const [i, source] of study.sources.entries()) {
    for (const { field, values, constant } of source.fields) {
      if (!ARM_FIELDS.includes(field)) continue
      if (field === 'arm' || field === 'treatment') mapped = true
      const codes = field === 'guess' && arms.length > 0 ? [...arms, 'unknown'] : arms
      const at = ['sources', i, 'columns', field]
      if (codes.length === 0) {
        complaints.error(
          at,
          `${printPath(at)} is mapped, but arms names no arm: { A: nVNS, S: { name: Sham, reference: true } }`,
        )
      }
      const meant = [...Object.values(values ?? {}), ...(constant === null || values !== null ? [] : [constant])]
      for (const code of meant.filter((code) => codes.length > 0 && !codes.includes(code))) {
        complaints.error(at, `${printPath(at)}: ${JSON.stringify(code)} is no arm${suggestion(code, codes)}`)
      }
    }
  }
  if (!mapped && arms.length > 0) {
    complaints.warn(
      ['arms'],
      'arms are named, but no source maps arm or treatment: all subjects will be without an arm',
      'name',
    )
  }
}

/** adsl: at most 8 characters, A-Z 0-9, a letter first (XPT stays possible), and none of its own columns. */
const COLUMN_NAME = /^[A-Z][A-Z0-9]{0,7}$/
const ADSL_COLUMNS = new Set(
  (
    'STUDYID USUBJID SUBJID SITEID ARM TRTP TRTA AGE SEX BMI CONDITN PDURY TRTSDT EOSDT ' +
    'SUSR50 EARLYR50 SUSRSP EARLYRSP PF50ATT CHTYPE SAFFL TRTEDT'
  ).split(' '),
)

function checkCovariates(raw: RawStudy, study: AnalyticStudy, complaints: Complaints): void {
  const known = new Map(study.covariates.map((covariate) => [covariate.name, covariate]))
  for (const [i, source] of raw.sources.entries()) {
    for (const [name, given] of Object.entries(source.covariates ?? {})) {
      const at = ['sources', i, 'covariates', name]
      if (!COLUMN_NAME.test(name)) {
        complaints.error(at, `${printPath(at)} is no column name: at most 8 of A-Z 0-9, a letter first`, 'name')
      } else if (ADSL_COLUMNS.has(name) || /^RSP\d+$/.test(name)) {
        complaints.error(at, `${printPath(at)} is a column that adsl has already`, 'name')
      }
      const { label, type } = typeof given === 'string' ? {} : given
      const first = known.get(name)
      if ((label !== undefined && label !== first?.label) || (type !== undefined && type !== first?.type)) {
        complaints.error(at, `${printPath(at)} has another label or type in an earlier source`)
      }
      if ((first?.label.length ?? 0) > 40)
        complaints.error(at, `${printPath(at)}: its label has more than 40 characters`)
    }
  }
}
