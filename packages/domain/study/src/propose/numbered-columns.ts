import type { ColumnProfile, ExportProfile } from '@afferent/records'
import type { Recognised } from './recognise-columns.ts'

/** Columns that belong together by name, and what they become in the layouts `visits` and `days-wide`. */
export interface NumberedColumns {
  readonly stem: string
  readonly columns: readonly (readonly [number, ColumnProfile])[]
}

/** Number columns whose names differ in a number at the end: y1, y2, y3 or pain_d01 .. pain_d28. */
export function numberedColumns(profile: ExportProfile, found: Recognised): NumberedColumns[] {
  const taken = new Set([...found.values()])
  const runs = new Map<string, [number, ColumnProfile][]>()
  for (const column of profile.columns) {
    const parts = /^(.*?\D)(\d{1,3})$/.exec(column.name)
    const numeric = column.type === 'integer' || column.type === 'number' || column.type === 'yes-no'
    if (parts === null || !numeric || taken.has(column)) continue
    const stem = parts[1] as string
    runs.set(stem, [...(runs.get(stem) ?? []), [Number(parts[2]), column]])
  }
  return [...runs].filter(([, columns]) => columns.length >= 2).map(([stem, columns]) => ({ stem, columns }))
}

/** Header stems that say by themselves that a number is a day: d01, pain_day_1, Tag 1. */
const DAY_STEM = /(^|[^a-z])(d|day|tag|jour|j)[ _-]*$/i

/** The longest run of columns that are the days of a diary, or null: a week at least, day by name if rows are dated. */
export function dayColumns(profile: ExportProfile, found: Recognised): NumberedColumns | null {
  const dated = found.has('date') || found.has('studyDay')
  const runs = numberedColumns(profile, found).filter(
    ({ stem, columns }) => columns.length >= 7 && (!dated || DAY_STEM.test(stem)),
  )
  return runs.reduce<NumberedColumns | null>(
    (a, b) => (a !== null && a.columns.length >= b.columns.length ? a : b),
    null,
  )
}
