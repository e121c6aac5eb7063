import type { HandedOver, Task } from '@afferent/records'
import { CsvRenderer } from '../csv/csv-renderer.ts'
import { memoryOf, type ResultTable } from '../result-table.ts'
import { EffectsTable } from '../tables/effects-table.ts'
import { EventsTable } from '../tables/events-table.ts'
import type { RunContext, ShardRows } from '../tables/run-context.ts'
import { SlabArrays, Slabs } from './slabs.ts'

export interface RenderInput extends HandedOver {
  /** A RunContext as JSON: a thread that has read it once knows it again by comparing texts. */
  readonly context: string
  /** Neighbouring shards, in order. */
  readonly shards: readonly ShardRows[]
  readonly csv: boolean
  readonly tables: boolean
  /** To render into. It comes back with the rows. */
  readonly transfer: readonly ArrayBuffer[]
}

/** Rows of some shards, ready to be laid behind those of the shards before, in slabs to be used again. */
export interface RenderedRows extends HandedOver {
  readonly effectRows: number
  readonly eventRows: number
  readonly adeff: readonly Uint8Array[] | null
  readonly adtte: readonly Uint8Array[] | null
  readonly effects: ResultTable | null
  readonly events: ResultTable | null
  /** Slabs that nothing of this lies in, and how many were needed at most. */
  readonly spare: readonly ArrayBuffer[]
  readonly slabsUsed: number
}

/** The same as `renderRows` for worker threads. */
export const RENDER_ROWS: Task<RenderInput, RenderedRows> = { module: import.meta.url, name: 'renderRows' }

/** Spells out adeff and adtte for some shards, as CSV bytes without header and as tables for Arrow. Pure. */
export function renderRows({ context, shards, csv, tables, transfer }: RenderInput): RenderedRows {
  const { effects, events, effectsCsv, eventsCsv } = prepare(context)
  const slabs = new Slabs(transfer)
  const arrays = new SlabArrays(slabs)
  const effectRows = effects.rowsOf(shards, arrays)
  const eventRows = events.rowsOf(shards)
  const adeff = csv ? effectsCsv.render(effectRows, slabs) : null
  const adtte = csv ? eventsCsv.render(eventRows, slabs) : null
  const slabsUsed = arrays.held.length + (adeff?.length ?? 0) + (adtte?.length ?? 0)
  if (!tables) for (const slab of arrays.held) slabs.giveBack(slab)
  const rows = {
    effectRows: effectRows.rows,
    eventRows: eventRows.rows,
    adeff,
    adtte,
    effects: tables ? effectRows : null,
    events: tables ? eventRows : null,
    spare: slabs.lend(),
    slabsUsed,
  }
  return { ...rows, transfer: buffersOf(rows) }
}

/** All memory of the rows, each piece once. */
function buffersOf({
  adeff,
  adtte,
  effects,
  events,
  spare,
}: Omit<RenderedRows, 'transfer' | 'slabsUsed'>): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>(spare)
  for (const part of [...(adeff ?? []), ...(adtte ?? [])]) buffers.add(part.buffer)
  for (const table of [effects, events]) for (const buffer of table === null ? [] : memoryOf(table)) buffers.add(buffer)
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

function prepare(key: string): Prepared {
  if (prepared?.key === key) return prepared
  const context = JSON.parse(key) as RunContext
  const effects = new EffectsTable(context)
  const events = new EventsTable(context)
  const effectsCsv = new CsvRenderer(effects.fields)
  const eventsCsv = new CsvRenderer(events.fields)
  prepared = { key, effects, events, effectsCsv, eventsCsv }
  return prepared
}
