import type { Column, SettledName } from '@afferent/records'
import type { AnalyticStudy, Source } from '@afferent/study'

/** What converters need to know beside the rows; a plain value. */
export interface ConvertContext {
  readonly source: Source
  readonly study: AnalyticStudy
}

/** Columns of a record table, one value per raw row. */
export interface Converted {
  /** Absent: the table that rows of the layout are counted in. */
  readonly table?: SettledName
  readonly columns: Readonly<Record<string, Column>>
  /** Bit per row that gives no record, beside those that rules leave out; null: every row gives one. */
  readonly empty: Uint8Array | null
}

/** The columns that are there. */
export function present(columns: Readonly<Record<string, Column | undefined>>): Record<string, Column> {
  return Object.fromEntries(
    Object.entries(columns).filter((entry): entry is [string, Column] => entry[1] !== undefined),
  )
}
