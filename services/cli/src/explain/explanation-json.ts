import type { Explanation } from '@afferent/metrics'
import type { Explained, ExplainedTable } from '@afferent/pipeline'

/** An explanation for a script, rows of tables replaced by files and lines. */
export function explanationJson(one: Explanation, { sourcesOf }: Explained): object {
  const named = (table: ExplainedTable, rows: readonly number[]) => rows.flatMap((row) => sourcesOf(table, row))
  return {
    ...one,
    values: named('values', one.values),
    records: one.records.map(({ table, row, ...record }) => ({ ...record, table, sources: sourcesOf(table, row) })),
    windows: one.windows.map((window) => ({
      ...window,
      days: window.days.map(({ diary, episodes, intakes, ...day }) => ({
        ...day,
        sources: [...named('diary', diary), ...named('episodes', episodes), ...named('intakes', intakes)],
      })),
    })),
  }
}
