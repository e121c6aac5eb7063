import { allocate, type ColumnOf, compareBytes, markPresent, maskBytes, type TextColumn } from '@afferent/records'

/**
 * Columns that are filled row by row; a row nobody puts is missing. One class per kind of array, so that each `put` is
 * compiled for its own: millions of rows go through them. `reserve` makes room for rows; `column` takes the first `rows`.
 */
export interface FilledColumn {
  reserve(rows: number): void
}

type Values = Uint8Array | Uint16Array | Int16Array | Int32Array | Float64Array

/** The values in an array of at least `rows` places. */
export function widened<T extends Values>(values: T, rows: number, kind: 'u8' | 'u16' | 'i16' | 'i32' | 'f64'): T {
  const wide = allocate[kind](rows)
  wide.set(values)
  return wide as unknown as T
}

/** A mask that columns which are always filled together share. */
export class Presence {
  bits: Uint8Array

  constructor(rows: number) {
    this.bits = allocate.mask(rows)
  }

  reserve(rows: number): void {
    this.bits = widened(this.bits, maskBytes(rows), 'u8')
  }

  mark(row: number): void {
    markPresent(this.bits, row)
  }

  of(rows: number): Uint8Array {
    return this.bits.subarray(0, maskBytes(rows))
  }
}

export class Doubles implements FilledColumn {
  private values: Float64Array
  private readonly valid: Presence

  constructor(rows: number) {
    this.values = allocate.f64(rows)
    this.valid = new Presence(rows)
  }

  put(row: number, value: number): void {
    this.values[row] = value
    markPresent(this.valid.bits, row)
  }

  reserve(rows: number): void {
    this.values = widened(this.values, rows, 'f64')
    this.valid.reserve(rows)
  }

  column(rows: number): ColumnOf<'f64'> {
    return { kind: 'f64', values: this.values.subarray(0, rows), valid: this.valid.of(rows) }
  }
}

export class Integers implements FilledColumn {
  values: Int32Array
  private readonly valid: Presence

  constructor(rows: number) {
    this.values = allocate.i32(rows)
    this.valid = new Presence(rows)
  }

  /** The very values of others, to go on with. */
  static from(values: Int32Array, valid: Presence): Integers {
    const copy = new Integers(values.length)
    copy.values.set(values)
    copy.valid.bits.set(valid.bits)
    return copy
  }

  put(row: number, value: number): void {
    this.values[row] = value
    markPresent(this.valid.bits, row)
  }

  reserve(rows: number): void {
    this.values = widened(this.values, rows, 'i32')
    this.valid.reserve(rows)
  }

  column(rows: number): ColumnOf<'i32'> {
    return { kind: 'i32', values: this.values.subarray(0, rows), valid: this.valid.of(rows) }
  }
}

/** Text over a short dictionary known beforehand (sorted in byte order). */
export class ShortCodes implements FilledColumn {
  values: Uint8Array
  private readonly valid: Presence
  private readonly dictionary: readonly string[]

  constructor(dictionary: readonly string[], rows: number) {
    this.dictionary = dictionary
    this.values = allocate.u8(rows)
    this.valid = new Presence(rows)
  }

  put(row: number, code: number): void {
    this.values[row] = code
    markPresent(this.valid.bits, row)
  }

  reserve(rows: number): void {
    this.values = widened(this.values, rows, 'u8')
    this.valid.reserve(rows)
  }

  column(rows: number): TextColumn {
    const values = this.values.subarray(0, rows)
    return { kind: 'text', values, valid: this.valid.of(rows), dictionary: this.dictionary }
  }
}

/** Text over a dictionary that the study names: parameters, phases, treatments, words of answers. */
export class Codes implements FilledColumn {
  values: Uint16Array
  private readonly valid: Presence
  private readonly dictionary: readonly string[]

  constructor(dictionary: readonly string[], rows: number) {
    this.dictionary = dictionary
    this.values = allocate.u16(rows)
    this.valid = new Presence(rows)
  }

  put(row: number, code: number): void {
    this.values[row] = code
    markPresent(this.valid.bits, row)
  }

  reserve(rows: number): void {
    this.values = widened(this.values, rows, 'u16')
    this.valid.reserve(rows)
  }

  column(rows: number): TextColumn {
    const values = this.values.subarray(0, rows)
    return { kind: 'text', values, valid: this.valid.of(rows), dictionary: this.dictionary }
  }
}

/** A column that holds Y or nothing. */
export class Flags implements FilledColumn {
  private values: Uint8Array
  private readonly valid: Presence

  constructor(rows: number) {
    this.values = allocate.u8(rows)
    this.valid = new Presence(rows)
  }

  put(row: number): void {
    markPresent(this.valid.bits, row)
  }

  reserve(rows: number): void {
    this.values = widened(this.values, rows, 'u8')
    this.valid.reserve(rows)
  }

  column(rows: number): TextColumn {
    return { kind: 'text', values: this.values.subarray(0, rows), valid: this.valid.of(rows), dictionary: ['Y'] }
  }
}

export const sorted = (words: Iterable<string>): readonly string[] => [...new Set(words)].sort(compareBytes)
