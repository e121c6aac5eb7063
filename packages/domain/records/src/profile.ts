/** What an unknown export looks like: made by `formats`, read by `study` to propose a study file, printed by `inspect`. */
export interface ExportProfile {
  readonly file: string
  readonly rows: number
  readonly encoding: string
  /** Why this encoding: 'byte-order mark', 'valid UTF-8', 'not valid UTF-8 at byte 5,021', ... */
  readonly encodingReason: string
  readonly delimiter: ',' | ';' | '\t' | '|'
  readonly decimal: '.' | ','
  /** Physical line of the header. */
  readonly headerLine: number
  /** Cells such as NA that stand for 'no value' in columns of numbers or dates; counted as missing. Absent: none. */
  readonly missingTokens?: readonly string[]
  readonly columns: readonly ColumnProfile[]
}

export interface ColumnProfile {
  readonly name: string
  readonly index: number
  readonly type: 'empty' | 'yes-no' | 'integer' | 'number' | 'date' | 'instant' | 'text'
  readonly missing: number
  /** Distinct values, counted up to 1,000. */
  readonly distinct: number
  /** Lowest and highest value as written, in the order of the type. */
  readonly min: string | null
  readonly max: string | null
  /** The most frequent values (at most 20), most frequent first, ties in byte order. */
  readonly values: readonly { readonly value: string; readonly count: number }[]
  readonly dateOrder: 'iso' | 'dmy' | 'mdy' | 'ambiguous' | null
  readonly decimal: '.' | ',' | null
}
