import { allocate, type ColumnOf, compareBytes, markPresent, type TextColumn } from '@afferent/records'

/**
 * Columns that are filled row by row; a row nobody puts is missing. One class per kind of array, so that each `put` is
 * compiled for its own: millions of rows go through them. Columns that are always filled together share one mask.
 */
export class Doubles {
  private readonly values: Float64Array
  private readonly valid: Uint8Array

  constructor(rows: number) {
    this.values = allocate.f64(rows)
    this.valid = allocate.mask(rows)
  }

  put(row: number, value: number): void {
    this.values[row] = value
    markPresent(this.valid, row)
  }

  column(): ColumnOf<'f64'> {
    return { kind: 'f64', values: this.values, valid: this.valid }
  }
}

export class Integers {
  readonly values: Int32Array
  private readonly valid: Uint8Array

  constructor(rows: number, valid: Uint8Array = allocate.mask(rows)) {
    this.values = allocate.i32(rows)
    this.valid = valid
  }

  put(row: number, value: number): void {
    this.values[row] = value
    markPresent(this.valid, row)
  }

  column(): ColumnOf<'i32'> {
    return { kind: 'i32', values: this.values, valid: this.valid }
  }
}

/** Text over a short dictionary known beforehand (sorted in byte order). */
export class ShortCodes {
  readonly values: Uint8Array
  private readonly valid: Uint8Array
  private readonly dictionary: readonly string[]

  constructor(dictionary: readonly string[], rows: number, valid: Uint8Array = allocate.mask(rows)) {
    this.dictionary = dictionary
    this.values = allocate.u8(rows)
    this.valid = valid
  }

  put(row: number, code: number): void {
    this.values[row] = code
    markPresent(this.valid, row)
  }

  column(): TextColumn {
    return { kind: 'text', values: this.values, valid: this.valid, dictionary: this.dictionary }
  }
}

/** Text over a dictionary that the study names: parameters, phases, treatments. */
export class Codes {
  readonly values: Uint16Array
  private readonly valid: Uint8Array
  private readonly dictionary: readonly string[]

  constructor(dictionary: readonly string[], rows: number) {
    this.dictionary = dictionary
    this.values = allocate.u16(rows)
    this.valid = allocate.mask(rows)
  }

  put(row: number, code: number): void {
    this.values[row] = code
    markPresent(this.valid, row)
  }

  column(): TextColumn {
    return { kind: 'text', values: this.values, valid: this.valid, dictionary: this.dictionary }
  }
}

/** A column that holds Y or nothing. */
export class Flags {
  private readonly values: Uint8Array
  private readonly valid: Uint8Array

  constructor(rows: number) {
    this.values = allocate.u8(rows)
    this.valid = allocate.mask(rows)
  }

  put(row: number): void {
    markPresent(this.valid, row)
  }

  column(): TextColumn {
    return { kind: 'text', values: this.values, valid: this.valid, dictionary: ['Y'] }
  }
}

export const sorted = (words: readonly string[]): readonly string[] => [...words].sort(compareBytes)
