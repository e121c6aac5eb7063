import type { RawStudy } from '../settings/settings.ts'
import type { Source } from '../source.ts'
import type { AdherenceFamily, SafetyFamily } from '../study.ts'

/** What a preset names beside the diary is taken where a source feeds it. */
const fedOnly = <T>(own: T | undefined, preset: T | undefined, fed: boolean): T | undefined =>
  own ?? (fed ? preset : undefined)

export function resolveAdherence(
  own: RawStudy['adherence'],
  preset: RawStudy['adherence'],
  sources: readonly Source[],
): AdherenceFamily | null {
  const fed = sources.some(({ layout }) => layout === 'stimulation')
  const chosen = fedOnly(own, preset, fed) ?? 'none'
  if (chosen === 'none') return null
  const raw = { ...(typeof preset === 'object' ? preset : {}), ...chosen }
  return {
    sessionsPerDay: raw.sessionsPerDay === undefined || raw.sessionsPerDay === 'auto' ? null : raw.sessionsPerDay,
    thresholds: raw.thresholds ?? [66, 67, 80],
    sessionMinutes: raw.sessionMinutes === undefined || raw.sessionMinutes === 'none' ? null : raw.sessionMinutes,
    minMinutes: raw.minMinutes ?? 0,
    surplusSessions: raw.surplusSessions ?? 3,
  }
}

export function resolveSafety(
  own: RawStudy['safety'],
  preset: RawStudy['safety'],
  sources: readonly Source[],
): SafetyFamily | null {
  const fed = sources.some(({ layout }) => layout === 'adverse-events')
  const chosen = fedOnly(own, preset, fed) ?? 'none'
  if (chosen === 'none') return null
  const raw = chosen === 'standard' ? {} : chosen
  return { followUpDays: raw.followUpDays ?? 30 }
}
