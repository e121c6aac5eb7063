import { type Column, markPresent, maskBytes, type Validity } from '@afferent/records'

type Cells = Uint8Array | Uint16Array | Int16Array | Int32Array | Float64Array

/** Code in a lookup table that stands for 'missing'. */
export const NONE = -1

/** A column that is filled from several shards, one after the other. */
export class FilledColumn<T extends Uint16Array | Int32Array | Float64Array> {
  readonly values: T
  private readonly mask: Uint8Array
  private present = 0
  private readonly rows: number

  constructor(values: T) {
    this.values = values
    this.rows = values.length
    this.mask = new Uint8Array(maskBytes(values.length))
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
  append(at: number, column: { readonly values: Cells; readonly valid: Validity }, rows: number): void {
    this.values.set(column.values.subarray(0, rows), at)
    if (column.valid === null) this.present += setBits(this.mask, at, rows)
    else this.present += copyBits(this.mask, at, column.valid, rows)
  }

  /** Codes of another dictionary (or of a parameter) looked up in a table of ours; NONE leaves the row missing. */
  look(
    at: number,
    column: { readonly values: Cells; readonly valid: Validity },
    table: Int32Array,
    rows: number,
  ): void {
    const { values, mask } = this
    const codes = column.values
    const { valid } = column
    let present = 0
    for (let row = 0; row < rows; row++) {
      if (valid !== null && ((valid[row >> 3] as number) & (1 << (row & 7))) === 0) continue
      const code = table[codes[row] as number] as number
      if (code < 0) continue
      const to = at + row
      values[to] = code
      mask[to >> 3] = (mask[to >> 3] as number) | (1 << (to & 7))
      present++
    }
    this.present += present
  }
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
