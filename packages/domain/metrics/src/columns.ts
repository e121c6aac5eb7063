import { allocate, type ColumnKind, type ColumnOf, compareBytes, markPresent, type TextColumn } from '@afferent/records'

/** A column of numbers that is filled row by row; rows nobody writes are missing. */
export class Numbers<K extends 'f64' | 'i32'> {
  private readonly values: K extends 'f64' ? Float64Array : Int32Array
  private readonly valid: Uint8Array
  private readonly kind: K

  constructor(kind: K, rows: number) {
    this.kind = kind
    this.values = (kind === 'f64' ? allocate.f64(rows) : allocate.i32(rows)) as typeof this.values
    this.valid = allocate.mask(rows)
  }

  put(row: number, value: number): void {
    this.values[row] = value
    markPresent(this.valid, row)
  }

  column(): ColumnOf<K & ColumnKind> {
    return { kind: this.kind, values: this.values, valid: this.valid } as unknown as ColumnOf<K & ColumnKind>
  }
}

/** A text column over a dictionary that is known beforehand: sorted in byte order, codes written row by row. */
export class Codes {
  private readonly values: Uint8Array | Uint16Array
  private readonly valid: Uint8Array
  private readonly dictionary: readonly string[]

  constructor(dictionary: readonly string[], rows: number) {
    this.dictionary = dictionary
    this.values = dictionary.length <= 256 ? allocate.u8(rows) : allocate.u16(rows)
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

export const sorted = (words: readonly string[]): readonly string[] => [...words].sort(compareBytes)
