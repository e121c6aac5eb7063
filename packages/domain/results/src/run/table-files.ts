import type { ArrowBatch, ReadyBatch } from '@afferent/records/arrow'
import { CsvRenderer, csvHeader } from '../csv/csv-renderer.ts'
import { type ResultField, type ResultTable, toArrowField } from '../result-table.ts'
import { Batches } from './batches.ts'
import { PartsChannel } from './parts-channel.ts'
import { SlabParts } from './slab-parts.ts'
import { Slabs } from './slabs.ts'
import type { FolderLike } from './write-run.ts'

export interface WrittenFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Rows of a table; null for other files. */
  readonly rows: number | null
}

/** Bytes of a file that may wait for the disk. */
const MOST_QUEUED = 16 * 1024 * 1024

type Meta = Readonly<Record<string, string>>
type ArrowDoor = Pick<typeof import('@afferent/records/arrow'), 'arrowFile' | 'readyBatch'>

/** The files of a run as they are written. The Arrow library is loaded only where Arrow is asked for. */
export class TableFiles {
  readonly written: WrittenFile[] = []
  /** Parts of files come in slabs and lie here when they are written. */
  readonly slabs = new Slabs()
  private readonly folder: FolderLike
  private readonly csv: boolean
  private readonly arrow: ArrowDoor | null
  private readonly meta: Meta

  private constructor(folder: FolderLike, csv: boolean, arrow: ArrowDoor | null, meta: Meta) {
    this.folder = folder
    this.csv = csv
    this.arrow = arrow
    this.meta = meta
  }

  static async open(folder: FolderLike, outputs: readonly ('arrow' | 'csv')[], meta: Meta): Promise<TableFiles> {
    const arrow = outputs.includes('arrow') ? await import('@afferent/records/arrow') : null
    return new TableFiles(folder, outputs.includes('csv'), arrow, meta)
  }

  async text(name: string, text: string): Promise<void> {
    const { bytes, sha256 } = await this.folder.writeParts(name, [new TextEncoder().encode(text)])
    this.written.push({ name, bytes, sha256, rows: null })
  }

  /** A table at hand as a whole, or in pieces. */
  async whole(name: string, fields: readonly ResultField[], tables: Iterable<ResultTable>): Promise<void> {
    const sink = this.table(name, fields)
    const renderer = new CsvRenderer(fields)
    try {
      for (const table of tables)
        await sink.add(table.rows, this.csv ? renderer.render(table, this.slabs) : null, [table])
      await sink.end()
    } catch (error) {
      await sink.fail(error)
      throw error
    }
  }

  /** Opens the files of one table, to which rows are added as CSV bytes and as tables, or as batches made elsewhere. */
  table(name: string, fields: readonly ResultField[]) {
    const csv = this.csv ? this.csvFile(name, fields) : null
    const arrow = this.arrow === null ? null : this.arrowFile(name, fields, this.arrow)
    let rows = 0
    type Bytes = readonly Uint8Array[] | null
    const both = async (more: number, bytes: Bytes, toArrow: Promise<void> | undefined): Promise<void> => {
      rows += more
      await Promise.all([bytes === null ? null : csv?.add(bytes), toArrow])
    }
    return {
      add: (more: number, bytes: Bytes, tables: readonly ResultTable[] | null) =>
        both(more, bytes, tables === null ? undefined : arrow?.add(tables)),
      addBatch: (more: number, bytes: Bytes, batch: ReadyBatch | null) =>
        both(more, bytes, batch === null ? undefined : arrow?.addBatch(batch)),
      end: async (): Promise<void> => {
        for (const file of [arrow, csv]) {
          if (file !== null) this.written.push({ ...(await file.end()), rows })
        }
      },
      fail: async (error: unknown): Promise<void> => {
        await Promise.all([csv?.fail(error), arrow?.fail(error)])
      },
    }
  }

  private csvFile(name: string, fields: readonly ResultField[]) {
    const file = this.open(`${name}.csv`)
    const begun = file.push(csvHeader(fields))
    return {
      add: async (parts: readonly Uint8Array[]): Promise<void> => {
        await begun
        for (const part of parts) await file.push(part)
      },
      end: file.end,
      fail: file.fail,
    }
  }

  private arrowFile(name: string, fields: readonly ResultField[], { arrowFile, readyBatch }: ArrowDoor) {
    const file = this.open(`${name}.arrow`)
    const arrowFields = fields.map(toArrowField)
    const writer = arrowFile(arrowFields, { table: name, ...this.meta })
    const batches = new Batches(fields)
    // The arrays of a batch serve another one, so its bytes are copied before they wait for the disk.
    const push = async (written: readonly Uint8Array[]): Promise<void> => {
      const parts = new SlabParts(this.slabs)
      for (const piece of written) parts.append(piece)
      for (const part of parts.take()) await file.push(part)
    }
    const pushAll = async (made: Iterable<ArrowBatch>): Promise<void> => {
      for (const batch of made) await push(writer.write(readyBatch(arrowFields, batch)))
    }
    return {
      add: async (tables: readonly ResultTable[]): Promise<void> => {
        for (const table of tables) await pushAll(batches.add(table))
      },
      addBatch: (batch: ReadyBatch): Promise<void> => push(writer.write(batch)),
      end: async () => {
        await pushAll(batches.end())
        await push(writer.finish())
        return await file.end()
      },
      fail: file.fail,
    }
  }

  private open(name: string) {
    const channel = new PartsChannel(MOST_QUEUED, (part) => this.slabs.giveBack(part.buffer))
    const done = this.folder.writeParts(name, channel).then(
      (written) => ({ name, ...written }),
      (error: unknown) => {
        channel.fail(error)
        throw error
      },
    )
    done.catch(() => {}) // reported by `end` or by the next push
    return {
      push: (part: Uint8Array): Promise<void> => channel.push(part),
      end: () => {
        channel.end()
        return done
      },
      fail: async (error: unknown): Promise<void> => {
        channel.fail(error)
        await done.catch(() => {})
      },
    }
  }
}
