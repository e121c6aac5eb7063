import type { HandedOver, Task } from '@afferent/records'
import type { ArrowField, ReadyBatch } from '@afferent/records/arrow'
import { CsvRenderer } from '../csv/csv-renderer.ts'
import { memoryOf, type ResultField, type ResultTable, toArrowField } from '../result-table.ts'
import { EffectsTable } from '../tables/effects-table.ts'
import { EventsTable } from '../tables/events-table.ts'
import type { RunContext, ShardRows } from '../tables/run-context.ts'
import { Batches } from './batches.ts'
import { SlabArrays, Slabs } from './slabs.ts'

export interface RenderInput extends HandedOver {
  /** A RunContext as JSON: a thread that has read it once knows it again by comparing texts. */
  readonly context: string
  /** Rows of one batch of adeff, in portions of neighbouring shards, in order. */
  readonly portions: readonly (readonly ShardRows[])[]
  readonly csv: boolean
  readonly arrow: boolean
  /** To render into. It comes back with the rows. */
  readonly transfer: readonly ArrayBuffer[]
}

/** Rows of a batch, ready to be laid behind those of the batch before, in slabs to be used again. */
export interface RenderedRows extends HandedOver {
  readonly effectRows: number
  readonly eventRows: number
  readonly adeff: readonly Uint8Array[] | null
  readonly adtte: readonly Uint8Array[] | null
  /** Null: there are no rows, or no Arrow is asked for. */
  readonly effects: ReadyBatch | null
  /** Events are few: their batches are made where the file is. */
  readonly events: readonly ResultTable[] | null
  /** Slabs that nothing of this lies in, and how many were needed at most. */
  readonly spare: readonly ArrayBuffer[]
  readonly slabsUsed: number
}

/** The same as `renderRows` for worker threads. */
export const RENDER_ROWS: Task<RenderInput, RenderedRows> = { module: import.meta.url, name: 'renderRows' }

/** Spells out adeff and adtte for a batch, as CSV bytes without header and as columns for Arrow. Pure. */
export async function renderRows({ context, portions, csv, arrow, transfer }: RenderInput): Promise<RenderedRows> {
  const { effects, events, effectsCsv, eventsCsv } = prepare(context)
  const slabs = new Slabs(transfer)
  const inBatch = new SlabArrays(slabs)
  const batch = arrow ? await openBatch(effects.fields, inBatch) : null
  const adeff: Uint8Array[] = []
  const adtte: Uint8Array[] = []
  const eventTables: ResultTable[] = []
  let effectRows = 0
  let inPortion = 0
  for (const shards of portions) {
    const arrays = new SlabArrays(slabs)
    const rows = effects.rowsOf(shards, arrays)
    effectRows += rows.rows
    if (csv) adeff.push(...effectsCsv.render(rows, slabs))
    batch?.add(rows)
    inPortion = Math.max(inPortion, arrays.held.length)
    for (const slab of arrays.held) slabs.giveBack(slab)
    const eventRows = events.rowsOf(shards)
    if (eventRows.rows === 0) continue
    eventTables.push(eventRows)
    if (csv) adtte.push(...eventsCsv.render(eventRows, slabs))
  }
  const rows = {
    effectRows,
    eventRows: eventTables.reduce((sum, table) => sum + table.rows, 0),
    adeff: csv ? adeff : null,
    adtte: csv ? adtte : null,
    effects: batch?.ready() ?? null,
    events: arrow ? eventTables : null,
    slabsUsed: inBatch.held.length + inPortion + adeff.length + adtte.length,
    spare: slabs.lend(),
  }
  return { ...rows, transfer: buffersOf(rows) }
}

/** One batch of adeff that grows portion by portion. The Arrow library is loaded only where Arrow is asked for. */
async function openBatch(fields: readonly ResultField[], arrays: SlabArrays) {
  const { readyBatch } = await import('@afferent/records/arrow')
  const batches = new Batches(fields, arrays)
  const arrowFields: ArrowField[] = fields.map(toArrowField)
  const made: ReadyBatch[] = []
  return {
    add(table: ResultTable): void {
      for (const batch of batches.add(table)) made.push(readyBatch(arrowFields, batch))
    },
    /** Null: none of the subjects has a row. */
    ready(): ReadyBatch | null {
      for (const batch of batches.end()) made.push(readyBatch(arrowFields, batch))
      if (made.length > 1) throw new Error(`the portions of a batch made ${made.length} batches`)
      return made[0] ?? null
    },
  }
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
  for (const buffer of memoryOfBatch(effects)) buffers.add(buffer)
  for (const table of events ?? []) for (const buffer of memoryOf(table)) buffers.add(buffer)
  return [...buffers].filter((buffer) => buffer instanceof ArrayBuffer)
}

/** Pieces of memory that a batch lies in, each once. */
export function memoryOfBatch(batch: ReadyBatch | null): Set<ArrayBufferLike> {
  const buffers = new Set<ArrayBufferLike>()
  for (const { values, mask } of batch?.columns ?? []) {
    buffers.add(values.buffer)
    if (mask !== null) buffers.add(mask.buffer)
  }
  return buffers
}

interface Prepared {
  readonly key: string
  readonly effects: Pick<EffectsTable, 'rowsOf' | 'fields'>
  readonly events: EventsTable
  readonly effectsCsv: CsvRenderer
  readonly eventsCsv: CsvRenderer
}

/** What was made for the last batch serves the next, as long as the run is the same. */
let prepared: Prepared | null = null

function prepare(key: string): Prepared {
  if (prepared?.key === key) return prepared
  const context = JSON.parse(key) as RunContext
  const table = new EffectsTable(context)
  const events = new EventsTable(context)
  const effectsCsv = new CsvRenderer(table.fields)
  const eventsCsv = new CsvRenderer(events.fields)
  const effects = { fields: withSubjects(table.fields, context), rowsOf: table.rowsOf.bind(table) }
  prepared = { key, effects, events, effectsCsv, eventsCsv }
  return prepared
}

/** A batch codes into the subjects of the run, of which only their number is known here. */
const withSubjects = (fields: readonly ResultField[], { subjects }: RunContext): ResultField[] =>
  fields.map((field) => (field.name === 'USUBJID' ? { ...field, dictionary: new Array<string>(subjects) } : field))
