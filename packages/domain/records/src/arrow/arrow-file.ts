import type { DataType, Vector } from 'apache-arrow'
import type { Column } from '../column.ts'
import { dictionaryVector, framed, type PlainTextColumn } from './column-type.ts'
import { DateDay, Dictionary, Field, Float64, Int16, Int32, Utf8 } from './library.ts'
import { ArrowParts } from './parts.ts'
import { type ArrowField, isCode, type ReadyBatch, readyBatch } from './ready-batch.ts'

const INT16_CODES = 0x8000

export interface ArrowFile {
  write(batch: ReadyBatch): Uint8Array[]
  finish(): Uint8Array[]
}

/**
 * A result table as an Arrow IPC file, written batch by batch with the same dictionaries throughout.
 *
 * `write` gives the bytes of a batch as views on its arrays: use them up before the arrays change. `finish` gives the
 * footer; a file without any batch gets one of 0 rows, so that its columns can still be read.
 * Throws  RangeError for a 32,769th code in int16, which Arrow would change in silence.
 */
export function arrowFile(fields: readonly ArrowField[], meta: Readonly<Record<string, string>> = {}): ArrowFile {
  const dictionaries = fields.map((field) => (isCode(field) ? dictionaryOf(field) : undefined))
  const types = fields.map(typeOf)
  const file = new ArrowParts(
    fields.map((field, i) => new Field(field.name, types[i] as DataType, true, metadataOf(field))),
    meta,
  )
  const write = ({ rows, columns }: ReadyBatch): Uint8Array[] =>
    file.write(
      rows,
      columns.map((column, i) => framed(types[i] as DataType, rows, column, dictionaries[i])),
    )
  const finish = (): Uint8Array[] => {
    const none = { rows: 0, columns: Object.fromEntries(fields.map(emptyColumn)) }
    return [...(file.hasBatch ? [] : write(readyBatch(fields, none))), ...file.finish()]
  }
  return { write, finish }
}

const metadataOf = (field: ArrowField): Map<string, string> => new Map(Object.entries(field.metadata ?? {}))

function dictionaryOf(field: ArrowField): Vector {
  const texts = field.dictionary ?? []
  if (field.type === 'code16' && texts.length > INT16_CODES) {
    throw new RangeError(`column ${field.name}: ${texts.length} texts do not fit the 16-bit codes of this column`)
  }
  return dictionaryVector(texts)
}

/** The dictionary's id is the column's position: the same in every file of this table. */
function typeOf(field: ArrowField, id: number): DataType {
  switch (field.type) {
    case 'integer':
      return new Int32()
    case 'number':
      return new Float64()
    case 'date':
      return new DateDay()
    case 'code16':
      return new Dictionary(new Utf8(), new Int16(), id)
    case 'code32':
      return new Dictionary(new Utf8(), new Int32(), id)
    case 'text':
      return new Utf8()
  }
}

function emptyColumn(field: ArrowField): [string, Column | PlainTextColumn] {
  const none = new Int32Array(0)
  if (field.type === 'text') {
    return [field.name, { kind: 'plain-text', offsets: new Int32Array(1), bytes: new Uint8Array(0), valid: null }]
  }
  if (field.type === 'number') return [field.name, { kind: 'f64', values: new Float64Array(0), valid: null }]
  if (field.type === 'date') return [field.name, { kind: 'date', values: none, valid: null }]
  if (field.type === 'integer') return [field.name, { kind: 'i32', values: none, valid: null }]
  return [field.name, { kind: 'text', values: none, valid: null, dictionary: field.dictionary ?? [] }]
}
