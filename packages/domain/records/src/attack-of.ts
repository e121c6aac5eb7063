import { type Column, isPresent } from './column.ts'
import type { RecordTable } from './tables.ts'

/** How a follow-up names its attack, and when it took place; null: it does not say. */
export interface AttackName {
  readonly number: number | null
  readonly t0: number | null
  readonly taken: number | null
}

/**
 * Row of the attack that a follow-up belongs to, among the rows `from` (included) to `to` (not) of one subject; -1: none.
 *
 * Definition  the attack of the number it names, else the attack of its t0. Of several attacks with that number the last
 *             that began at or before the follow-up, else the first [P] (`attack-number-twice`).
 */
export function attackOf(attacks: RecordTable<'attacks'>, from: number, to: number, name: AttackName): number {
  const { number, t0 } = attacks.columns
  let first = -1
  let before = -1
  let same = -1
  for (let row = from; row < to; row++) {
    if (name.t0 !== null && t0?.values[row] === name.t0) same = row
    if (name.number === null || cellAt(number, row) !== name.number) continue
    if (first < 0) first = row
    if (name.taken !== null && (t0?.values[row] as number) <= name.taken) before = row
  }
  if (before >= 0) return before
  return first >= 0 ? first : same
}

const cellAt = (column: Column | undefined, row: number): number | null =>
  column !== undefined && isPresent(column.valid, row) ? (column.values[row] as number) : null
