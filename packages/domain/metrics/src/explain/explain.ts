import { type ColumnTable, isPresent, type Parameter, type Settled, type StudyFacts } from '@afferent/records'
import { type AnalyticStudy, SPAN_VISIT, toStudyDay } from '@afferent/study'
import { measureOf } from '../catalogue/catalogue.ts'
import type { Plan, Planned } from '../catalogue/entry.ts'
import { parametersOf } from '../catalogue/parameters.ts'
import { planOf } from '../catalogue/plan.ts'
import { visitsOf } from '../catalogue/visits.ts'
import { deriveSubjects } from '../derive.ts'
import { Trace, type TracedRecord } from '../points/points.ts'
import { pointsOf } from '../points/write-points.ts'
import { SubjectReader } from '../subject-reader.ts'
import type { Measure } from '../windows/measure.ts'
import { QUANTITIES } from '../windows/quantities.ts'
import type { Span } from '../windows/schedule.ts'
import type { SubjectPass } from '../windows/subject-pass.ts'
import type { ValuePass } from '../windows/value-pass.ts'
import { type ExplainedDay, explainDays } from './explain-days.ts'

/** How one number came about. */
export interface Explanation {
  readonly subject: string
  readonly parameter: Parameter
  readonly basetype: string | null
  /** AVISITN and AVISIT; null for a time to event. */
  readonly visit: number | null
  readonly label: string | null
  /** The row of adeff or adtte itself, missing columns as null. */
  readonly row: Readonly<Record<string, number | string | null>>
  /** The windows it rests on, the baseline first. Empty for values the export summarised. */
  readonly windows: readonly ExplainedWindow[]
  /** Rows of the settled values table, for values the export summarised. */
  readonly values: readonly number[]
  /** Rows of other settled tables that the value was made of, or that were looked at and left. */
  readonly records: readonly TracedRecord[]
  /** Values of other parameters that it was made of. */
  readonly restsOn: readonly { readonly code: string; readonly visit: number }[]
  /** Sentences with the numbers put in. */
  readonly formula: readonly string[]
}

export interface ExplainedWindow {
  readonly visit: number
  readonly label: string
  /** Study days, both included. */
  readonly from: number
  readonly to: number
  readonly numerator: number
  readonly observed: number
  readonly needed: number
  readonly days: readonly ExplainedDay[]
}

/**
 * Explains the rows of one subject and parameter (of one visit, or of all): the rows of `deriveSubjects` themselves, and
 * the days they were added up from, as the same pass left them. An unknown subject or parameter has no rows.
 */
export function explainSubject(
  settled: Settled,
  study: AnalyticStudy,
  facts: StudyFacts,
  subject: string,
  code: string,
  visit: number | null = null,
): readonly Explanation[] {
  const place = settled.subjects.indexOf(subject)
  const plan = planOf(study, facts)
  const planned = plan.planned.find((one) => one.code === code)
  const parameter = parametersOf(study, facts).find((one) => one.code === code)
  if (place < 0 || planned === undefined || parameter === undefined) return []
  const { effects, events } = deriveSubjects(settled, study, facts)
  const trace = new Trace()
  const reader = new SubjectReader(plan, settled, trace)
  reader.read(place)
  const { pass, values } = reader
  const points = pointsOf(reader.points, planned.place)
  const labels = visitsOf(study, facts).filter((one) => one.parameter === code)
  return rowsOf(planned.table === 'adeff' ? effects : events, place, code)
    .map((row, at) => [row, planned.entry?.compute.kind === 'points' ? (points[at] as number) : -1] as const)
    .filter(([row]) => visit === null || row.AVISITN === visit)
    .map(([row, point]) => ({
      subject,
      parameter,
      basetype: (row.BASETYPE as string | null | undefined) ?? null,
      visit: (row.AVISITN as number | undefined) ?? null,
      label: labels.find((one) => one.visit === row.AVISITN)?.label ?? null,
      row,
      windows: windowsOf(pass, planned, row),
      values: valueRowsOf(values, plan, planned, row),
      records: trace.recordsOf(point),
      restsOn: trace.restsOf(point),
      formula: formulaOf(parameter, planned, row),
    }))
}

type Row = Readonly<Record<string, number | string | null>>

function rowsOf(table: ColumnTable, subject: number, code: string): Row[] {
  const { SUBJECT, PARAMCD } = table.columns
  if (SUBJECT === undefined || PARAMCD?.kind !== 'text') return []
  const wanted = PARAMCD.dictionary.indexOf(code)
  const rows: Row[] = []
  for (let row = 0; row < table.rows; row++) {
    if (SUBJECT.values[row] === subject && PARAMCD.values[row] === wanted) rows.push(toRow(table, row))
  }
  return rows
}

function toRow(table: ColumnTable, row: number): Row {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => {
      if (!isPresent(column.valid, row)) return [name, null]
      const value = column.values[row] as number
      return [name, column.kind === 'text' ? (column.dictionary[value] as string) : value]
    }),
  )
}

/** Windows a row rests on: the baseline, and its own one or all that it spans. */
function windowsOf(pass: SubjectPass, planned: Planned, row: Row): ExplainedWindow[] {
  const { plan } = pass
  const compute = planned.entry?.compute
  if (compute === undefined || compute.kind === 'points') return []
  const measure = compute.kind === 'measure' ? compute.measure : measureOf(compute.of(plan.inputs))
  const weekly = measure.windows === 'weeks'
  const schedule = weekly ? plan.weeks : plan.periods
  const totals = weekly ? pass.weekTotals : pass.periodTotals
  return schedule.spans.flatMap((span, w) =>
    w === 0 || isSpanned(row, compute.kind, span) ? [windowOf(pass, measure, span, totals, w)] : [],
  )
}

function isSpanned(row: Row, kind: 'measure' | 'pooled' | 'endpoint', span: Span): boolean {
  if (kind === 'measure') return row.AVISITN === span.visit
  if (row.AVISITN === undefined) return true
  const inside = toStudyDay(span.from) >= (row.AWLO as number) && toStudyDay(span.to) <= (row.AWHI as number)
  return row.AVISITN === SPAN_VISIT && inside
}

function windowOf(pass: SubjectPass, measure: Measure, span: Span, totals: Float64Array, w: number): ExplainedWindow {
  return {
    visit: span.visit,
    label: span.label,
    from: toStudyDay(span.from),
    to: toStudyDay(span.to),
    numerator: totals[w * QUANTITIES + measure.numerator] as number,
    observed: totals[w * QUANTITIES + measure.observed] as number,
    needed: measure.needsDays ? span.minObserved : 0,
    days: explainDays(pass, measure, span),
  }
}

function valueRowsOf(values: ValuePass, plan: Plan, planned: Planned, row: Row): number[] {
  if (planned.value === null) return []
  const { parameter, index, pooled } = planned.value
  const slot = row.BASETYPE === null ? 0 : plan.facts.phases.indexOf(row.BASETYPE as string) + 1
  return parameter.visits.flatMap(({ visit }, at) => {
    const wanted = visit === 0 || visit === row.AVISITN || (pooled && row.AVISITN === SPAN_VISIT)
    const found = values.rowAt(slot, index, at)
    return wanted && found >= 0 ? [found] : []
  })
}

/** The arithmetic of a row, with its numbers. */
function formulaOf(parameter: Parameter, planned: Planned, row: Row): string[] {
  const lines = parameter.formula === undefined ? [] : [`computed as ${parameter.formula}`]
  const compute = planned.entry?.compute
  if (row.AVAL === null) lines.push(`no value: ${row.AREASON}`)
  else if (compute?.kind === 'measure' && compute.measure.counts) {
    lines.push(`${compute.measure.scale} * ${row.NEVT} / ${row.NOBS} = ${row.AVAL}`)
  } else if (compute?.kind === 'pooled') lines.push(`28 * ${row.NEVT} / ${row.NOBS} = ${row.AVAL}`)
  else lines.push(`AVAL = ${row.AVALC ?? row.AVAL}`)
  if (row.AVAL !== null && row.AREASON !== null && row.AREASON !== undefined) lines.push(`no change: ${row.AREASON}`)
  if (typeof row.CHG === 'number') lines.push(`CHG = ${row.AVAL} - ${row.BASE} = ${row.CHG}`)
  if (typeof row.PCHG === 'number') lines.push(`PCHG = 100 * ${row.CHG} / ${row.BASE} = ${row.PCHG}`)
  parameter.criteria.forEach((text, k) => {
    const met = row[`CRIT${k + 1}FL`]
    if (text !== null && typeof met === 'string') lines.push(`${text}: ${met}`)
  })
  if (row.DTYPE === 'NRI') lines.push('a missing value counts as no response (NRI)')
  return lines
}
