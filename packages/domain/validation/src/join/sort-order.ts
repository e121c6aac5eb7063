import { allocate } from '@afferent/records'
import type { Part } from './part.ts'
import { codeOf, keepsOrder, rowsOf } from './part.ts'
import { RadixSort } from './radix-sort.ts'

type Key = ArrayLike<number>

/** Where each row of the parts, laid end to end, goes in the joined table. */
export interface Placement {
  readonly rows: number
  /** Target of each row, -1 for rows left out; null: every row stays where it is. */
  readonly place: Int32Array | null
}

/**
 * Order of the joined table: by subject, then by the key columns, rows of equal keys as they came.
 *
 * A radix sort over the keys from last to first: no comparison of objects, time linear in rows. `keys[k][p]` are the values of
 * key column k in part p.
 */
export function sortRows(parts: readonly Part[], keys: readonly (readonly Key[])[]): Placement {
  const kept = countKept(parts)
  const total = rowsOf(parts)
  return { rows: kept, place: invert(sortKept(parts, keys, total, kept), total) }
}

/** Places of rows that are in order as the parts are laid end to end. */
export function rowsInOrder(parts: readonly Part[]): Placement {
  const kept = countKept(parts)
  const total = rowsOf(parts)
  return { rows: kept, place: kept === total ? null : placeInOrder(parts, total) }
}

function countKept(parts: readonly Part[]): number {
  let kept = 0
  for (const part of parts) {
    const all = part.dropped === null && (part.recode === null || !part.recode.includes(-1))
    if (all) kept += part.to - part.from
    else for (let row = part.from; row < part.to; row++) if (codeOf(part, row) >= 0) kept++
  }
  return kept
}

/** Whether the rows are in that order already: one comparison each and no memory. */
export function isSorted(parts: readonly Part[], keys: readonly (readonly Key[])[]): boolean {
  let last: Place = NOWHERE
  for (let p = 0; p < parts.length; p++) {
    const end = keepsOrder(parts[p]) ? followAll(parts, keys, p, last) : followKept(parts, keys, p, last)
    if (end === null) return false
    last = end
  }
  return true
}

/** A row of a part, with the code of its subject in the joined list. */
interface Place {
  readonly code: number
  readonly p: number
  readonly row: number
}

const NOWHERE: Place = { code: -1, p: -1, row: -1 }

/** The last row of a part whose rows all stand in order behind `last`; null: one does not. */
function followKept(parts: readonly Part[], keys: readonly (readonly Key[])[], p: number, last: Place): Place | null {
  let before = last
  for (let row = parts[p].from; row < parts[p].to; row++) {
    const code = codeOf(parts[p], row)
    if (code < 0) continue
    if (code < before.code) return null
    if (code === before.code && compareKeys(keys, before, p, row) > 0) return null
    before = { code, p, row }
  }
  return before
}

/** The same of a part that keeps the order of its subjects. */
function followAll(parts: readonly Part[], keys: readonly (readonly Key[])[], p: number, last: Place): Place | null {
  const { subject, recode, from, to, inOrder = false } = parts[p]
  if (from === to) return last
  const codeAt = (row: number): number => (recode === null ? subject[row] : recode[subject[row]])
  if (codeAt(from) < last.code) return null
  if (codeAt(from) === last.code && compareKeys(keys, last, p, from) > 0) return null
  const first = keys.length > 0 ? keys[0][p] : null
  for (let row = inOrder ? to : from + 1; row < to; row++) {
    const step = subject[row] - subject[row - 1]
    if (step < 0) return null
    if (step > 0 || first === null || first[row] > first[row - 1]) continue
    if (compareKeys(keys, { code: 0, p, row: row - 1 }, p, row) > 0) return null
  }
  return { code: codeAt(to - 1), p, row: to - 1 }
}

/** Order of two rows of one subject by all keys. */
function compareKeys(keys: readonly (readonly Key[])[], a: Place, p: number, row: number): number {
  for (let i = 0; i < keys.length; i++) {
    const difference = keys[i][a.p][a.row] - keys[i][p][row]
    if (difference !== 0) return difference
  }
  return 0
}

function placeInOrder(parts: readonly Part[], total: number): Int32Array {
  const place = allocate.i32(total)
  let at = 0
  let next = 0
  for (const part of parts) {
    for (let row = part.from; row < part.to; row++) place[at++] = codeOf(part, row) < 0 ? -1 : next++
  }
  return place
}

function sortKept(parts: readonly Part[], keys: readonly (readonly Key[])[], total: number, kept: number): Int32Array {
  const codes = new Float64Array(total)
  const sort = new RadixSort(kept)
  let at = 0
  let next = 0
  for (const part of parts) {
    for (let row = part.from; row < part.to; row++, at++) {
      const code = codeOf(part, row)
      codes[at] = code
      if (code >= 0) sort.order[next++] = at
    }
  }
  const values = new Float64Array(total)
  for (let k = keys.length - 1; k >= 0; k--) sort.by(layOut(parts, keys[k], values))
  sort.by(codes)
  return sort.order
}

function layOut(parts: readonly Part[], key: readonly Key[], into: Float64Array): Float64Array {
  let at = 0
  for (let p = 0; p < parts.length; p++) {
    const values = key[p]
    for (let row = parts[p].from; row < parts[p].to; row++) into[at++] = values[row]
  }
  return into
}

function invert(order: Int32Array, total: number): Int32Array {
  const place = allocate.i32(total).fill(-1)
  for (let i = 0; i < order.length; i++) place[order[i]] = i
  return place
}
