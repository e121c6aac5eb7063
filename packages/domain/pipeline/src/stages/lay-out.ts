import type { Compute, Findings, InForce, Outline, StudyFacts, Task, TaskHost } from '@afferent/records'
import type { AnalyticStudy } from '@afferent/study'
import {
  factsOfDays,
  joinDays,
  type SubjectDays,
  subjectDays,
  subjectsOf,
  type TablesInForce,
  tablesOf,
} from '@afferent/validation'
import { endsOf, rowsUsed, type SlicesInput, slicesOf, takeAll, tasksOf, type Within } from './subject-slices.ts'

/** What only all datasets together can tell. */
export interface StudyLayout {
  readonly subjects: readonly string[]
  readonly facts: StudyFacts
  readonly findings: Findings
}

/** Fewer rows are laid out sooner than threads are told to. */
const THREADS_FROM_ROWS = 2_000_000

/** Subjects of a task. */
const SUBJECTS_AT_ONCE = 4_096

/** Lays out a study whose records are at hand. */
export const layOutStudy = (
  inForce: readonly InForce[],
  study: AnalyticStudy,
  compute: Compute,
): Promise<StudyLayout> => layOut(inForce, async () => inForce, Number.POSITIVE_INFINITY, study, compute)

/**
 * Lays out a study whose records are read as their subjects come, where they are more than `rows`: some neighbouring slices at a
 * time. `take` gives the records of the subjects between two, both included; null: of all.
 */
export async function layOut(
  outlines: readonly Outline[],
  take: (within: Within | null) => Promise<readonly InForce[]>,
  rows: number,
  study: AnalyticStudy,
  compute: Compute,
): Promise<StudyLayout> {
  const subjects = subjectsOf(outlines)
  const tables = tablesOf(outlines)
  const slices = slicesOf(subjects, outlines, SUBJECTS_AT_ONCE)
  const days: SubjectDays[] = []
  const used = rowsUsed(outlines)
  if (used <= rows) days.push(...(await daysOf({ inForce: await take(null), slices }, study, tables, compute)))
  else {
    const atOnce = Math.max(1, Math.floor((slices.length * rows) / used))
    for (let from = 0; from < slices.length; from += atOnce) {
      const some = slices.slice(from, from + atOnce)
      days.push(...(await daysOf({ inForce: await take(endsOf(some)), slices: some }, study, tables, compute)))
    }
  }
  return { subjects, ...factsOfDays(joinDays(days), subjects, study, tables) }
}

async function daysOf(
  input: SlicesInput,
  study: AnalyticStudy,
  tables: TablesInForce,
  compute: Compute,
): Promise<SubjectDays[]> {
  const { inForce, slices } = input
  const isHere = rowsAtHand(inForce) < THREADS_FROM_ROWS && inForce.every(({ dataset }) => dataset.aside === undefined)
  if (isHere) return [subjectDays(inForce, slices.flat(), study, tables)]
  return compute.map(
    DAYS_OF_SUBJECTS,
    Array.from(tasksOf(input, 1), (task) => ({ ...task, study, tables })),
  )
}

const rowsAtHand = (inForce: readonly InForce[]): number =>
  inForce.reduce((sum, { dataset }) => sum + Object.values(dataset.tables).reduce((all, { rows }) => all + rows, 0), 0)

interface DaysInput extends SlicesInput {
  readonly study: AnalyticStudy
  readonly tables: TablesInForce
}

/** Task: what some subjects tell towards the facts of the study. */
export const daysOfSubjects = ({ inForce, slices, study, tables }: DaysInput, host: TaskHost): SubjectDays =>
  subjectDays(takeAll(inForce, host), slices.flat(), study, tables)

const DAYS_OF_SUBJECTS: Task<DaysInput, SubjectDays> = {
  module: import.meta.url,
  name: 'daysOfSubjects',
  types: daysOfSubjects,
}
