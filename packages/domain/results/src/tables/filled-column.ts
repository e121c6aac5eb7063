import { type Column, markPresent, maskBytes, type Validity } from '@afferent/records'

type Values = Uint8Array | Uint16Array | Int16Array | Int32Array | Float64Array
type Cells = { readonly values: Values; readonly valid: Validity }

/** Code in a lookup table that stands for 'missing'. */
export const NONE = -1

/** A column that is filled from several shards, one after the other. */
export class FilledColumn<T extends Uint16Array | Int32Array | Float64Array> {
  readonly values: T
  private readonly mask: Uint8Array
  private present = 0
  private readonly rows: number

  /** Both zeroed. */
  constructor(values: T, mask = new Uint8Array(maskBytes(values.length))) {
    this.values = values
    this.rows = values.length
    this.mask = mask
  }

  /** The mask, or null where no row is missing. */
  get valid(): Validity {
    return this.present === this.rows ? null : this.mask
  }

  put(row: number, value: number): void {
    this.values[row] = value
    markPresent(this.mask, row)
    this.present++
  }

  /** Takes a column over as it is. */
  append(at: number, column: Cells, rows: number): void {
    this.values.set(column.values.subarray(0, rows), at)
    if (column.valid === null) this.present += setBits(this.mask, at, rows)
    else this.present += copyBits(this.mask, at, column.valid, rows)
  }

  /** Codes of another dictionary looked up in a table of ours; NONE leaves the row missing. */
  look(at: number, column: Cells, table: Int32Array, rows: number): void {
    this.present += lookUp(this.values, this.mask, at, column, 0, rows, table)
  }
}

/** Looks rows of a column up in a table and puts what they find behind `at`; returns how many found something. */
export function lookUp(
  values: Values,
  mask: Uint8Array,
  at: number,
  { values: codes, valid }: Cells,
  from: number,
  rows: number,
  table: Int32Array,
): number {
  let present = 0
  for (let row = from; row < from + rows; row++) {
    const missing = valid !== null && ((valid[row >> 3] as number) & (1 << (row & 7))) === 0
    const code = missing ? NONE : (table[codes[row] as number] as number)
    const to = at + row - from
    values[to] = Math.max(code, 0)
    if (code < 0) continue
    mask[to >> 3] = (mask[to >> 3] as number) | (1 << (to & 7))
    present++
  }
  return present
}

export function setBits(mask: Uint8Array, at: number, rows: number): number {
  let row = at
  const end = at + rows
  for (; row < end && (row & 7) !== 0; row++) markPresent(mask, row)
  const whole = end & ~7
  if (row < whole) {
    mask.fill(0xff, row >> 3, whole >> 3)
    row = whole
  }
  for (; row < end; row++) markPresent(mask, row)
  return rows
}

/** Copies a mask behind another, byte by byte with a shift; returns how many rows are present. */
export function copyBits(mask: Uint8Array, at: number, from: Uint8Array, rows: number): number {
  const bytes = maskBytes(rows)
  const shift = at & 7
  let to = at >> 3
  let present = 0
  for (let i = 0; i < bytes; i++) {
    const spare = i === bytes - 1 ? bytes * 8 - rows : 0
    const byte = (from[i] as number) & (0xff >> spare)
    present += onesOf(byte)
    mask[to] = (mask[to] as number) | (byte << shift)
    to++
    if (shift > 0 && to < mask.length) mask[to] = (mask[to] as number) | (byte >> (8 - shift))
  }
  return present
}

function onesOf(byte: number): number {
  let bits = byte - ((byte >> 1) & 0x55)
  bits = (bits & 0x33) + ((bits >> 2) & 0x33)
  return (bits + (bits >> 4)) & 0x0f
}

export const textColumn = (column: FilledColumn<Uint16Array | Int32Array>, dictionary: readonly string[]): Column => ({
  kind: 'text',
  values: column.values,
  valid: column.valid,
  dictionary,
})
