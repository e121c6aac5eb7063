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
export function deriveSubjects(settled: Settled, study: AnalyticStudy, facts: StudyFacts): Derived {
  const plan = planOf(study, facts)
  const writers = plan.planned.map((planned) => writerOf(plan, planned))
  const room = countRows(plan, settled, writers)
  const effects = new EffectRows(room.effects, plan.texts, plan.cuts)
  const events = new EventRows(room.events, plan.eventCodes)
  const reader = new SubjectReader(plan, settled)
  for (let s = 0; s < settled.subjects.length; s++) {
    reader.read(s)
    effects.reserve(writers.reduce((sum, { table, count }) => sum + (table === 'adeff' ? count(reader) : 0), 0))
    for (const writer of writers) writer.write(reader, effects, events)
  }
  const safety = safetyOf(settled, study, facts)
  return { effects: effects.table(), events: events.table(), ...(safety === undefined ? {} : { safety }) }
}

/** Rows that follow from the windows alone; points of families come on top, and tables grow for them. */
function countRows(plan: Plan, settled: Settled, writers: readonly Writer[]): { effects: number; events: number } {
  const reader = new SubjectReader(plan, settled)
  const counts = { adeff: 0, adtte: 0 }
  for (let s = 0; s < settled.subjects.length; s++) {
    reader.place(s)
    for (const writer of writers) counts[writer.table] += writer.count(reader)
  }
  return { effects: counts.adeff, events: counts.adtte }
}
