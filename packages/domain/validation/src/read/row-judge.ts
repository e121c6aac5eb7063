import type { RawTable } from '@afferent/formats'
import type { RuleId } from '@afferent/records'
import { markPresent, maskBytes } from '@afferent/records'
import type { Slot } from './read-plan.ts'

/** A finding on one row whose cell has still to be looked up. */
export interface Pending {
  readonly rule: RuleId
  readonly row: number
  /** Request whose cell is shown, or -1. */
  readonly request: number
  readonly detail: string
  /** The cell as found, where it is known already. */
  readonly value: string | null
}

/** What rules say about the rows of one range. Every row has one fate: quarantined, left out by one rule, or used. */
export interface RowJudge {
  readonly rows: number
  readonly pending: readonly Pending[]
  /** An error: the row is quarantined. */
  reject(row: number, rule: RuleId, slot: Slot | null, detail?: string, value?: string): void
  /** Nothing wrong with it, but the row is left out. */
  exclude(row: number, rule: RuleId, slot: Slot | null, detail?: string): void
  /** The row is used, and somebody should look. */
  remark(row: number, rule: RuleId, slot: Slot | null, detail?: string, value?: string): void
  isBad(row: number): boolean
  isOut(row: number): boolean
  /** Bit per quarantined row, or null. */
  bad(): Uint8Array | null
  /** Bit per row that is not used, or null. */
  dropped(): Uint8Array | null
  counts(): { readonly quarantined: number; readonly excluded: Readonly<Partial<Record<RuleId, number>>> }
}

export function judgeRows(raw: Pick<RawTable, 'rows' | 'bad'>): RowJudge {
  const { rows } = raw
  const pending: Pending[] = []
  const excluded = new Map<number, RuleId>()
  let bad = raw.bad
  let owned = false

  function add(row: number, rule: RuleId, slot: Slot | null, detail = '', value: string | null = null): void {
    pending.push({ rule, row, request: slot?.request ?? -1, detail, value })
  }

  const isBad = (row: number): boolean => bad !== null && (bad[row >> 3] & (1 << (row & 7))) !== 0

  return {
    rows,
    pending,
    isBad,
    isOut: (row) => isBad(row) || excluded.has(row),
    reject(row, rule, slot, detail, value) {
      add(row, rule, slot, detail, value)
      if (!owned) {
        bad = bad === null ? new Uint8Array(maskBytes(rows)) : bad.slice()
        owned = true
      }
      markPresent(bad as Uint8Array, row)
    },
    exclude(row, rule, slot, detail) {
      if (isBad(row) || excluded.has(row)) return
      add(row, rule, slot, detail)
      excluded.set(row, rule)
    },
    remark: add,
    bad: () => bad,
    dropped() {
      if (excluded.size === 0) return bad
      const out = bad === null ? new Uint8Array(maskBytes(rows)) : bad.slice()
      for (const row of excluded.keys()) markPresent(out, row)
      return out
    },
    counts() {
      const counts: Partial<Record<RuleId, number>> = {}
      for (const [row, rule] of excluded) if (!isBad(row)) counts[rule] = (counts[rule] ?? 0) + 1
      return { quarantined: countBits(bad), excluded: counts }
    },
  }
}

function countBits(mask: Uint8Array | null): number {
  let count = 0
  for (const byte of mask ?? []) for (let rest = byte; rest !== 0; rest &= rest - 1) count++
  return count
}
