import { measureOf } from '../catalogue/catalogue.ts'
import type { CatalogueEntry, Plan, Planned } from '../catalogue/entry.ts'
import { pointsOf, writePoints } from '../points/write-points.ts'
import { ruleOf } from '../responses/response-rule.ts'
import type { SubjectReader } from '../subject-reader.ts'
import type { Measure } from '../windows/measure.ts'
import type { Span } from '../windows/schedule.ts'
import type { SubjectPass } from '../windows/subject-pass.ts'
import { windowColumns } from '../windows/window-columns.ts'
import { WINDOW } from '../windows/window-state.ts'
import type { EffectRows } from './effect-rows.ts'
import { type Course, writeEndpoint, writeTimeToLoss, writeTimeToResponse } from './endpoint-rows.ts'
import type { EventRows } from './event-rows.ts'
import { writeMeasure } from './measure-rows.ts'
import { writePooled } from './pooled-rows.ts'
import { flagWriterOf } from './row-flags.ts'
import { writePooledValues, writeValues } from './value-rows.ts'

/** How the rows of one parameter are counted and written for the subject at hand. */
export interface Writer {
  readonly table: 'adeff' | 'adtte'
  /** Rows that follow from the windows placed; points, which the subject's records make, are counted by themselves. */
  readonly count: (reader: SubjectReader) => number
  readonly write: (reader: SubjectReader, effects: EffectRows, events: EventRows) => void
}

export function writerOf(plan: Plan, planned: Planned): Writer {
  if (planned.value !== null) return valueWriter(plan, planned, planned.value)
  const entry = planned.entry as CatalogueEntry
  switch (entry.compute.kind) {
    case 'measure':
      return measureWriter(plan, planned, entry, entry.compute.measure)
    case 'pooled':
      return pooledWriter(plan, planned, entry, measureOf(entry.compute.of()))
    case 'endpoint':
      return endpointWriter(plan, planned, measureOf(entry.compute.of(plan.inputs)))
    case 'points':
      return pointWriter(plan, planned, entry)
  }
}

function courseOf(pass: SubjectPass, measure: Measure, never: Planned['never']): Course {
  const { plan } = pass
  return measure.windows === 'periods'
    ? { measure, never, schedule: plan.periods, states: pass.periodStates, totals: pass.periodTotals }
    : { measure, never, schedule: plan.weeks, states: pass.weekStates, totals: pass.weekTotals }
}

/** Without day 0 no window can be placed: nothing can be evaluated. */
const neverOf = (pass: SubjectPass, planned: Planned): Planned['never'] =>
  planned.never ?? (pass.zero === null ? 'NOT_EVALUABLE' : null)

function measureWriter(plan: Plan, planned: Planned, entry: CatalogueEntry, measure: Measure): Writer {
  const rule = ruleOf(plan.study, entry)
  const flags = flagWriterOf(entry, plan.study)
  const isWeekly = measure.windows === 'weeks'
  const schedule = isWeekly ? plan.weeks : plan.periods
  const { spans } = schedule
  const windows = spans.length
  const columns = windowColumns(schedule)
  return {
    table: 'adeff',
    count: ({ pass }) => (isWeekly ? pass.scheduledWeeks : pass.scheduledPeriods),
    write: ({ pass }, effects) => {
      const states = isWeekly ? pass.weekStates : pass.periodStates
      const totals = isWeekly ? pass.weekTotals : pass.periodTotals
      const never = neverOf(pass, planned)
      const flag = flags === null ? null : (w: number, value: number) => flags(effects, pass, spans[w] as Span, value)
      writeMeasure(effects, pass.subject, planned.place, measure, rule, never, columns, states, totals, windows, flag)
    },
  }
}

function pooledWriter(plan: Plan, planned: Planned, entry: CatalogueEntry, measure: Measure): Writer {
  const rule = ruleOf(plan.study, entry)
  const schedule = plan.periods
  const columns = windowColumns(schedule)
  const fraction = plan.study.periods.pooledMinObservedFraction
  const isWritten = (pass: SubjectPass): boolean => ((pass.periodStates[1] ?? 0) & WINDOW.scheduled) !== 0
  return {
    table: 'adeff',
    count: ({ pass }) => (isWritten(pass) ? 2 : 1),
    write: ({ pass }, effects) => {
      const { periodStates: states, periodTotals: totals, subject } = pass
      const never = neverOf(pass, planned)
      const base = writeMeasure(effects, subject, planned.place, measure, rule, never, columns, states, totals, 1)
      if (!isWritten(pass)) return
      writePooled(effects, subject, planned.place, measure, rule, never, schedule, states, totals, fraction, base)
    },
  }
}

function endpointWriter(plan: Plan, planned: Planned, measure: Measure): Writer {
  const schedule = measure.windows === 'periods' ? plan.periods : plan.weeks
  const responses = new Uint8Array(schedule.spans.length - 1)
  const isTime = planned.table === 'adtte'
  const isWritten = (pass: SubjectPass): boolean => {
    const states = measure.windows === 'periods' ? pass.periodStates : pass.weekStates
    return ((states[1] ?? 0) & WINDOW.scheduled) !== 0
  }
  return {
    table: planned.table,
    count: ({ pass }) => (isWritten(pass) ? 1 : 0),
    write: ({ pass }, effects, events) => {
      if (!isWritten(pass)) return
      const course = courseOf(pass, measure, neverOf(pass, planned))
      const writeTime = planned.code === 'TTLOSS' ? writeTimeToLoss : writeTimeToResponse
      if (isTime) writeTime(events, responses, plan, pass.subject, planned.place, course)
      else writeEndpoint(effects, responses, plan, pass.subject, planned.place, planned.code, course)
    },
  }
}

function valueWriter(plan: Plan, planned: Planned, value: NonNullable<Planned['value']>): Writer {
  const { parameter, index, pooled } = value
  const rule = {
    responders: plan.study.responders,
    cuts: plan.study.responders.cuts,
    higherIsBetter: parameter.direction === 'higher-is-better',
    pain: false,
  }
  const fraction = plan.study.periods.pooledMinObservedFraction
  return {
    table: 'adeff',
    count: ({ values }) => values.phases * (pooled ? 2 : parameter.visits.length),
    write: ({ pass, values }, effects) => {
      if (pooled) writePooledValues(effects, values, pass.subject, planned.place, parameter, index, rule, fraction)
      else writeValues(effects, values, pass.subject, planned.place, parameter, index, rule)
    },
  }
}

function pointWriter(plan: Plan, planned: Planned, entry: CatalogueEntry): Writer {
  const change = entry.compute.kind === 'points' && entry.compute.change
  const rule = { place: planned.place, change, response: ruleOf(plan.study, entry), never: planned.never }
  return {
    table: 'adeff',
    count: () => 0,
    write: ({ points, subject }, effects) =>
      writePoints(effects, points, subject, pointsOf(points, planned.place), rule),
  }
}
