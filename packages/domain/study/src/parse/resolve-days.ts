import { FIELD_NAMES } from '../settings/fields.ts'
import type { RawDayColumns, RawSource } from '../settings/source-settings.ts'
import type { DayColumn } from '../source.ts'
import type { Complaints } from './complaints.ts'
import { printPath, type SettingPath } from './issue.ts'
import { resolveUnit, resolveValues } from './resolve-mapping.ts'

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
    return namedDays(entry, at, complaints).map(([day, column]) => ({ field, column, day, values, unit }))
  })
}

/** Day and column, in the order of days. */
function namedDays(entry: RawDayColumns, path: SettingPath, complaints: Complaints): (readonly [number, string])[] {
  const at = [...path, 'columns']
  const fault = (says: string): [] => {
    complaints.error(at, `${printPath(at)}${says}`)
    return []
  }
  const { columns, from, to } = entry
  if (typeof columns !== 'string') {
    if (from !== undefined || to !== undefined) return fault(' names every day: leave from and to out')
    const days = Object.keys(columns)
    const odd = days.find((day) => !/^(0|-?[1-9]\d{0,3})$/.test(day))
    if (odd !== undefined) return fault(`: ${JSON.stringify(odd)} is no day number`)
    return days.map((day) => [Number(day), columns[day] as string] as const).sort(([a], [b]) => a - b)
  }
  if (!/\{day2?\}/.test(columns)) return fault(' has no {day} in it')
  if (from === undefined || to === undefined) return fault(' needs from and to beside it')
  if (to < from || to - from >= MAX_DAYS) return fault(`: to lies between from and ${MAX_DAYS} days later`)
  return Array.from({ length: to - from + 1 }, (_, i) => [from + i, dayColumnName(columns, from + i)] as const)
}

const dayColumnName = (template: string, day: number): string =>
  template.replaceAll('{day2}', String(day).padStart(2, '0')).replaceAll('{day}', String(day))
