import { allocate, FindingsBuilder } from '@afferent/records'
import { VOTES } from './cell-decoder.ts'
import { ColumnSlot } from './column-slot.ts'
import type { Encoding } from './dialect.ts'
import type { ColumnRequest, ColumnVotes, RawColumn } from './request.ts'
import { RowSet } from './row-set.ts'

/** Rows of one range while they are read: columns, lines, findings, votes. Only `commit` makes a row count. */
export class GrowingRows {
  readonly slots: readonly ColumnSlot[]
  readonly sets: readonly RowSet[]
  readonly findings = new FindingsBuilder()
  /** The row being read. */
  row = 0
  capacity = 0
  /** Line of the range, from 1, at which that row begins. */
  line = 1
  firstLine = 1
  blank = 0
  badRows = 0
  /** Votes of the row being read, as slot * 8 + vote. */
  readonly pending: Int32Array
  pendingVotes = 0
  private readonly votes: Float64Array
  private lines: Int32Array | null = null
  private bad: Uint8Array | null = null

  constructor(requests: readonly ColumnRequest[], encoding: Encoding) {
    const sets = requests.map(({ bit }) => (bit === undefined ? 0 : bit.set + 1))
    this.sets = Array.from({ length: Math.max(0, ...sets) }, () => new RowSet())
    const slots = requests.map((request) => new ColumnSlot(request, encoding, this.sets))
    this.slots = slots
    this.pending = new Int32Array(slots.length)
    this.votes = new Float64Array(slots.length * 8)
  }

  /** Room for that many rows. */
  reserve(rows: number): void {
    for (const slot of this.slots) slot.reserve(rows)
    for (const set of this.sets) set.reserve(rows)
    if (this.lines !== null) this.lines = copied(this.lines, allocate.i32(rows))
    if (this.bad !== null) this.bad = copied(this.bad, allocate.mask(rows))
    this.capacity = rows
  }

  /** The row being read is complete; says whether rows and lines run in step. */
  commit(): boolean {
    const row = this.row
    if (this.lines !== null) this.lines[row] = this.line
    else if (this.line !== this.firstLine + row) this.placeLine(row)
    for (let i = 0; i < this.pendingVotes; i++) this.votes[this.pending[i]]++
    this.row = row + 1
    return this.lines === null
  }

  /** Whether rows and lines run in step, so that a row without votes counts without `commit`. */
  isInStep(): boolean {
    return this.lines === null && this.line === this.firstLine + this.row
  }

  /** Lines no longer run in step with rows. */
  private placeLine(row: number): void {
    if (row === 0) {
      this.firstLine = this.line
      return
    }
    this.lines = allocate.i32(this.capacity)
    for (let i = 0; i < row; i++) this.lines[i] = this.firstLine + i
    this.lines[row] = this.line
  }

  /** A record of empty cells: counted and said, never a row. */
  leaveOut(): void {
    for (const slot of this.slots) slot.clear(this.row)
    this.blank++
    this.findings.add({ rule: 'row-blank', line: this.line })
  }

  /** The row being read has a finding of severity error. */
  markBad(): void {
    this.bad ??= allocate.mask(this.capacity)
    const bit = 1 << (this.row & 7)
    if ((this.bad[this.row >> 3] & bit) === 0) this.badRows++
    this.bad[this.row >> 3] |= bit
  }

  /** Lines of the rows, or null: `firstLine + row`. */
  linesOfRows(): Int32Array | null {
    return this.lines?.subarray(0, this.row) ?? null
  }

  badOfRows(): Uint8Array | null {
    return this.bad?.subarray(0, (this.row + 7) >> 3) ?? null
  }

  columns(): RawColumn[] {
    return this.slots.map((slot) => slot.finish(this.row))
  }

  votesOfSlots(): ColumnVotes[] {
    return this.slots.map((_, k) => votesOf(this.votes, k))
  }
}

function votesOf(votes: Float64Array, k: number): ColumnVotes {
  return Object.fromEntries(VOTES.map((name, i) => [name, votes[k * 8 + i + 1]])) as unknown as ColumnVotes
}

function copied<T extends Uint8Array | Int32Array>(old: T, fresh: T): T {
  fresh.set(old)
  return fresh
}
