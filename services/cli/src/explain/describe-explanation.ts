import type { Explanation } from '@afferent/metrics'
import type { Explained, ExplainedTable, SourceRow } from '@afferent/pipeline'
import type { Paint } from '../paint.ts'
import { printable } from '../printable.ts'

type SourcesOf = Explained['sourcesOf']
type Window = Explanation['windows'][number]
type Day = Window['days'][number]

const TABLES = ['diary', 'episodes', 'intakes'] as const

/** One explanation as text: the value, its definition, then each window with its days and their lines. */
export function describeExplanation(one: Explanation, sourcesOf: SourcesOf, dayByDay: boolean, paint: Paint): string {
  const { parameter, row } = one
  const head = [one.subject, parameter.code, one.label ?? '', one.basetype ?? '']
    .filter((word) => word !== '')
    .join('  ')
  const lines = [
    paint('bold', head),
    `  ${parameter.label}`,
    `  ${parameter.definition}`,
    `  method: ${parameter.method}`,
  ]
  lines.push(...one.formula.map((sentence) => `  ${sentence}`))
  for (const name of ['AVAL', 'AVALC', 'BASE', 'CHG', 'PCHG', 'DTYPE', 'AREASON'] as const) {
    if (row[name] !== null && row[name] !== undefined) lines.push(`  ${name.padEnd(8)}${row[name]}`)
  }
  for (const window of one.windows) lines.push(...describeWindow(window, sourcesOf, dayByDay))
  for (const value of one.values) lines.push(`  from ${where(sourcesOf('values', value))}`)
  for (const record of one.records) lines.push(`  ${describeRecord(record, sourcesOf)}`)
  for (const { code, visit } of one.restsOn) lines.push(`  rests on ${code}, visit ${visit}`)
  return lines.map((line) => `${line}\n`).join('')
}

function describeRecord({ table, row, counted, note }: Explanation['records'][number], sourcesOf: SourcesOf): string {
  const says = note === '' ? '' : `  ${note}`
  return `${counted ? 'from' : 'left out:'} ${where(sourcesOf(table, row))}${says}`
}

function describeWindow(window: Window, sourcesOf: SourcesOf, dayByDay: boolean): string[] {
  const counted = window.days.filter((day) => day.counted).length
  const needed = window.needed > 0 ? `, at least ${window.needed} needed` : ''
  const lines = [
    `  window ${window.label}: study days ${window.from} to ${window.to}; ${counted} of ${window.days.length} days counted${needed}; sum ${window.numerator}`,
  ]
  const shown = dayByDay ? window.days : window.days.filter((day) => day.adds !== 0)
  for (const day of shown) lines.push(`    ${describeDay(day, sourcesOf)}`)
  if (!dayByDay) lines.push(...excludedByReason(window.days))
  return lines
}

function describeDay(day: Day, sourcesOf: SourcesOf): string {
  const sources = TABLES.flatMap((table) => day[table].flatMap((row) => sourcesOf(table, row)))
  const fate = day.counted ? `adds ${day.adds}` : `not counted: ${day.why ?? ''}`
  return `day ${String(day.day).padStart(4)}  ${fate.padEnd(8)}${sources.length === 0 ? '' : `  ${where(sources)}`}`
}

/** `7 days not counted: no entry (3, 9-14)` */
function excludedByReason(days: readonly Day[]): string[] {
  const reasons = new Map<string, number[]>()
  for (const { counted, why, day } of days) {
    if (!counted) reasons.set(why ?? '', [...(reasons.get(why ?? '') ?? []), day])
  }
  return [...reasons].map(([why, list]) => `    ${list.length} days not counted: ${why} (${stretches(list)})`)
}

function stretches(days: readonly number[]): string {
  const out: string[] = []
  let from = days[0] as number
  days.forEach((day, i) => {
    if (days[i + 1] === day + 1) return
    out.push(from === day ? String(day) : `${from} to ${day}`)
    from = days[i + 1] ?? 0
  })
  return out.join(', ')
}

const where = (sources: readonly SourceRow[]): string =>
  sources.map(({ file, line, used }) => `${printable(file)}:${line}${used ? '' : ' (a copy, not used)'}`).join(', ')

/** The same with rows of tables replaced by files and lines. */
export function toJson(one: Explanation, sourcesOf: SourcesOf): object {
  const named = (table: ExplainedTable, rows: readonly number[]) => rows.flatMap((row) => sourcesOf(table, row))
  return {
    ...one,
    values: named('values', one.values),
    records: one.records.map(({ table, row, ...record }) => ({ ...record, table, sources: sourcesOf(table, row) })),
    windows: one.windows.map((window) => ({
      ...window,
      days: window.days.map(({ diary, episodes, intakes, ...day }) => ({
        ...day,
        sources: [...named('diary', diary), ...named('episodes', episodes), ...named('intakes', intakes)],
      })),
    })),
  }
}
