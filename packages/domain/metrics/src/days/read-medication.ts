import { type Column, isPresent, NO, type RecordTable, YES } from '@afferent/records'
import { MIGRAINE_SPECIFIC } from './medication.ts'
import { dateOf } from './midnights.ts'
import type { SubjectDays } from './subject-days.ts'

/**
 * Intakes of one subject onto their dates. An intake counts as for headache unless the export says it was not
 * (no `forHeadache` field: every acute intake counts, section 3).
 */
export function readIntakes(
  days: SubjectDays,
  intakes: RecordTable<'intakes'>,
  from: number,
  to: number,
  zero: number,
): void {
  const c = intakes.columns
  const day = c.day?.values as Int32Array
  for (let row = from; row < to; row++) {
    if (!has(c.medicationClass, row)) continue
    const taken = 1 << (c.medicationClass?.values[row] as number)
    const forHeadache = !(has(c.forHeadache, row) && c.forHeadache?.values[row] === NO)
    const effective = has(c.effective, row) && c.effective?.values[row] === YES
    addMedication(days, (day[row] as number) - zero - days.start, taken, forHeadache, effective)
  }
}

/** Medication recorded with an episode: taken on the date of its start. */
export function readEpisodeMedication(
  days: SubjectDays,
  episodes: RecordTable<'episodes'>,
  from: number,
  to: number,
  zero: number,
): void {
  const c = episodes.columns
  if (c.medication === undefined) return
  for (let row = from; row < to; row++) {
    const offset = has(c.startOffset, row) ? (c.startOffset?.values[row] as number) : 0
    const i = dateOf(c.start?.values[row] as number, offset) - zero - days.start
    const effective = has(c.medicationEffective, row) && c.medicationEffective?.values[row] === YES
    addMedication(days, i, c.medication.values[row] as number, true, effective)
  }
}

function addMedication(days: SubjectDays, i: number, taken: number, forHeadache: boolean, effective: boolean): void {
  if (i < 0 || i >= days.length || taken === 0) return
  days.acute[i] = (days.acute[i] as number) | taken
  if (!forHeadache) return
  days.treated[i] = (days.treated[i] as number) | taken
  if (effective && (taken & MIGRAINE_SPECIFIC) !== 0) days.effective[i] = 1
}

const has = (column: Column | undefined, row: number): boolean => column !== undefined && isPresent(column.valid, row)
