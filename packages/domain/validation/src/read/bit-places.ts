import type { BitPlace } from '@afferent/formats'
import { FEATURES, type Feature, MEDICATIONS, type MedicationClass, medicationBit } from '@afferent/records'
import type { FieldName } from '@afferent/study'

const FEATURE_SET = 0
const MEDICATION_SET = 1

/** Where the reader puts the yes or no of a symptom or a class of medication: all of them of a row become one column. */
export function bitOf(field: FieldName): BitPlace | undefined {
  if (Object.hasOwn(FEATURES, field)) return { set: FEATURE_SET, bit: FEATURES[field as Feature] }
  if (!(MEDICATIONS as readonly string[]).includes(field)) return undefined
  return { set: MEDICATION_SET, bit: medicationBit(field as MedicationClass) }
}
