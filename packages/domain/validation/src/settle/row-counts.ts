import type { Column, RowCounts, RuleId } from '@afferent/records'
import { isPresent, RULES } from '@afferent/records'
import { columnIn, FATES, type JudgedRows, nextJudged } from './judged-rows.ts'
import { BROUGHT_ALONG, preferRows } from './physical-rows.ts'

/** Physical rows of some tables by their fate. */
export type FateCounts = RowCounts

export const NO_ROWS: RowCounts = { read: 0, used: 0, quarantined: 0, excluded: {} }

/**
 * Physical rows by fate. A row that feeds several records (a column per visit or day) is used if any of them is; else it
 * shares the fate that comes first in `FATES`, so that it is counted once.
 */
export function countFates(rows: JudgedRows): RowCounts {
  const row = columnIn(rows, 'row')
  return toRowCounts(row === undefined ? countEach(rows.fate) : countPhysical(fatesOfPhysicalRows(rows, row)))
}

/** Most rows have no fate: they are counted by what lies between those that have one. */
function countEach(fate: Uint8Array): number[] {
  const counts = new Array<number>(FATES.length).fill(0)
  counts[0] = fate.length
  for (let row = nextJudged(fate, 0); row < fate.length; row = nextJudged(fate, row + 1)) {
    counts[0]--
    counts[fate[row]]++
  }
  return counts
}

function countPhysical(fates: Iterable<number>): number[] {
  const counts = new Array<number>(FATES.length).fill(0)
  for (const fate of fates) counts[fate]++
  return counts
}

function fatesOfPhysicalRows(rows: JudgedRows, row: Column): Iterable<number> {
  const fates = new Map<string, number>()
  for (let i = 0; i < rows.table.rows; i++) {
    if (isPresent(row.valid, i) && row.values[i] === BROUGHT_ALONG) continue
    const key = physicalRow(rows, row, i)
    fates.set(key, Math.min(fates.get(key) ?? rows.fate[i], rows.fate[i]))
  }
  return fates.values()
}

/** A record of a file whose rows give one record each (no `row`) is a row of its own. */
const physicalRow = (rows: JudgedRows, row: Column, i: number): string =>
  isPresent(row.valid, i)
    ? `${rows.origin === null ? 0 : rows.origin[i]} ${rows.table.subject[i]} ${row.values[i]}`
    : `record ${i}`

/** Which of two equal records is preferred: that of the physical row that says more. */
export function preferPhysicalRows(rows: JudgedRows): (a: number, b: number) => number {
  const row = columnIn(rows, 'row')
  if (row === undefined) return () => 0
  const columns = Object.entries(rows.table.columns).filter(([name]) => name !== 'row')
  const present = columns.map(([, column]) => column as Column | undefined).filter((column) => column !== undefined)
  return preferRows(rows.table.rows, present, (record) => physicalRow(rows, row, record))
}

function toRowCounts(counts: readonly number[]): RowCounts {
  let read = 0
  let quarantined = 0
  const excluded: Partial<Record<RuleId, number>> = {}
  counts.forEach((n, code) => {
    const rule = FATES[code]
    read += n
    if (rule === null || n === 0) return
    if (RULES[rule].severity === 'error') quarantined += n
    else excluded[rule] = n
  })
  return { read, used: counts[0], quarantined, excluded }
}

export function addCounts(a: RowCounts, b: RowCounts): RowCounts {
  const excluded = { ...a.excluded }
  for (const [rule, n] of Object.entries(b.excluded) as [RuleId, number][]) excluded[rule] = (excluded[rule] ?? 0) + n
  return { read: a.read + b.read, used: a.used + b.used, quarantined: a.quarantined + b.quarantined, excluded }
}

/** Throws unless every row has exactly one fate: a bug of ours, with the numbers. */
export function assertRowsAddUp(counts: RowCounts, what: string): void {
  const excluded = Object.values(counts.excluded).reduce((sum, n) => sum + n, 0)
  if (counts.read === counts.used + counts.quarantined + excluded) return
  throw new Error(
    `${what}: rows do not add up: ${counts.read} read, ${counts.used} used, ${counts.quarantined} quarantined, ${excluded} excluded`,
  )
}
