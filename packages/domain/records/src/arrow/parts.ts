import type * as Arrow from 'apache-arrow'
import type { Data, Field } from 'apache-arrow'
import { AsyncByteQueue, makeData, RecordBatch, RecordBatchFileWriter, Schema, Struct } from './library.ts'

/** Takes what the library writes and hands it on at once, where the library itself would keep the whole file. */
class Drain extends AsyncByteQueue {
  private parts: Uint8Array[] = []

  override write(part: Uint8Array): void {
    if (part.byteLength > 0) this.parts.push(new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
  }

  take(): Uint8Array[] {
    const parts = this.parts
    this.parts = []
    return parts
  }
}

/**
 * An Arrow IPC file, batch by batch, uncompressed (the library's compressed files are unreadable elsewhere).
 * What `write` returns are views on the batch: use them up before its arrays change.
 */
export class ArrowParts {
  private readonly drain = new Drain()
  private readonly writer = new RecordBatchFileWriter({ autoDestroy: true })
  private readonly schema: Arrow.Schema
  private batches = 0

  constructor(fields: readonly Field[], meta: Readonly<Record<string, string>>) {
    this.schema = new Schema([...fields], new Map(Object.entries(meta)))
    this.writer.reset(this.drain, this.schema)
  }

  write(rows: number, children: Data[]): Uint8Array[] {
    const data = makeData({ type: new Struct(this.schema.fields), length: rows, nullCount: 0, children })
    this.writer.write(new RecordBatch(this.schema, data))
    this.batches++
    return this.drain.take()
  }

  /** A file needs one batch, be it of 0 rows: dictionaries are written with the first. */
  get hasBatch(): boolean {
    return this.batches > 0
  }

  finish(): Uint8Array[] {
    this.writer.finish()
    return this.drain.take()
  }
}

export function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  let size = 0
  for (const part of parts) size += part.byteLength
  const joined = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.byteLength
  }
  return joined
}
