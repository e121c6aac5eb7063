import { compareBytes } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { FAMILIES } from '../families/families.ts'
import type { Measure } from '../windows/measure.ts'
import { DIARY_ENTRIES } from './entries/diary.ts'
import { HEADACHE_ENTRIES } from './entries/headache.ts'
import { MEDICATION_ENTRIES } from './entries/medication.ts'
import { PAIN_ENTRIES } from './entries/pain.ts'
import { RESPONSE_ENTRIES } from './entries/responses.ts'
import type { CatalogueEntry } from './entry.ts'

/** Every parameter this package can compute, as data, in byte order of the code. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...DIARY_ENTRIES,
  ...HEADACHE_ENTRIES,
  ...MEDICATION_ENTRIES,
  ...PAIN_ENTRIES,
  ...RESPONSE_ENTRIES,
  ...FAMILIES.flatMap(({ entries }) => entries),
].sort((a, b) => compareBytes(a.code, b.code))

/** The same with what the study file itself describes. */
export const entriesFor = (study: AnalyticStudy): readonly CatalogueEntry[] => [
  ...CATALOGUE,
  ...FAMILIES.flatMap((family) => family.described?.(study) ?? []),
]

/** The measure of an entry, which pooled values and endpoints rest on. */
export function measureOf(code: string | null): Measure {
  const compute = CATALOGUE.find((entry) => entry.code === code)?.compute
  if (compute?.kind !== 'measure') throw new Error(`${code} is not a measure of the catalogue`)
  return compute.measure
}
