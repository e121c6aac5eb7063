import type { ColumnTable, SafetyResult, Settled, StudyFacts } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import type { Plan } from './catalogue/entry.ts'
import { planOf } from './catalogue/plan.ts'
import { EffectRows } from './rows/effect-rows.ts'
import { EventRows } from './rows/event-rows.ts'
import { type Writer, writerOf } from './rows/writers.ts'
import { safetyOf } from './safety/adverse-rows.ts'
import { SubjectReader } from './subject-reader.ts'

/** Rows of adeff and adtte of some subjects, in their final order. */
export interface Derived {
  readonly effects: ColumnTable
  readonly events: ColumnTable
  readonly safety?: SafetyResult
}

/**
 * Response metrics of some subjects: for every parameter of the study one row per scheduled window up to the cut, by
 * subject, PARAMCD, BASETYPE and AVISITN. No subject's rows depend on another's records.
 *
 * Input   settled records (sorted by subject and day, one copy per key), the study, what the study as a whole tells.
 * Output  EFFECT_COLUMNS, flags of families, and EVENT_COLUMNS; adverse events where the study analyses safety; text dictionaries depend on study and facts alone.
 * Throws  only if our own count of rows is wrong.
 */
export const deriveSubjects = (settled: Settled, study: AnalyticStudy, facts: StudyFacts): Derived =>
  makeDeriver(study, facts)(settled)

/** The same for slices of subjects one after the other: what follows from the study alone is found once. */
export function makeDeriver(study: AnalyticStudy, facts: StudyFacts): (settled: Settled) => Derived {
  const plan = planOf(study, facts)
  const writers = plan.planned.map((planned) => writerOf(plan, planned))
  return (settled) => {
    const safety = safetyOf(settled, study, facts)
    return { ...writeRows(plan, settled, writers), ...(safety === undefined ? {} : { safety }) }
  }
}

function writeRows(plan: Plan, settled: Settled, writers: readonly Writer[]): Pick<Derived, 'effects' | 'events'> {
  const subjects = settled.subjects.length
  const counted = countRows(plan, settled, writers)
  const windowRows = counted.effects.reduce((sum, rows) => sum + rows, 0)
  const events = new EventRows(counted.events, plan.eventCodes)
  const reader = new SubjectReader(plan, settled)
  let effects: EffectRows | null = null
  for (let s = 0; s < subjects; s++) {
    reader.read(s)
    const points = reader.points.count
    // As many points as the first subject has, most have, too: the study plans them.
    effects ??= new EffectRows(windowRows + points * subjects, plan.texts, plan.cuts)
    effects.reserve((counted.effects[s] as number) + points)
    for (const writer of writers) writer.write(reader, effects, events)
  }
  effects ??= new EffectRows(0, plan.texts, plan.cuts)
  return { effects: effects.table(), events: events.table() }
}

/** Rows that follow from the windows alone: of adeff by subject, of adtte in all. Points of families come on top. */
function countRows(
  plan: Plan,
  settled: Settled,
  writers: readonly Writer[],
): { readonly effects: Int32Array; readonly events: number } {
  const reader = new SubjectReader(plan, settled)
  const effects = new Int32Array(settled.subjects.length)
  let events = 0
  const adeff = writers.filter(({ table }) => table === 'adeff')
  const adtte = writers.filter(({ table }) => table === 'adtte')
  for (let s = 0; s < effects.length; s++) {
    reader.place(s)
    effects[s] = rowsOf(adeff, reader)
    events += rowsOf(adtte, reader)
  }
  return { effects, events }
}

function rowsOf(writers: readonly Writer[], reader: SubjectReader): number {
  let rows = 0
  for (const { count } of writers) rows += count(reader)
  return rows
}
