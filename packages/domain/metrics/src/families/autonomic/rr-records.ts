import { type Column, isPresent, type RecordTable, YES } from '@afferent/records'
import type { RowRanges } from '../../windows/row-ranges.ts'

/** One record of RR intervals: rows `from` to `to` (not included) of the settled table. */
export interface RrRecord {
  readonly from: number
  readonly to: number
  /** Table day; null: the export names the visit alone. */
  readonly day: number | null
  readonly visit: number | null
  readonly stimulated: boolean
  readonly posture: string | null
  readonly device: string | null
}

type Columns = RecordTable<'intervals'>['columns']

const KEY = ['day', 'taken', 'visit', 'record', 'stimulating', 'posture', 'device'] as const

/** Records of the subject at hand, in the order they were taken. */
export function recordsOf(table: RecordTable<'intervals'> | null, rows: RowRanges): readonly RrRecord[] {
  if (table === null) return []
  const { columns } = table
  const key = KEY.map((name): Column | undefined => columns[name]).filter((column) => column !== undefined)
  const records: RrRecord[] = []
  for (let from = rows.from; from < rows.to; ) {
    let to = from + 1
    while (to < rows.to && key.every((column) => cellOf(column, to) === cellOf(column, from))) to++
    records.push(recordAt(columns, from, to))
    from = to
  }
  return records
}

const cellOf = (column: Column | undefined, row: number): number | null =>
  column !== undefined && isPresent(column.valid, row) ? (column.values[row] as number) : null

function recordAt(columns: Columns, from: number, to: number): RrRecord {
  const word = (name: 'posture' | 'device'): string | null => {
    const code = cellOf(columns[name], from)
    return code === null ? null : (columns[name]?.dictionary[code] ?? null)
  }
  return {
    from,
    to,
    day: cellOf(columns.day, from),
    visit: cellOf(columns.visit, from),
    stimulated: cellOf(columns.stimulating, from) === YES,
    posture: word('posture'),
    device: word('device'),
  }
}

/** Intervals of a record, and the row of each; -1 for those that are not there. */
export interface RrSeries {
  readonly rr: Float64Array
  readonly row: Int32Array
}

/**
 * The intervals of a record in order, NaN for numbers that are left out: an interval that nobody could read is removed like
 * an artefact, and no difference is taken across it [P]. A record that lacks more than twice what it has is cut at that, which
 * is enough to make it useless whatever its numbers.
 */
export function seriesOf({ columns }: RecordTable<'intervals'>, { from, to }: Pick<RrRecord, 'from' | 'to'>): RrSeries {
  const sequence = (row: number): number => columns.sequence?.values[row] ?? row
  const length = Math.min(sequence(to - 1) - sequence(from) + 1, 3 * (to - from))
  const rr = new Float64Array(length).fill(Number.NaN)
  const at = new Int32Array(length).fill(-1)
  let place = 0
  for (let row = from; row < to; row++) {
    const hole = row === from ? 0 : sequence(row) - sequence(row - 1) - 1
    const room = length - (to - row) - place
    place += Math.max(0, Math.min(hole, room))
    rr[place] = cellOf(columns.rr, row) ?? Number.NaN
    at[place++] = row
  }
  return { rr, row: at }
}
