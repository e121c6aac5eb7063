import type { Findings } from '@afferent/records'

export type Delimiter = ',' | ';' | '\t' | '|'
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What the study file says about a CSV source; null: find out. Same shape as `CsvOptions` of a study, plus `wanted`. */
export interface CsvSniffOptions {
  readonly delimiter: Delimiter | null
  readonly encoding: Encoding | null
  /** `none`: the file has no header, and its columns are named '1', '2', ... */
  readonly headerLine: number | 'none' | null
  readonly decimal?: '.' | ',' | null
  /** Records after the header (or at the beginning of a file without one) to leave out. */
  readonly skipAfterHeader: number
  /** Mapped header names, all of which must be there: the header is the first record that holds them. */
  readonly wanted: readonly string[]
}

/** How the bytes of one file are to be read. A plain value: it travels to worker threads. */
export interface CsvDialect {
  readonly encoding: Encoding
  /** 'byte-order mark', 'declared', 'valid UTF-8', 'not valid UTF-8 at byte 5,021', ... */
  readonly encodingReason: string
  readonly delimiter: Delimiter
  /** Cell texts of the header record, trimmed; '1', '2', ... where there is none. */
  readonly header: readonly string[]
  /** Physical line of the header record (1 = first); 0: there is none. */
  readonly headerLine: number
  /** Byte and physical line of the first record after the header (and after `skipAfterHeader` records). */
  readonly bodyStart: number
  readonly firstLine: number
}

export type Sniffed =
  | { readonly kind: 'dialect'; readonly dialect: CsvDialect; readonly findings: Findings }
  | { readonly kind: 'refused'; readonly findings: Findings }
