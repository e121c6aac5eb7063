import { allocate, type ColumnOf, compareBytes, markPresent, maskBytes, type TextColumn } from '@afferent/records'

type Values = Uint8Array | Uint16Array | Int16Array | Int32Array | Float64Array

/** The values in an array of at least `rows` places. */
export function widened<T extends Values>(values: T, rows: number, kind: 'u8' | 'u16' | 'i16' | 'i32' | 'f64'): T {
  const wide = allocate[kind](rows)
  wide.set(values)
  return wide as unknown as T
}

/**
 * Arrays that lie behind one another in one piece of memory: to ask for twenty costs more than for one. Wider kinds must be
 * asked for first.
 */
export class Block {
  private readonly buffer: SharedArrayBuffer
  private at = 0

  constructor(bytes: number) {
    this.buffer = allocate.u8(bytes).buffer
  }

  f64 = (n: number): Float64Array => new Float64Array(this.buffer, this.take(8 * n), n)
  i32 = (n: number): Int32Array => new Int32Array(this.buffer, this.take(4 * n), n)
  i16 = (n: number): Int16Array => new Int16Array(this.buffer, this.take(2 * n), n)
  u16 = (n: number): Uint16Array => new Uint16Array(this.buffer, this.take(2 * n), n)
  u8 = (n: number): Uint8Array => new Uint8Array(this.buffer, this.take(n), n)

  private take(bytes: number): number {
    const from = this.at
    this.at += bytes
    return from
  }
}

/**
 * Columns that are filled row by row; a row nobody puts is missing. One class per kind of array, so that each `put` is
 * compiled for its own. `column` takes the first `rows`.
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

  column(rows: number): ColumnOf<'f64'> {
    return { kind: 'f64', values: this.values.subarray(0, rows), valid: this.valid.subarray(0, maskBytes(rows)) }
  }
}

/** Text over a short dictionary known beforehand (sorted in byte order). */
export class ShortCodes {
  private readonly values: Uint8Array
  private readonly valid: Uint8Array
  private readonly dictionary: readonly string[]

  constructor(dictionary: readonly string[], rows: number) {
    this.dictionary = dictionary
    this.values = allocate.u8(rows)
    this.valid = allocate.mask(rows)
  }

  put(row: number, code: number): void {
    this.values[row] = code
    markPresent(this.valid, row)
  }

  column(rows: number): TextColumn {
    const values = this.values.subarray(0, rows)
    return { kind: 'text', values, valid: this.valid.subarray(0, maskBytes(rows)), dictionary: this.dictionary }
  }
}

/** Text over a dictionary that the study names: parameters, phases, treatments, words of answers. */
export class Codes {
  private values: Uint16Array
  private valid: Uint8Array
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

  reserve(rows: number): void {
    this.values = widened(this.values, rows, 'u16')
    this.valid = widened(this.valid, maskBytes(rows), 'u8')
  }

  column(rows: number): TextColumn {
    const values = this.values.subarray(0, rows)
    return { kind: 'text', values, valid: this.valid.subarray(0, maskBytes(rows)), dictionary: this.dictionary }
  }
}

/**
 * Codes of a column that few studies fill: it gets its places when the first row says something. Which rows do is kept
 * elsewhere.
 */
export class LateCodes {
  private values: Uint8Array | Uint16Array | null = null
  private readonly kind: 'u8' | 'u16'
  private rows: number

  constructor(kind: 'u8' | 'u16', rows: number) {
    this.kind = kind
    this.rows = rows
  }

  put(row: number, code: number): void {
    this.values ??= allocate[this.kind](this.rows)
    this.values[row] = code
  }

  reserve(rows: number): void {
    this.rows = rows
    if (this.values !== null) this.values = widened(this.values, rows, this.kind)
  }

  /** The first `rows` codes; `zeros`, at least as many, where nobody said anything. */
  of(rows: number, zeros: Uint16Array): Uint8Array | Uint16Array {
    if (this.values !== null) return this.values.subarray(0, rows)
    return this.kind === 'u16' ? zeros.subarray(0, rows) : new Uint8Array(zeros.buffer, 0, rows)
  }
}

export const sorted = (words: Iterable<string>): readonly string[] => [...new Set(words)].sort(compareBytes)
