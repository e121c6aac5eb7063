import type { Explanation } from '@afferent/metrics'
import type { Explained } from '@afferent/pipeline'
import type { Paint } from '../paint.ts'
import { printable } from '../printable.ts'
import { describeRecords, SHORT } from './describe-records.ts'
import { describeRest } from './describe-rest.ts'
import { placesInWords } from './places.ts'

type SourcesOf = Explained['sourcesOf']
type Window = Explanation['windows'][number]
type Day = Window['days'][number]

const TABLES = ['diary', 'episodes', 'intakes'] as const
const SHOWN = ['AVAL', 'AVALC', 'CNSR', 'EVNTDESC', 'BASE', 'CHG', 'PCHG', 'AVALCAT1', 'DTYPE', 'AREASON'] as const

/** The window of a visit and its baseline are shown with their days; an endpoint over many windows shows them on --days. */
export const WINDOWS_WITH_DAYS = 2

/** How much is said: `days` every day of a window, `all` every row and value however long the list. */
export interface Detail {
  readonly days: boolean
  readonly all: boolean
}

/** One explanation as text: the value, its definition, then windows with days, rows and values, and their lines. */
export function describeExplanation(one: Explanation, explained: Explained, detail: Detail, paint: Paint): string {
  const { parameter, row } = one
  const { sourcesOf } = explained
  const head = [one.subject, parameter.code, one.label ?? '', one.basetype ?? '']
    .filter((word) => word !== '')
    .map(printable)
    .join('  ')
  const lines = [
    paint('bold', head),
    `  ${printable(parameter.label)}`,
    `  ${printable(parameter.definition)}`,
    `  method: ${parameter.method}`,
    ...one.formula.map((sentence) => `  ${printable(sentence)}`),
    ...SHOWN.flatMap((name) =>
      row[name] === null || row[name] === undefined ? [] : [`  ${name.padEnd(9)}${row[name]}`],
    ),
    ...flagsOf(one),
    ...one.windows.flatMap((window) =>
      describeWindow(window, sourcesOf, detail, one.windows.length <= WINDOWS_WITH_DAYS),
    ),
  ]
  const values = one.values.flatMap((value) => sourcesOf('values', value))
  if (values.length > 0) lines.push(`  from ${placesInWords(values)}`)
  lines.push(...describeRecords(one.records, sourcesOf, detail.all).map((text) => `  ${printable(text)}`))
  lines.push(...describeRest(explained.restsOf(one), detail.all).map((text) => `  ${printable(text)}`))
  return lines.map((line) => `${line}\n`).join('')
}

/** Columns of the family that the row fills. */
const flagsOf = ({ parameter, row }: Explanation): string[] =>
  (parameter.flags ?? []).flatMap(({ name, label }) =>
    row[name] === null || row[name] === undefined ? [] : [`  ${name.padEnd(9)}${row[name]} (${label})`],
  )

function describeWindow(window: Window, sourcesOf: SourcesOf, detail: Detail, withDays: boolean): string[] {
  const counted = window.days.filter((day) => day.counted).length
  const needed = window.needed > 0 ? `, at least ${window.needed} needed` : ''
  const lines = [
    `  window ${printable(window.label)}: study days ${window.from} to ${window.to}; ${counted} of ${window.days.length} days counted${needed}; sum ${window.numerator}`,
  ]
  if (detail.days) return [...lines, ...window.days.map((day) => `    ${describeDay(day, sourcesOf)}`)]
  if (!withDays) return [...lines, ...leftByReason(window.days)]
  const adding = window.days.filter((day) => day.adds !== 0)
  lines.push(...adding.slice(0, SHORT).map((day) => `    ${describeDay(day, sourcesOf)}`))
  if (adding.length > SHORT) lines.push(`    ... and ${adding.length - SHORT} more days that add (--days shows all)`)
  return [...lines, ...leftByReason(window.days)]
}

function describeDay(day: Day, sourcesOf: SourcesOf): string {
  const sources = TABLES.flatMap((table) => day[table].flatMap((row) => sourcesOf(table, row)))
  const fate = day.counted ? `adds ${day.adds}` : `not counted: ${day.why ?? ''}`
  return `day ${String(day.day).padStart(4)}  ${fate.padEnd(8)}${sources.length === 0 ? '' : `  ${placesInWords(sources)}`}`
}

/** `7 days not counted: no entry (3, 9 to 14)` */
function leftByReason(days: readonly Day[]): string[] {
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
