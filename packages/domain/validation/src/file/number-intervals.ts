import { allocate, type RecordTable } from '@afferent/records'
import { endOfRecord } from '../join/end-of-record.ts'
import { isAside } from '../read/range-records.ts'
import type { JoinedSubjects, ReadParts } from './join-subjects.ts'

/**
 * Gives intervals that their export does not number the order of their rows, subject by subject.
 * Quarantined rows are counted, so that an interval nobody could read leaves a hole, over which no difference is taken.
 */
export function numberIntervals(parts: ReadParts, subjects: JoinedSubjects): void {
  const next = new Int32Array(subjects.list.length)
  parts.forEach(({ part }, p) => {
    const values = allocate.i32(part.rows)
    for (let row = 0; row < part.rows; row++) {
      const code = part.subject[row]
      const s = code < 0 ? -1 : subjects.recodes[p][code]
      if (s >= 0) values[row] = next[s]++
    }
    for (const set of part.sets)
      if (set.table === 'intervals' && !isAside(set)) set.columns.sequence = { kind: 'i32', values, valid: null }
  })
}

/** Lets every record begin with interval 1, wherever its rows stood in the file. */
export function beginAtOne(table: RecordTable<'intervals'>): void {
  const { sequence } = table.columns
  if (sequence === undefined) return
  for (let from = 0; from < table.rows; ) {
    const end = endOfRecord(table, from)
    const first = sequence.values[from]
    for (let row = from; row < end; row++) sequence.values[row] += 1 - first
    from = end
  }
}
