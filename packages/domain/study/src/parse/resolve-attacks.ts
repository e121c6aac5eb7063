import { READING_FIELDS } from '../settings/fields.ts'
import type { RawStudy } from '../settings/settings.ts'
import type { RawSource } from '../settings/source-settings.ts'
import type { CellColumn } from '../source.ts'
import type { AcuteFamily, ClusterFamily } from '../study.ts'
import type { Complaints } from './complaints.ts'
import { printPath, type SettingPath } from './issue.ts'
import { resolveUnit, resolveValues } from './resolve-mapping.ts'

/** Minutes after t0 that a reading of an attack can stand for: up to a week. */
const MOST_MINUTES = 10_080

/** Layout attacks: `{ 120: { pain: p120 } }` to one cell per column, in the order of minutes and fields. */
export function resolveFollowUps(raw: RawSource, path: SettingPath, complaints: Complaints): CellColumn[] {
  const given = Object.entries(raw.followUps ?? {})
  const at = [...path, 'followUps']
  if (given.length > 0 && raw.layout !== 'attacks') {
    complaints.error(at, `${printPath(at)} belongs to layout attacks alone`, 'name')
  }
  const readings = given.map(([minutes, columns]) => {
    const known = /^[1-9]\d{0,4}$/.test(minutes) && Number(minutes) <= MOST_MINUTES
    if (!known) {
      const says = `is no time after t0: whole minutes from 1 to ${MOST_MINUTES}`
      complaints.error([...at, minutes], `${printPath([...at, minutes])} ${says}`, 'name')
    }
    return { minutes: Number(minutes), columns, path: [...at, minutes] }
  })
  return readings
    .sort((a, b) => a.minutes - b.minutes)
    .flatMap(({ minutes, columns, path: place }) =>
      READING_FIELDS.flatMap((field): CellColumn[] => {
        const entry = columns[field]
        if (entry === undefined) return []
        const own = typeof entry === 'string' ? { column: entry } : entry
        return [
          {
            field,
            column: own.column,
            at: minutes,
            name: null,
            item: null,
            values: resolveValues(field, own.values, [...place, field, 'values'], complaints),
            unit: resolveUnit(field, own.unit, [...place, field, 'unit'], complaints),
            missingWhenEmpty: own.missingWhenEmpty ?? null,
          },
        ]
      }),
    )
}

/** A preset that the study file names itself starts afresh; further settings of the study's preset hold only with its own. */
export function resolveAcute(own: RawStudy['acute'], preset: RawStudy['acute']): AcuteFamily | null {
  if (own === 'none' || (own ?? preset ?? 'none') === 'none') return null
  const mine = typeof own === 'string' ? { preset: own } : (own ?? {})
  const raw = { ...(typeof preset === 'object' && mine.preset === undefined ? preset : {}), ...mine }
  const method = raw.preset ?? 'standard'
  return {
    preset: method,
    minPain: raw.minPain ?? (method === 'early' ? 1 : 2),
    windows: {
      '30': raw.windows?.['30'] ?? 10,
      '60': raw.windows?.['60'] ?? 15,
      '120': raw.windows?.['120'] ?? 30,
    },
  }
}

export function resolveCluster(own: RawStudy['cluster'], preset: RawStudy['cluster']): ClusterFamily | null {
  if (own === 'none' || (own ?? preset ?? 'none') === 'none') return null
  const mine = typeof own === 'string' ? { preset: own } : (own ?? {})
  const template = typeof preset === 'object' ? preset : {}
  return { preset: mine.preset ?? template.preset ?? 'weekly' }
}
