import type * as Arrow from 'apache-arrow'
import type { Data, DataType } from 'apache-arrow'
import type { Column, Validity } from '../column.ts'
import { DateDay, Dictionary, Float64, Int16, Int32, makeData, Uint8, Uint16, Utf8, Vector } from './library.ts'
import { tidied } from './tidied.ts'

/** Text written in full, row by row: for cells that seldom repeat, such as messages. */
export interface PlainTextColumn {
  readonly kind: 'plain-text'
  /** rows + 1 positions in `bytes`. */
  readonly offsets: Int32Array
  readonly bytes: Uint8Array
  readonly valid: Validity
}

/** Key of a field's metadata that tells an instant (milliseconds in a float64) from a number. */
export const KIND = 'afferent.kind'

/**
 * Arrow type of a column as it lies in memory, so that nothing is converted. Dictionaries get an explicit id: with the
 * library's running id equal tables would differ in bytes from one run to the next.
 */
export function typeInMemory(column: Column, id: number): DataType {
  switch (column.kind) {
    case 'u8':
      return new Uint8()
    case 'u16':
      return new Uint16()
    case 'i16':
      return new Int16()
    case 'i32':
      return new Int32()
    case 'date':
      return new DateDay()
    case 'f64':
    case 'instant':
      return new Float64()
    case 'text':
      return new Dictionary(new Utf8(), indexInMemory(column.values), id)
  }
}

/** Signed 8 bits are never used: the 129th entry would read back as nothing. */
function indexInMemory(values: Uint8Array | Uint16Array | Int32Array): Arrow.Uint8 | Arrow.Uint16 | Arrow.Int32 {
  if (values instanceof Uint8Array) return new Uint8()
  return values instanceof Uint16Array ? new Uint16() : new Int32()
}

export function arrowData(
  type: DataType,
  rows: number,
  values: ArrayLike<number>,
  valid: Validity,
  dictionary?: Arrow.Vector,
): Data {
  return framed(type, rows, { values, offsets: null, ...tidied(valid, rows) }, dictionary)
}

/** Values and mask as they are written; offsets of texts written in full. */
export interface ArrowArrays {
  readonly values: ArrayLike<number>
  readonly offsets: Int32Array | null
  readonly mask: Uint8Array | null
  readonly nulls: number
}

export function framed(
  type: DataType,
  length: number,
  { values, offsets, mask, nulls }: ArrowArrays,
  dictionary?: Arrow.Vector,
): Data {
  const nullBitmap = nulls === 0 ? undefined : mask
  const texts = offsets === null ? {} : { valueOffsets: offsets }
  return makeData({ type, length, nullCount: nulls, nullBitmap, data: values, dictionary, ...texts } as never)
}

const encoder = new TextEncoder()

export function dictionaryVector(texts: readonly string[]): Arrow.Vector<Arrow.Utf8> {
  const valueOffsets = new Int32Array(texts.length + 1)
  const cells = texts.map((text) => encoder.encode(text))
  for (let i = 0; i < cells.length; i++) {
    valueOffsets[i + 1] = (valueOffsets[i] as number) + (cells[i] as Uint8Array).length
  }
  const data = new Uint8Array(valueOffsets[texts.length] as number)
  for (let i = 0; i < cells.length; i++) data.set(cells[i] as Uint8Array, valueOffsets[i])
  return new Vector([makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data })])
}
