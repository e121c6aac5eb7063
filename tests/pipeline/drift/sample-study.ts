/**
 * A study and its exports, small enough to read. Together the samples switch on every parameter of the catalogue and bring out
 * every way to have no value; a new family adds a sample of its own to `SAMPLES`.
 */
export interface SampleStudy {
  readonly name: string
  readonly yaml: string
  /** Exports by name. */
  readonly files: Readonly<Record<string, string>>
  /** Codes of values the export summarised itself, which no catalogue can know. */
  readonly values?: readonly string[]
}

const DAY_MS = 86_400_000
/** Study day 1 of every subject. */
const START = Date.UTC(2026, 0, 29)
export const START_DATE = '2026-01-29'

/** Date of a study day; there is no day 0. */
export const dateOf = (day: number): string =>
  new Date(START + (day > 0 ? day - 1 : day) * DAY_MS).toISOString().slice(0, 10)

/** Study days `from` to `to`, without a 0. */
export const days = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((day) => day !== 0)

export const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`
