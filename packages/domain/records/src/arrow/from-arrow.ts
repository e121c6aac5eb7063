import type { Data, Field, Vector } from 'apache-arrow'
import type { Column, ColumnTable, Validity } from '../column.ts'
import { allocate, maskBytes } from '../column.ts'
import { KIND } from './column-type.ts'
import { RecordBatchReader, Type } from './library.ts'

/**
 * The table that `toArrow` wrote. Columns are views on the file's bytes, which are copied once to shared memory unless
 * they lie there already; a column without missing values has the mask null.
 *
 * Throws  Error for a file that is not one of ours: another type, or more than one batch.
 */
export function fromArrow(bytes: Uint8Array): ColumnTable & { readonly meta: Readonly<Record<string, string>> } {
  const reader = RecordBatchReader.from(shared(bytes)).open()
  const [batch, ...more] = [...reader]
  if (batch === undefined || more.length > 0) throw new Error(`an Arrow file of ${1 + more.length} batches, expected 1`)
  const columns: Record<string, Column> = {}
  batch.schema.fields.forEach((field, i) => {
    columns[field.name] = columnOf(field, batch.data.children[i] as Data, batch.numRows)
  })
  return { rows: batch.numRows, columns, meta: Object.fromEntries(batch.schema.metadata) }
}

/** Shared and aligned to 8 bytes, as views of doubles ask for. */
function shared(bytes: Uint8Array): Uint8Array {
  if (bytes.buffer instanceof SharedArrayBuffer && bytes.byteOffset % 8 === 0) return bytes
  const copy = allocate.u8(bytes.byteLength)
  copy.set(bytes)
  return copy
}

function columnOf(field: Field, data: Data, rows: number): Column {
  const valid: Validity = data.nullCount === 0 ? null : data.nullBitmap.subarray(0, maskBytes(rows))
  // Buffers of a file are padded to 64 bytes.
  const values = data.values.subarray(0, rows) as never as Uint8Array &
    Uint16Array &
    Int16Array &
    Int32Array &
    Float64Array
  switch (data.typeId) {
    case Type.Dictionary:
      return { kind: 'text', values, valid, dictionary: textsOf(data.dictionary as Vector) }
    case Type.Date:
      return { kind: 'date', values, valid }
    case Type.Float:
      return { kind: field.metadata.get(KIND) === 'instant' ? 'instant' : 'f64', values, valid }
    case Type.Int:
      return { kind: integerKind(data.values), values, valid } as Column
    default:
      throw new Error(`column ${field.name} has a type that Afferent does not write: ${field.type}`)
  }
}

function integerKind(values: unknown): 'u8' | 'u16' | 'i16' | 'i32' {
  if (values instanceof Uint8Array) return 'u8'
  if (values instanceof Uint16Array) return 'u16'
  if (values instanceof Int16Array) return 'i16'
  if (values instanceof Int32Array) return 'i32'
  throw new Error('an integer column of another width than Afferent writes')
}

const decoder = new TextDecoder()

function textsOf(vector: Vector): string[] {
  const data = vector.data[0] as Data
  const texts = new Array<string>(data.length)
  for (let i = 0; i < data.length; i++) {
    texts[i] = decoder.decode(data.values.subarray(data.valueOffsets[i], data.valueOffsets[i + 1]))
  }
  return texts
}
