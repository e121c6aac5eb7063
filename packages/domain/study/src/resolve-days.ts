import type { Complaints } from './complaints.ts'
import { FIELD_NAMES } from './fields.ts'
import { printPath, type SettingPath } from './issue.ts'
import { resolveUnit, resolveValues } from './resolve-mapping.ts'
import type { RawSource } from './source-settings.ts'
import type { DayColumn } from './study.ts'

/** A diary of more days than this in one row is a mistake in `from` or `to`. */
const MAX_DAYS = 2000

/** Layout days-wide: `{ columns: 'pain_d{day}', from: 1, to: 28 }` to one entry per column. */
export function resolveDays(raw: RawSource, path: SettingPath, complaints: Complaints): DayColumn[] {
  const given = raw.days
  if (given === undefined) return []
  if (raw.layout !== 'days-wide') {
    complaints.error([...path, 'days'], `${printPath([...path, 'days'])} belongs to layout days-wide alone`, 'name')
  }
  return FIELD_NAMES.flatMap((field) => {
    const entry = given[field]
    if (entry === undefined) return []
    const at = [...path, 'days', field]
    const values = resolveValues(field, entry.values, [...at, 'values'], complaints)
    const unit = resolveUnit(field, entry.unit, [...at, 'unit'], complaints)
    if (!/\{day2?\}/.test(entry.columns)) {
      complaints.error([...at, 'columns'], `${printPath([...at, 'columns'])} has no {day} in it`)
    }
    if (entry.to < entry.from || entry.to - entry.from >= MAX_DAYS) {
      complaints.error([...at, 'to'], `${printPath([...at, 'to'])} is not between from and ${MAX_DAYS} days later`)
      return []
    }
    return Array.from({ length: entry.to - entry.from + 1 }, (_, i) => {
      const day = entry.from + i
      return { field, column: dayColumnName(entry.columns, day), day, values, unit }
    })
  })
}

const dayColumnName = (template: string, day: number): string =>
  template.replaceAll('{day2}', String(day).padStart(2, '0')).replaceAll('{day}', String(day))
