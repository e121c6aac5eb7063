import type { ColumnProfile, ExportProfile } from '@afferent/records'
import type { SettingPath } from '../parse/issue.ts'
import type { Source } from '../study.ts'
import type { Recognised } from './recognise-columns.ts'

/** What only a person can know about a proposal, and the setting it stands before. */
export type Remarks = { path: SettingPath; text: string }[]

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

export function proposeParts(
  layout: Source['layout'],
  profile: ExportProfile,
  found: Recognised,
  remarks: Remarks,
): Record<string, unknown> {
  const runs = numberedColumns(profile, found)
  if (layout === 'days-wide') {
    const longest = runs.reduce((best, run) => (run.columns.length > best.columns.length ? run : best))
    const field = longest.columns.some(([, column]) => Number(column.max) > 1) ? 'painAvg' : 'headache'
    remarks.push({ path: ['sources', 0, 'days'], text: `CHECK: what the columns mean (${field}?) and what day 1 is` })
    const columns = Object.fromEntries(longest.columns.map(([day, column]) => [day, column.name]))
    return { days: { [field]: { columns } } }
  }
  if (layout !== 'visits') return {}
  const text = 'CHECK: label, unit, direction, range and length of each value; visit 0 is the baseline'
  remarks.push({ path: ['sources', 0, 'values'], text })
  const long = runs.length === 0 ? found.get('visit') : undefined
  return { values: long === undefined ? proposeValues(runs, profile) : proposeLongValues(long, profile) }
}

/** Code of the one parameter of a long export until its author names it. */
export const LONG_CODE = 'VALUE'

const baselineColumn = (profile: ExportProfile): string | null =>
  profile.columns.find(({ name, type }) => /^base(line)?$/i.test(name) && /integer|number/.test(type))?.name ?? null

/** One row per visit: the visits seen, and a baseline that every row repeats. */
function proposeLongValues(visit: ColumnProfile, profile: ExportProfile): Record<string, unknown> {
  const base = baselineColumn(profile)
  const seen = visit.values.map(({ value }) => [value, {}] as const)
  const visits = { ...(base === null ? {} : { 0: { column: base } }), ...Object.fromEntries(seen) }
  return { [LONG_CODE]: { label: 'Value', unit: 'points', direction: 'lower-is-better', visits } }
}

function proposeValues(runs: readonly NumberedColumns[], profile: ExportProfile): Record<string, unknown> {
  const base = baselineColumn(profile)
  const codes = new Set<string>()
  return Object.fromEntries(
    runs.map(({ stem, columns }) => {
      const letters = stem
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
        .replace(/^\d+/, '')
        .slice(0, 6)
      let code = letters === '' ? 'VALUE' : letters
      for (let n = 2; codes.has(code); n++) code = `${letters}${n}`
      codes.add(code)
      const inOrder = [...columns].sort(([a], [b]) => a - b).map(([, column]) => column.name)
      const visits = runs.length === 1 && base !== null ? [base, ...inOrder] : inOrder
      const facts = { label: stem, unit: 'points', direction: 'lower-is-better' }
      return [code, { ...facts, visits: Object.fromEntries(visits.map((name, visit) => [visit, name])) }]
    }),
  )
}
