import type { Column, ColumnKind, RecordTable, TableName } from '@afferent/records'
import { RECORD_TABLES } from '@afferent/records'
import type { Part } from '../join/part.ts'
import { scatterColumn, scatterLines } from '../join/scatter.ts'

interface Specification {
  readonly sortedBy: readonly string[]
  readonly key: readonly string[]
  readonly columns: Readonly<Record<string, ColumnKind>>
}

/**
 * One file's rows as they stand, where each subject's days ascend and none comes twice, and all subjects are of the slice:
 * nothing to sort and no copies (R-DUP) to look for, told in the pass that gives subjects their codes. Null: it is not so, or
 * the table does not go by days.
 */
export function takeInOrder<T extends TableName>(name: T, part: Part): RecordTable<T> | null {
  const { sortedBy, key, columns }: Specification = RECORD_TABLES[name]
  const [by] = sortedBy
  const days = part.columns[by]
  if (!key.includes(by) || days === undefined || days.valid !== null || !(days.values instanceof Int32Array))
    return null
  if (part.recode === null || part.dropped !== null) return null
  const rows = part.to - part.from
  const subject = new Int32Array(rows)
  if (!recodeAscending(part.subject, part.recode, days.values, part.from, part.to, subject)) return null
  const placement = { rows, place: null }
  const taken: Record<string, Column> = {}
  for (const [field, kind] of Object.entries(columns)) {
    const column = scatterColumn(field, kind, [part], placement)
    if (column !== undefined) taken[field] = column
  }
  return { rows, subject, columns: taken, ...scatterLines([part], placement) } as unknown as RecordTable<T>
}

/** Codes of the slice into `into`; false as soon as a row is left out or not behind the row before it. */
function recodeAscending(
  subject: Int32Array,
  recode: Int32Array,
  days: Int32Array,
  from: number,
  to: number,
  into: Int32Array,
): boolean {
  let lastCode = -1
  let lastDay = 0
  for (let row = from; row < to; row++) {
    const code = recode[subject[row]]
    const day = days[row]
    if (code < lastCode || code < 0 || (code === lastCode && day <= lastDay)) return false
    into[row - from] = code
    lastCode = code
    lastDay = day
  }
  return true
}
