import type { ColumnTable, Settled, StudyFacts } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import { CATALOGUE } from './catalogue/catalogue.ts'
import { type Plan, type Planned, planOf } from './catalogue/plan.ts'
import { ruleOf } from './responses/response-rule.ts'
import { EffectRows } from './rows/effect-rows.ts'
import { type Course, writeEndpoint, writeTimeToResponse } from './rows/endpoint-rows.ts'
import { EventRows } from './rows/event-rows.ts'
import { writeMeasure } from './rows/measure-rows.ts'
import { writePooled } from './rows/pooled-rows.ts'
import { writePooledValues, writeValues } from './rows/value-rows.ts'
import type { CatalogueEntry, Measure } from './windows/measure.ts'
import { SubjectPass } from './windows/subject-pass.ts'
import { ValuePass } from './windows/value-pass.ts'
import { WINDOW } from './windows/window-state.ts'

/** Rows of adeff and adtte of some subjects, in their final order. */
export interface Derived {
  readonly effects: ColumnTable
  readonly events: ColumnTable
}

/**
 * Response metrics of some subjects: for every parameter of the study one row per scheduled window up to the cut, by
 * subject, PARAMCD, BASETYPE and AVISITN. No subject's rows depend on another's records.
 *
 * Input   settled records (sorted by subject and day, one copy per key), the study, what the study as a whole tells.
 * Output  EFFECT_COLUMNS and EVENT_COLUMNS; text dictionaries depend on study and facts alone.
 * Throws  only if our own count of rows is wrong.
 */
export function deriveSubjects(settled: Settled, study: AnalyticStudy, facts: StudyFacts): Derived {
  const plan = planOf(study, facts)
  const writers = plan.planned.map((planned) => writerOf(plan, planned))
  const pass = new SubjectPass(plan, settled)
  const counts = countRows(plan, pass, new ValuePass(plan, settled), writers)
  const effects = new EffectRows(
    counts.effects,
    plan.effectCodes,
    facts.phases,
    facts.treatments,
    study.responders.cuts.length,
  )
  const events = new EventRows(counts.events, plan.eventCodes)
  const values = new ValuePass(plan, settled)
  const needsDays = plan.planned.some((planned) => planned.entry !== null)
  for (let s = 0; s < settled.subjects.length; s++) {
    pass.place(s)
    if (needsDays) pass.read()
    if (plan.study.values !== null) values.read(s)
    for (const writer of writers) writer.write(pass, values, effects, events)
  }
  return { effects: effects.table(), events: events.table() }
}

/** How the rows of one parameter are counted and written for the subject that `pass` holds. */
interface Writer {
  readonly table: 'adeff' | 'adtte'
  readonly count: (pass: SubjectPass, values: ValuePass) => number
  readonly write: (pass: SubjectPass, values: ValuePass, effects: EffectRows, events: EventRows) => void
}

function countRows(
  plan: Plan,
  pass: SubjectPass,
  values: ValuePass,
  writers: readonly Writer[],
): { effects: number; events: number } {
  const counts = { adeff: 0, adtte: 0 }
  for (let s = 0; s < pass.settled.subjects.length; s++) {
    pass.place(s)
    if (plan.study.values !== null) values.read(s)
    for (const writer of writers) counts[writer.table] += writer.count(pass, values)
  }
  return { effects: counts.adeff, events: counts.adtte }
}

function writerOf(plan: Plan, planned: Planned): Writer {
  if (planned.value !== null) return valueWriter(plan, planned, planned.value)
  const entry = planned.entry as CatalogueEntry
  switch (entry.compute.kind) {
    case 'measure':
      return measureWriter(plan, planned, entry, entry.compute.measure)
    case 'pooled':
      return pooledWriter(plan, planned, entry, measureOf(entry.compute.of()))
    case 'endpoint':
      return endpointWriter(plan, planned, measureOf(entry.compute.of(plan.inputs)))
  }
}

/** The measure of another catalogue entry, which pooled values and endpoints rest on. */
export function measureOf(code: string | null): Measure {
  const compute = CATALOGUE.find((entry) => entry.code === code)?.compute
  if (compute?.kind !== 'measure') throw new Error(`${code} is not a measure of the catalogue`)
  return compute.measure
}

function countScheduled(states: Uint8Array): number {
  let n = 0
  for (let w = 0; w < states.length; w++) n += (states[w] as number) & WINDOW.scheduled
  return n
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
  const isWeekly = measure.windows === 'weeks'
  const schedule = isWeekly ? plan.weeks : plan.periods
  const windows = schedule.spans.length
  return {
    table: 'adeff',
    count: (pass) => countScheduled(isWeekly ? pass.weekStates : pass.periodStates),
    write: (pass, _values, effects) => {
      const states = isWeekly ? pass.weekStates : pass.periodStates
      const totals = isWeekly ? pass.weekTotals : pass.periodTotals
      const never = neverOf(pass, planned)
      writeMeasure(effects, pass.subject, planned.place, measure, rule, never, schedule, states, totals, windows)
    },
  }
}

function pooledWriter(plan: Plan, planned: Planned, entry: CatalogueEntry, measure: Measure): Writer {
  const rule = ruleOf(plan.study, entry)
  const schedule = plan.periods
  const fraction = plan.study.periods.pooledMinObservedFraction
  const isWritten = (pass: SubjectPass): boolean => ((pass.periodStates[1] ?? 0) & WINDOW.scheduled) !== 0
  return {
    table: 'adeff',
    count: (pass) => (isWritten(pass) ? 2 : 1),
    write: (pass, _values, effects) => {
      const { periodStates: states, periodTotals: totals, subject } = pass
      const never = neverOf(pass, planned)
      const base = writeMeasure(effects, subject, planned.place, measure, rule, never, schedule, states, totals, 1)
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
    count: (pass) => (isWritten(pass) ? 1 : 0),
    write: (pass, _values, effects, events) => {
      if (!isWritten(pass)) return
      const course = courseOf(pass, measure, neverOf(pass, planned))
      if (isTime) writeTimeToResponse(events, responses, plan, pass.subject, planned.place, course)
      else writeEndpoint(effects, responses, plan, pass.subject, planned.place, planned.code, course)
    },
  }
}

function valueWriter(plan: Plan, planned: Planned, value: NonNullable<Planned['value']>): Writer {
  const { parameter, index, pooled } = value
  const rule = {
    responders: plan.study.responders,
    higherIsBetter: parameter.direction === 'higher-is-better',
    pain: false,
  }
  const fraction = plan.study.periods.pooledMinObservedFraction
  return {
    table: 'adeff',
    count: (_pass, values) => values.phases * (pooled ? 2 : parameter.visits.length),
    write: (pass, values, effects) => {
      if (pooled) writePooledValues(effects, values, pass.subject, planned.place, parameter, index, rule, fraction)
      else writeValues(effects, values, pass.subject, planned.place, parameter, index, rule)
    },
  }
}
