import type { Part } from './part.ts'
import { codeOf, rowsOf } from './part.ts'

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
 * Rows already in order cost one comparison each and no memory. Else a radix sort over the keys from last to first: no
 * comparison of objects, time linear in rows. `keys[k][p]` are the values of key column k in part p.
 */
export function placeRows(parts: readonly Part[], keys: readonly (readonly Key[])[]): Placement {
  const kept = countKept(parts)
  const total = rowsOf(parts)
  if (isSorted(parts, keys)) return { rows: kept, place: kept === total ? null : placeInOrder(parts, total) }
  return { rows: kept, place: invert(sortKept(parts, keys, total, kept), total) }
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

function isSorted(parts: readonly Part[], keys: readonly (readonly Key[])[]): boolean {
  let lastPart = -1
  let lastRow = -1
  let lastCode = -1
  for (let p = 0; p < parts.length; p++) {
    const part = parts[p]
    const first = keys.length > 0 ? keys[0][p] : null
    for (let row = part.from; row < part.to; row++) {
      const code = codeOf(part, row)
      if (code < 0) continue
      if (code < lastCode) return false
      if (code === lastCode && first !== null) {
        const difference = first[row] - keys[0][lastPart][lastRow]
        if (difference < 0) return false
        if (difference === 0 && compareRest(keys, lastPart, lastRow, p, row) > 0) return false
      }
      lastCode = code
      lastPart = p
      lastRow = row
    }
  }
  return true
}

function compareRest(keys: readonly (readonly Key[])[], p: number, row: number, q: number, other: number): number {
  for (let k = 1; k < keys.length; k++) {
    const difference = keys[k][p][row] - keys[k][q][other]
    if (difference !== 0) return difference
  }
  return 0
}

function placeInOrder(parts: readonly Part[], total: number): Int32Array {
  const place = new Int32Array(total)
  let at = 0
  let next = 0
  for (const part of parts) {
    for (let row = part.from; row < part.to; row++) place[at++] = codeOf(part, row) < 0 ? -1 : next++
  }
  return place
}

function sortKept(parts: readonly Part[], keys: readonly (readonly Key[])[], total: number, kept: number): Int32Array {
  const codes = new Float64Array(total)
  let order: Int32Array = new Int32Array(kept)
  let at = 0
  let next = 0
  for (const part of parts) {
    for (let row = part.from; row < part.to; row++, at++) {
      const code = codeOf(part, row)
      codes[at] = code
      if (code >= 0) order[next++] = at
    }
  }
  let spare: Int32Array = new Int32Array(kept)
  const values = new Float64Array(total)
  for (let k = keys.length; k >= 0; k--) {
    const key = k === 0 ? codes : layOut(parts, keys[k - 1], values)
    const sorted = sortByKey(order, spare, key)
    if (sorted !== order) {
      spare = order
      order = sorted
    }
  }
  return order
}

function layOut(parts: readonly Part[], key: readonly Key[], into: Float64Array): Float64Array {
  let at = 0
  for (let p = 0; p < parts.length; p++) {
    const values = key[p]
    for (let row = parts[p].from; row < parts[p].to; row++) into[at++] = values[row]
  }
  return into
}

const DIGIT = 65536

/** Stable sort of `order` by whole-number keys, 16 bits at a time; the result is one of the two arrays given. */
function sortByKey(order: Int32Array, spare: Int32Array, key: Float64Array): Int32Array {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const row of order) {
    const value = key[row]
    if (value < low) low = value
    if (value > high) high = value
  }
  let from = order
  let to = spare
  const counts = new Int32Array(DIGIT + 1)
  for (let unit = 1; (high - low) / unit >= 1; unit *= DIGIT) {
    counts.fill(0)
    for (const row of from) counts[(Math.floor((key[row] - low) / unit) % DIGIT) + 1]++
    for (let d = 0; d < DIGIT; d++) counts[d + 1] += counts[d]
    for (const row of from) to[counts[Math.floor((key[row] - low) / unit) % DIGIT]++] = row
    const swap = from
    from = to
    to = swap
  }
  return from
}

function invert(order: Int32Array, total: number): Int32Array {
  const place = new Int32Array(total).fill(-1)
  for (let i = 0; i < order.length; i++) place[order[i]] = i
  return place
}
