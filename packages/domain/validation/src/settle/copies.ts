import type { Column } from '@afferent/records'
import { isPresent, RECORD_TABLES } from '@afferent/records'
import type { JudgedRows } from './judged-rows.ts'
import { columnIn } from './judged-rows.ts'

/**
 * Rows in use that describe the same thing (`key` of their table, R-DUP), two or more each. Rows must be sorted by subject
 * and key. An intake without product is told by its class.
 */
export function findCopies(rows: JudgedRows): number[][] {
  const { table, fate } = rows
  const keys = RECORD_TABLES[rows.name].key.map((name) => columnIn(rows, name)).filter((key) => key !== undefined)
  const values = keys.map((key) => key.values)
  const groups: number[][] = []
  let start = 0
  for (let row = 1; row <= table.rows; row++) {
    if (row < table.rows && table.subject[row] === table.subject[start] && sameKey(values, start, row)) continue
    if (row - start > 1) groups.push(...splitByPresence(rows, keys, usedRows(fate, start, row)))
    start = row
  }
  return groups
}

function sameKey(values: readonly Column['values'][], a: number, b: number): boolean {
  for (let k = 0; k < values.length; k++) if (values[k][a] !== values[k][b]) return false
  return true
}

function usedRows(fate: Uint8Array, from: number, to: number): number[] {
  const used: number[] = []
  for (let row = from; row < to; row++) if (fate[row] === 0) used.push(row)
  return used
}

/** A missing part of a key is stored as 0 and must not be taken for one. */
function splitByPresence(rows: JudgedRows, keys: readonly Column[], group: readonly number[]): number[][] {
  if (group.length < 2) return []
  const product = columnIn(rows, 'product')
  const byClass = rows.name === 'intakes' ? columnIn(rows, 'medicationClass') : undefined
  const parts = new Map<string, number[]>()
  for (const row of group) {
    const signature: number[] = keys.map((key) => (isPresent(key.valid, row) ? 1 : 0))
    const unnamed = product === undefined || !isPresent(product.valid, row)
    if (byClass !== undefined && unnamed) signature.push(isPresent(byClass.valid, row) ? 2 + byClass.values[row] : -1)
    const part = parts.get(signature.join(' '))
    if (part === undefined) parts.set(signature.join(' '), [row])
    else part.push(row)
  }
  return [...parts.values()].filter((part) => part.length > 1)
}
