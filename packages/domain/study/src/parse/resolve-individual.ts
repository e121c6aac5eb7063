import type { RawStudy } from '../settings/settings.ts'
import { type IndividualFamily, RECORD_FLAGS, type RecordFlag } from '../study.ts'

/** One patient at a time (endpoints.md section 9): nothing is computed that the study file does not name. */
export function resolveIndividual(raw: RawStudy['individual']): IndividualFamily | null {
  if (raw === undefined || raw === 'none') return null
  return {
    parameters: raw.parameters ?? [],
    series: raw.series ?? [],
    reliableChange: raw.reliableChange ?? {},
    randomisation: raw.randomisation === undefined || raw.randomisation === 'none' ? null : raw.randomisation,
  }
}

/** In the order of RECORD_FLAGS, each once. */
export function resolveFlags(raw: RawStudy['flags']): readonly RecordFlag[] {
  if (raw === undefined || raw === 'none') return []
  return raw === 'all' ? RECORD_FLAGS : RECORD_FLAGS.filter((name) => raw.includes(name))
}
