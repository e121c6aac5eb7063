import type { Column, ColumnOf, Findings, Validity } from '@afferent/records'

export type DateOrder = 'iso' | 'dmy' | 'mdy'

/** What the cells of a column are. Blanks around the text do not count; the empty cell is missing. */
export type CellType =
  /** Text as written: codes and a dictionary in order of first appearance. Column kind `text`. */
  | { readonly kind: 'text' }
  /**
   * A decimal number, divided by `divisor` (1: as written). `min` and `max` hold for the number as written; outside
   * them, or not whole where `integer` says so: `out-of-range`. `decimal` null: decided over the whole column.
   * Column kind u8 or i16 where `integer`, `divisor` 1 and the limits allow, else f64.
   */
  | {
      readonly kind: 'number'
      readonly integer: boolean
      readonly min: number | null
      readonly max: number | null
      readonly divisor: number
      readonly decimal: '.' | ',' | DecimalVerdict | null
    }
  /** One of some texts, each with a value from 0 to 254; others are `value-unknown`. `fold`: upper case is lower case. */
  | { readonly kind: 'code'; readonly codes: readonly (readonly [string, number])[]; readonly fold: boolean }
  /** Y/N, yes/no, true/false in any case, or a count: 0 is no, more is yes. u8. */
  | { readonly kind: 'flag' }
  /**
   * A calendar date, a time of day after it is checked and left out. Year-first dates and dates with a month name are
   * read whatever the order; `null`: decided over the whole column; 'mixed' is the verdict that it cannot be.
   */
  | { readonly kind: 'date'; readonly order: DateOrder | 'mixed' | null }
  /**
   * Wall-clock milliseconds as written (f64, kind `instant`), with the offset in minutes (of Z: UTC_ALONE) beside it where one was written.
   * `dateOnly`: a date without a time is allowed (midnight, and not marked in `timed`). `epoch`: a bare number is a Unix
   * time (UTC_ALONE).
   */
  | {
      readonly kind: 'instant'
      readonly order: DateOrder | 'mixed' | null
      readonly dateOnly: boolean
      readonly epoch: 'seconds' | 'milliseconds' | null
    }
  /** '01h 00m', '1d 02h 15m', 'hh:mm', 'hh:mm:ss' or a plain number of `unit`; f64 in `unit`. */
  | { readonly kind: 'duration'; readonly unit: 'hours' | 'minutes' | 'seconds' }
  /** u8: 1 where the cell holds something, 0 where it is missing; never missing itself. */
  | { readonly kind: 'presence' }

/** 'thousands': no cell tells whether the mark is a decimal one; 'mixed': cells contradict each other. */
export type DecimalVerdict = 'thousands' | 'mixed'

/** One column of the export to be read. The same column may be requested more than once. */
export interface ColumnRequest {
  /** Position in the header, from 0. */
  readonly column: number
  /** Its name in the header, as findings print it. */
  readonly name: string
  readonly type: CellType
  /** Texts that mean 'no value', beside the empty cell; compared exactly after trimming. */
  readonly missing: readonly string[]
  /** A missing cell is an error (`value-missing`). */
  readonly required: boolean
  /** A yes or no (flag, or code of 1 and 0) that is wanted as one bit among those of other columns. */
  readonly bit?: BitPlace
}

/** A bit of a set: sets count from 0 over all requests, each holds up to 16 bits. */
export interface BitPlace {
  readonly set: number
  /** 1, 2, 4 ... */
  readonly bit: number
}

export interface RawColumn {
  readonly name: string
  /** For a bit: those of its whole set, in one column that all its requests share. */
  readonly column: Column
  /** Of a bit: which of the set were answered, yes or no; shared too. Else null. */
  readonly asked: ColumnOf<'u16'> | null
  /** Instants only: minutes east of UTC where the cell said so. */
  readonly offset: ColumnOf<'i16'> | null
  /** Instants only: rows whose cell held a time of day; null: all that have a value. */
  readonly timed: Validity
}

/** Bytes of a file, `end` not included. `aligned`: a record is known to begin at `start`. */
export interface CsvRange {
  readonly start: number
  readonly end: number
  readonly aligned: boolean
}

/**
 * Records of one byte range as columns. Lines are counted from the first line of the range (1); the file's line is
 * `linesBefore + line`. Values of rows in `bad` mean nothing and must not be used.
 */
export interface RawTable {
  readonly rows: number
  /** In the order of the requests. */
  readonly columns: readonly RawColumn[]
  /** Line of each row in the range, or null: `firstLine + row`. */
  readonly lines: Int32Array | null
  readonly firstLine: number
  /** Bitmap of rows with a finding of severity error, or null: none. */
  readonly bad: Uint8Array | null
  /** Rows set in `bad`. */
  readonly badRows: number
  readonly findings: Findings
  readonly report: RangeReport
}

/** What must be known of a range to join it with others; plain values. */
export interface RangeReport {
  /** The first record boundary at or after the range's start, taken outside quotes; the first at or after its end. */
  readonly startedAt: number
  readonly endedAt: number
  /** Physical lines between the two. */
  readonly lines: number
  /** Records with at least one value (rows of the table), and records of empty cells, which are left out (`row-blank`). */
  readonly rows: number
  readonly blank: number
  /** Read as UTF-8, and it is not: the file must be read again as Windows-1252; this table holds only a part. */
  readonly notUtf8: boolean
  /** An error that ends the file here (`quote-unclosed`, `limits-exceeded`); the finding is in `findings`. */
  readonly stopped: boolean
  /** Per request: what its cells say about date order and decimal mark. */
  readonly votes: readonly ColumnVotes[]
}

/** Cells of one column by what they say about open questions. */
export interface ColumnVotes {
  /** d/m/y dates with a first part above 12, a second part above 12, and neither. */
  readonly dayFirst: number
  readonly monthFirst: number
  readonly either: number
  /** Numbers with a decimal point that cannot be a thousands separator, and with one that can (1.234); commas alike. */
  readonly point: number
  readonly pointEither: number
  readonly comma: number
  readonly commaEither: number
}
