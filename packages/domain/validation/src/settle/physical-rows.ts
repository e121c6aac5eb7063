import type { Column } from '@afferent/records'
import { isPresent } from '@afferent/records'

/** `row` of records that stand on the row of a record of another table, where that row is counted. */
export const BROUGHT_ALONG = -1

interface RowText {
  size: number
  text: string
}

/**
 * Which of two records' physical rows is preferred where the records are copies: the row that gives more records, then by
 * what they say. So which rows count as used does not depend on where they stood.
 */
export function preferRows(
  records: number,
  columns: readonly Column[],
  rowOf: (record: number) => string | number,
): (a: number, b: number) => number {
  const rows = new Map<string | number, RowText>()
  for (let i = 0; i < records; i++) {
    const cells = columns.map((column) => (isPresent(column.valid, i) ? column.values[i] : '')).join(' ')
    const known = rows.get(rowOf(i))
    if (known === undefined) rows.set(rowOf(i), { size: 1, text: cells })
    else {
      known.size++
      known.text += `;${cells}`
    }
  }
  return (a, b) => {
    const first = rows.get(rowOf(a)) as RowText
    const second = rows.get(rowOf(b)) as RowText
    if (first.size !== second.size) return second.size - first.size
    if (first.text === second.text) return 0
    return first.text < second.text ? -1 : 1
  }
}
