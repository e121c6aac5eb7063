import type { Column } from '@afferent/records'

/**
 * Rows that become part of a joined table: a byte range of a file, or one dataset's rows of some subjects.
 * All arrays are indexed by the same row number; only rows `from` (included) to `to` (not) count.
 */
export interface Part {
  readonly from: number
  readonly to: number
  readonly subject: Int32Array
  /** Code of a subject in the joined list by its code here, -1 where the row is left out; null: codes stand. */
  readonly recode: Int32Array | null
  readonly columns: Readonly<Record<string, Column | undefined>>
  readonly lines: Int32Array | null
  readonly firstLine: number
  /** Bit per row that is left out, or null: none is. */
  readonly dropped: Uint8Array | null
  /** Its rows are known to stand in the order of the table, none of them left out; absent: look. */
  readonly inOrder?: boolean
}

export const rowsOf = (parts: readonly Part[]): number => {
  let rows = 0
  for (const part of parts) rows += part.to - part.from
  return rows
}

/** Code of a row's subject in the joined list, or -1 if the row is left out. */
export function codeOf(part: Part, row: number): number {
  if (part.dropped !== null && (part.dropped[row >> 3] & (1 << (row & 7))) !== 0) return -1
  const code = part.subject[row]
  return part.recode === null ? code : part.recode[code]
}

/** Whether no row is left out and subjects in the order of the part are in the order of the joined list. */
export function keepsOrder({ subject, recode, from, to, dropped }: Part): boolean {
  if (dropped !== null) return false
  if (recode === null || from === to) return true
  const [first, last] = [subject[from], subject[to - 1]]
  let before = -1
  for (let code = first; code <= last; code++) {
    if (recode[code] <= before) return false
    before = recode[code]
  }
  return first <= last
}

export const lineOf = (part: { lines: Int32Array | null; firstLine: number }, row: number): number =>
  part.lines === null ? part.firstLine + row : part.lines[row]
