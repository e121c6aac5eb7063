import type { HandedOver, Task } from '@afferent/records'
import { CsvRenderer } from '../csv/csv-renderer.ts'
import type { ResultTable } from '../result-table.ts'
import { EffectsTable } from '../tables/effects-table.ts'
import { EventsTable } from '../tables/events-table.ts'
import type { RunContext, ShardRows } from '../tables/run-context.ts'

export interface RenderInput {
  readonly context: RunContext
  /** Neighbouring shards, in order. */
  readonly shards: readonly ShardRows[]
  readonly csv: boolean
  readonly tables: boolean
}

/**
 * Rows of some shards, ready to be laid behind those of the shards before. In ordinary memory: the collector does not see
 * how much shared memory hangs on what it could free, and a run would grow by everything it has ever written.
 */
export interface RenderedRows extends HandedOver {
  readonly effectRows: number
  readonly eventRows: number
  readonly adeff: readonly Uint8Array[] | null
  readonly adtte: readonly Uint8Array[] | null
  readonly effects: ResultTable | null
  readonly events: ResultTable | null
}

/** The same as `renderRows` for worker threads. */
export const RENDER_ROWS: Task<RenderInput, RenderedRows> = { module: import.meta.url, name: 'renderRows' }

/** Spells out adeff and adtte for some shards, as CSV bytes without header and as tables for Arrow. Pure. */
export function renderRows({ context, shards, csv, tables }: RenderInput): RenderedRows {
  const { effects, events, effectsCsv, eventsCsv } = prepare(context)
  const effectRows = effects.rowsOf(shards)
  const eventRows = events.rowsOf(shards)
  const rows = {
    effectRows: effectRows.rows,
    eventRows: eventRows.rows,
    adeff: csv ? effectsCsv.render(effectRows) : null,
    adtte: csv ? eventsCsv.render(eventRows) : null,
    effects: tables ? effectRows : null,
    events: tables ? eventRows : null,
  }
  return { ...rows, transfer: buffersOf(rows) }
}

/** All memory of the rows, each piece once: TRTP and TRTA, for one, share theirs. */
function buffersOf({ adeff, adtte, effects, events }: Omit<RenderedRows, 'transfer'>): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>()
  for (const part of [...(adeff ?? []), ...(adtte ?? [])]) buffers.add(part.buffer)
  for (const table of [effects, events]) {
    for (const column of Object.values(table?.columns ?? {})) {
      if ('values' in column) buffers.add(column.values.buffer)
      if (column.valid !== null) buffers.add(column.valid.buffer)
    }
  }
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer)
}

interface Prepared {
  readonly key: string
  readonly effects: EffectsTable
  readonly events: EventsTable
  readonly effectsCsv: CsvRenderer
  readonly eventsCsv: CsvRenderer
}

/** What was made for the last portion serves the next, as long as the run is the same. */
let prepared: Prepared | null = null

function prepare(context: RunContext): Prepared {
  const key = JSON.stringify(context)
  if (prepared?.key === key) return prepared
  const effects = new EffectsTable(context)
  const events = new EventsTable(context)
  const effectsCsv = new CsvRenderer(effects.fields)
  const eventsCsv = new CsvRenderer(events.fields)
  prepared = { key, effects, events, effectsCsv, eventsCsv }
  return prepared
}
