import type { ColumnProfile, ExportProfile } from '@afferent/records'
import type { SettingPath } from '../parse/issue.ts'
import type { Source } from '../source.ts'
import { dayColumns, type NumberedColumns, numberedColumns } from './numbered-columns.ts'
import type { Recognised } from './recognise-columns.ts'

/** What only a person can know about a proposal, and the setting it stands before. */
export type Remarks = { path: SettingPath; text: string }[]

/** Highest value to the rating that most likely ends there; more than 10: a scale to 100. */
function proposeDays({ columns }: NumberedColumns, remarks: Remarks): Record<string, unknown> {
  const most = columns.reduce((max, [, column]) => Math.max(max, Number(column.max)), 0)
  const field = most <= 1 ? 'headache' : most <= 3 ? 'severity' : 'painAvg'
  const text = `CHECK: what the columns mean (${field}? the highest value is ${most}) and what day 1 is`
  remarks.push({ path: ['sources', 0, 'days'], text })
  const names = Object.fromEntries(columns.map(([day, column]) => [day, column.name]))
  return { days: { [field]: { columns: names, ...(most > 10 ? { unit: 'vas' } : {}) } } }
}

export function proposeParts(
  layout: Source['layout'],
  profile: ExportProfile,
  found: Recognised,
  remarks: Remarks,
): Record<string, unknown> {
  const runs = numberedColumns(profile, found)
  const days = layout === 'days-wide' ? dayColumns(profile, found) : null
  if (days !== null) return proposeDays(days, remarks)
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
