import type { Areason } from '@afferent/records'
import { headachePresetOf } from '../../days/headache-presets.ts'
import type { CatalogueEntry } from '../entry.ts'

/** Why a parameter of the diary can never be answered, by the fields of the exports (R-FORM, R-LOG). */
export type Never = CatalogueEntry['never']

/** R-LOG: without forms, a log of days, or a log declared complete nothing is known about dates without an episode. */
export const unlogged: Never = (inputs, study) => {
  const speaks = inputs.formsAnswer || (inputs.forms && inputs.episodes)
  return speaks || study.diary.logComplete ? null : 'NOT_EVALUABLE'
}

/** A date that is rated has an entry, whatever is known of headaches. */
export const unspoken: Never = (inputs, study) => (inputs.pain.length > 0 ? null : unlogged(inputs, study))

const missing = (isMissing: boolean): Areason | null => (isMissing ? 'MISSING_ITEMS' : null)

export const headacheDayNever: Never = (inputs, study) => {
  if (study.headache === null) return null
  const preset = headachePresetOf(study.headache)
  const unmet = (preset.dayHours > 0 && !inputs.duration) || (preset.dayPeak > 0 && !inputs.severity)
  return missing(unmet) ?? unlogged(inputs, study)
}

export const migraineDayNever: Never = (inputs, study) => {
  if (study.headache === null) return null
  const byPatient = headachePresetOf(study.headache).migraineHours === null
  const unmet = byPatient ? !inputs.patient : !(inputs.duration && inputs.m2 && inputs.m3)
  return missing(unmet) ?? unlogged(inputs, study)
}

export const moderateSevereNever: Never = (inputs, study) =>
  missing(!inputs.duration || !inputs.severity) ?? unlogged(inputs, study)

export const severeNever: Never = (inputs, study) => missing(!inputs.severity) ?? unlogged(inputs, study)

export const nonMigraineNever: Never = (inputs, study) =>
  migraineDayNever(inputs, study) ?? headacheDayNever(inputs, study)

export const medicationNever: Never = (inputs, study) => (inputs.medicationOnForms ? null : unlogged(inputs, study))
