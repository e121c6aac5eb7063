import type { Plan } from '../../catalogue/entry.ts'
import { visitPlaceOf } from '../../windows/visit-of.ts'
import type { RrRecord } from './rr-records.ts'

/** Records of one visit: the one that counts, and the others. */
export interface VisitRecords {
  readonly chosen: RrRecord | null
  readonly others: readonly RrRecord[]
}

/**
 * Records of a subject by place in the schedule of visits. The first record of a session is the resting one: it counts. A
 * session is what was recorded on one date (or names one visit without a date); of several `visits.choose` says which.
 */
export function recordsByVisit(
  plan: Plan,
  records: readonly RrRecord[],
  stimulated: boolean,
  zero: number | null,
): readonly VisitRecords[] {
  const placed = plan.visits.spans.map((): RrRecord[] => [])
  for (const record of records) {
    if (record.stimulated !== stimulated) continue
    const day = record.day === null || zero === null ? null : record.day - zero
    placed[visitPlaceOf(plan.visits, record.visit, day)]?.push(record)
  }
  return placed.map((own) => {
    const session = plan.study.visits.choose === 'last' ? own.at(-1)?.day : own[0]?.day
    const chosen = own.find(({ day }) => day === session) ?? null
    return { chosen, others: own.filter((record) => record !== chosen) }
  })
}
