import { HASH_PRIME, HASH_SEED } from './byte-interner.ts'
import { CR, cellEnds, delimiterByte, LF, MAX_CELL_BYTES, NUL, QUOTE, SPACE, TAB } from './bytes.ts'
import { FAULT, MISSING, trimEnd, trimStart, VALUE } from './cell-decoder.ts'
import type { Delimiter } from './dialect.ts'
import type { GrowingRows } from './growing-rows.ts'
import type { RowPlan } from './plan-row.ts'
import type { RecordBuffer } from './record-buffer.ts'

/**
 * What the compiled row loop (compile-rows.ts) leaves to others: cells of plain records that it does not read in place, and what it
 * must remember from row to row.
 */
export class CellReader {
  /** Where the loop ended. */
  next = 0
  /** 1 for bytes at which an unquoted cell ends or goes wrong. */
  readonly ends: Uint8Array
  /** 1 for bytes a record of nothing consists of. */
  readonly empty: Uint8Array
  /** Per slot: value of a cell of one byte, -1: not decided by it. */
  readonly single: readonly Int16Array[]
  // Bytes of the unquoted cell a text column held last, in its interner's arena: the next row often holds it again.
  readonly lastArena: Uint8Array[]
  readonly lastStart: Int32Array
  readonly lastLength: Int32Array
  readonly lastCode: Int32Array
  private readonly plan: RowPlan
  private readonly rows: GrowingRows
  private readonly buffer: RecordBuffer
  private readonly delimiter: number

  constructor(plan: RowPlan, rows: GrowingRows, buffer: RecordBuffer, delimiter: Delimiter) {
    const n = rows.slots.length
    this.plan = plan
    this.single = plan.single
    this.rows = rows
    this.buffer = buffer
    this.delimiter = delimiterByte(delimiter)
    this.ends = cellEnds(this.delimiter)
    this.empty = new Uint8Array(256)
    for (const byte of [this.delimiter, SPACE, TAB, QUOTE, LF, CR]) this.empty[byte] = 1
    this.lastArena = rows.slots.map((slot) => slot.interner.arena)
    this.lastStart = new Int32Array(n)
    this.lastLength = new Int32Array(n)
    this.lastCode = new Int32Array(n)
  }

  /** Whether a record holds nothing but empty cells (quoted blanks are empty too), written by the rules. */
  isEmpty(start: number, end: number): boolean {
    const { bytes } = this.buffer
    let quoted = false
    for (let p = start; p < end; p++) {
      const c = bytes[p]
      if (this.empty[c] === 0 || (quoted && c === this.delimiter && c !== TAB)) return false
      if (c !== QUOTE) continue
      const edge = quoted ? bytes[p + 1] : p === start ? this.delimiter : bytes[p - 1]
      if (edge !== this.delimiter && !(quoted && (p + 1 >= end || edge === LF || edge === CR))) return false
      quoted = !quoted
    }
    return true
  }

  /** Behind the closing quote of a cell on one line; -1: the record is not plain. */
  skipQuoted(at: number): number {
    const { bytes } = this.buffer
    let p = at + 1
    for (;;) {
      const c = bytes[p]
      if (c === LF || c === CR || c === NUL) return -1
      if (c === QUOTE) {
        if (bytes[p + 1] !== QUOTE) return p - at > MAX_CELL_BYTES ? -1 : p + 1
        p++
      }
      p++
    }
  }

  /** An unquoted text cell that differs from the one before. */
  textCell(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const { ends } = this
    let hash = HASH_SEED
    let p = at
    while (ends[bytes[p]] === 0) hash = Math.imul(hash ^ bytes[p++], HASH_PRIME)
    return this.takeText(k, row, at, p, hash) ? p : this.otherCell(k, row, at)
  }

  /** The same in quotes, as long as no delimiter and no quote is inside. */
  quotedText(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const { ends } = this
    let hash = HASH_SEED
    let p = at + 1
    while (ends[bytes[p]] === 0) hash = Math.imul(hash ^ bytes[p++], HASH_PRIME)
    const closed = bytes[p] === QUOTE && bytes[p + 1] !== QUOTE
    return closed && this.takeText(k, row, at + 1, p, hash) ? p + 1 : this.otherCell(k, row, at)
  }

  /** False: empty, blank at an end, missing or too long, which `otherCell` judges. */
  private takeText(k: number, row: number, start: number, end: number, hash: number): boolean {
    const { bytes } = this.buffer
    if (start === end || bytes[start] <= SPACE || bytes[end - 1] <= SPACE || end - start > MAX_CELL_BYTES) return false
    const slot = this.rows.slots[k]
    if (slot.lookHashed(bytes, start, end, hash) !== VALUE) return false
    slot.i32[row] = slot.value
    this.lastArena[k] = slot.interner.arena
    this.lastStart[k] = slot.interner.starts[slot.entry]
    this.lastLength[k] = end - start
    this.lastCode[k] = slot.value
    return true
  }

  /** Any cell of a plain record; -1: it needs a finding, or the record is not plain. */
  otherCell(k: number, row: number, at: number): number {
    const { bytes } = this.buffer
    const slot = this.rows.slots[k]
    const quoted = bytes[at] === QUOTE
    if (!quoted && this.ends[bytes[at]] !== 0 && !slot.request.required) {
      slot.writeMissing(row)
      return at
    }
    const next = quoted ? this.skipQuoted(at) : this.endOfCell(at)
    if (next < 0) return -1
    let start = quoted ? at + 1 : at
    let end = quoted ? next - 1 : next
    if (quoted && hasQuote(bytes, start, end)) return -1
    if (!quoted || slot.request.type.kind !== 'text') {
      start = trimStart(bytes, start, end)
      end = trimEnd(bytes, start, end)
    }
    const status = slot.look(bytes, start, end)
    if (status >= FAULT || (status === MISSING && slot.request.required)) return -1
    if (slot.vote !== 0) this.rows.pending[this.rows.pendingVotes++] = (k << 3) | slot.vote
    slot.write(row)
    return next
  }

  sharedCell(column: number, row: number, at: number): number {
    const shared = this.plan.shared.get(column)
    if (shared === undefined) return this.otherCell(this.plan.slot[column], row, at)
    let next = -1
    for (const k of shared) {
      next = this.otherCell(k, row, at)
      if (next < 0) return -1
    }
    return next
  }

  private endOfCell(at: number): number {
    const { bytes } = this.buffer
    let p = at
    while (this.ends[bytes[p]] === 0) p++
    return p - at > MAX_CELL_BYTES ? -1 : p
  }
}

function hasQuote(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (bytes[p] === QUOTE) return true
  return false
}
