import { allocate, type Column, type Validity } from '@afferent/records'
import { ByteInterner, hashBytes } from './byte-interner.ts'
import { CellDecoder, MISSING, VALUE } from './cell-decoder.ts'
import type { Encoding } from './dialect.ts'
import { NO_OFFSET } from './read-instant.ts'
import type { CellType, ColumnRequest, RawColumn } from './request.ts'
import type { RowSet } from './row-set.ts'

/** Which array holds a slot's values. */
export const U8 = 0
export const I16 = 1
export const I32 = 2
export const F64 = 3
/** A bit of a set that several slots share. */
export const BIT = 4

/** Distinct cells remembered with their meaning; beyond that cells are decoded anew. Text columns remember all. */
const REMEMBERED = 1 << 14

/**
 * The column one request grows into: values, a bitmap of missing rows, and what is known of cells seen before.
 *
 * Cells are looked up by their bytes, so that a text that stands in a million rows is decoded once. Writing a row again
 * overwrites what the row held.
 */
export class ColumnSlot {
  readonly request: ColumnRequest
  readonly target: number
  readonly interner = new ByteInterner()
  readonly decoder: CellDecoder
  u8: Uint8Array = new Uint8Array(0)
  i16: Int16Array = new Int16Array(0)
  i32: Int32Array = new Int32Array(0)
  f64: Float64Array = new Float64Array(0)
  /** Bits of rows without a value. */
  missing: Uint8Array = new Uint8Array(0)
  /** Offsets of instants, NO_OFFSET where none was written. */
  offsets: Int16Array = new Int16Array(0)
  /** Meaning of interned cells: status, value, vote. For text the value is the code. */
  entryStatus = new Uint8Array(64)
  entryValue = new Float64Array(64)
  entryVote = new Uint8Array(64)
  dictionary: string[] = []
  /** Of the cell last asked for. */
  status = VALUE
  value = 0
  vote = 0

  private readonly set: RowSet | null
  private readonly encoding: Encoding
  private readonly isText: boolean
  private readonly isInstant: boolean
  private untimed: Uint8Array = new Uint8Array(0)

  constructor(request: ColumnRequest, encoding: Encoding, sets: readonly RowSet[] = []) {
    this.request = request
    this.set = request.bit === undefined ? null : sets[request.bit.set]
    this.encoding = encoding
    this.decoder = new CellDecoder(request, encoding)
    this.target = request.bit === undefined ? targetOf(request.type) : BIT
    this.isText = request.type.kind === 'text'
    this.isInstant = request.type.kind === 'instant'
  }

  /** Room for that many rows; what was written stays. */
  reserve(rows: number): void {
    if (this.target === BIT) return
    if (this.target === U8) this.u8 = extended(this.u8, allocate.u8(rows))
    else if (this.target === I16) this.i16 = extended(this.i16, allocate.i16(rows))
    else if (this.target === I32) this.i32 = extended(this.i32, allocate.i32(rows))
    else this.f64 = extended(this.f64, allocate.f64(rows))
    this.missing = extended(this.missing, allocate.mask(rows))
    if (!this.isInstant) return
    this.offsets = extended(this.offsets, allocate.i16(rows))
    this.untimed = extended(this.untimed, allocate.mask(rows))
  }

  /** Decides what a trimmed cell means: `status`, `value`, `vote`. */
  look(buf: Uint8Array, start: number, end: number): number {
    if (this.isInstant) return this.decode(buf, start, end)
    return this.lookHashed(buf, start, end, hashBytes(buf, start, end))
  }

  lookHashed(buf: Uint8Array, start: number, end: number, hash: number): number {
    let entry = this.interner.find(buf, start, end, hash)
    if (entry < 0) {
      if (!this.isText && this.interner.count >= REMEMBERED) return this.decode(buf, start, end)
      entry = this.remember(buf, start, end, hash)
    }
    this.entry = entry
    this.status = this.entryStatus[entry] as number
    this.value = this.entryValue[entry] as number
    this.vote = this.entryVote[entry] as number
    return this.status
  }
  /** Entry of the cell last looked up by hash. */
  entry = 0

  private decode(buf: Uint8Array, start: number, end: number): number {
    this.status = this.decoder.decode(buf, start, end)
    this.value = this.decoder.value
    this.vote = this.decoder.vote
    return this.status
  }

  private remember(buf: Uint8Array, start: number, end: number, hash: number): number {
    const status = this.decode(buf, start, end)
    const entry = this.interner.add(buf, start, end, hash)
    if (entry >= this.entryStatus.length) {
      this.entryStatus = extended(this.entryStatus, new Uint8Array(entry * 2))
      this.entryValue = extended(this.entryValue, new Float64Array(entry * 2))
      this.entryVote = extended(this.entryVote, new Uint8Array(entry * 2))
    }
    if (this.isText && status === VALUE) {
      this.value = this.dictionary.length
      this.dictionary.push(this.interner.text(entry, this.encoding))
    }
    this.entryStatus[entry] = status
    this.entryValue[entry] = this.value
    this.entryVote[entry] = this.vote
    return entry
  }

  /** Writes what was last looked at. Anything but VALUE is missing. */
  write(row: number): void {
    const present = this.status === VALUE
    const value = present ? this.value : 0
    if (this.set !== null && this.request.bit !== undefined) {
      this.set.put(row, this.request.bit.bit, present, value !== 0)
      return
    }
    if (this.target === U8) this.u8[row] = value
    else if (this.target === I16) this.i16[row] = value
    else if (this.target === I32) this.i32[row] = value
    else this.f64[row] = value
    const bit = 1 << (row & 7)
    const byte = row >> 3
    if (present) this.missing[byte] = (this.missing[byte] as number) & ~bit
    else this.missing[byte] = (this.missing[byte] as number) | bit
    if (this.isInstant) this.writeOffset(row, present)
  }

  /** No value in this row; in a column of presence that is a 0. */
  writeMissing(row: number): void {
    this.status = this.request.type.kind === 'presence' ? VALUE : MISSING
    this.value = 0
    this.write(row)
  }

  private writeOffset(row: number, present: boolean): void {
    const offset = present ? this.decoder.offset : NO_OFFSET
    this.offsets[row] = offset
    const bit = 1 << (row & 7)
    const untimed = present && !this.decoder.timed
    const byte = this.untimed[row >> 3] as number
    this.untimed[row >> 3] = untimed ? byte | bit : byte & ~bit
  }

  /** Forgets what a record that is left out wrote into the row. */
  clear(row: number): void {
    this.status = VALUE
    this.value = 0
    if (this.set !== null) return
    this.missing[row >> 3] &= ~(1 << (row & 7))
    if (this.isInstant) this.writeOffset(row, false)
  }

  finish(rows: number): RawColumn {
    if (this.set !== null) {
      const { bits, asked } = this.set.columns(rows)
      return { name: this.request.name, column: bits, asked, offset: null, timed: null }
    }
    return {
      name: this.request.name,
      asked: null,
      column: this.column(rows, rowsNotIn(this.missing, rows)),
      offset: this.isInstant ? this.offsetColumn(rows) : null,
      timed: this.isInstant ? rowsNotIn(this.untimed, rows) : null,
    }
  }

  private column(rows: number, valid: Validity): Column {
    const kind = this.request.type.kind
    if (kind === 'text') return { kind, values: this.i32.subarray(0, rows), valid, dictionary: this.dictionary }
    if (kind === 'date') return { kind, values: this.i32.subarray(0, rows), valid }
    if (kind === 'instant') return { kind, values: this.f64.subarray(0, rows), valid }
    if (this.target === U8) return { kind: 'u8', values: this.u8.subarray(0, rows), valid }
    if (this.target === I16) return { kind: 'i16', values: this.i16.subarray(0, rows), valid }
    return { kind: 'f64', values: this.f64.subarray(0, rows), valid }
  }

  /** Null where no cell said its offset. */
  private offsetColumn(rows: number): RawColumn['offset'] {
    const values = this.offsets.subarray(0, rows)
    const unsaid = allocate.mask(rows)
    let said = 0
    for (let row = 0; row < rows; row++) {
      if (values[row] !== NO_OFFSET) said++
      else {
        values[row] = 0
        unsaid[row >> 3] = (unsaid[row >> 3] as number) | (1 << (row & 7))
      }
    }
    return said === 0 ? null : { kind: 'i16', values, valid: rowsNotIn(unsaid, rows) }
  }
}

function targetOf(type: CellType): number {
  if (type.kind === 'code' || type.kind === 'flag' || type.kind === 'presence') return U8
  if (type.kind === 'text' || type.kind === 'date') return I32
  if (type.kind !== 'number' || !type.integer || type.divisor !== 1 || type.min === null || type.max === null)
    return F64
  if (type.min >= 0 && type.max <= 255) return U8
  return type.min >= -32_768 && type.max <= 32_767 ? I16 : F64
}

function extended<T extends Uint8Array | Int16Array | Int32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old as never)
  return fresh
}

/** The bitmap of rows that are not in `mask`, bits behind the last row 0; null: none is in it. */
function rowsNotIn(mask: Uint8Array, rows: number): Uint8Array | null {
  const out = allocate.mask(rows)
  let any = 0
  for (let i = 0; i < out.length; i++) {
    const kept = i === out.length - 1 && (rows & 7) !== 0 ? 0xff >> (8 - (rows & 7)) : 0xff
    any |= mask[i] & kept
    out[i] = ~mask[i] & kept
  }
  return any === 0 ? null : out
}
