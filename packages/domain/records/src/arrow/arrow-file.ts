import type { Data, DataType, Vector } from 'apache-arrow'
import { type Column, isPresent, type TextColumn, type Validity } from '../column.ts'
import { arrowData, dictionaryVector, type PlainTextColumn, plainTextData } from './column-type.ts'
import { DateDay, Dictionary, Field, Float64, Int16, Int32, Utf8 } from './library.ts'
import { ArrowParts } from './parts.ts'
import { checkCodes } from './to-arrow.ts'

/** Rows per batch of a result table. */
export const BATCH_ROWS = 65_536

/**
 * One column of a result file. `code16`: text of a dictionary that the study file bounds; `code32`: text that grows
 * with the subjects; `text`: written in full. The choice never depends on the data, so a column keeps its type.
 */
export interface ArrowField {
  readonly name: string
  readonly type: 'integer' | 'number' | 'date' | 'code16' | 'code32' | 'text'
  /** All texts of a code column, known before the first batch. */
  readonly dictionary?: readonly string[]
  readonly metadata?: Readonly<Record<string, string>>
}

export interface ArrowBatch {
  readonly rows: number
  readonly columns: Readonly<Record<string, Column | PlainTextColumn>>
}

const INT16_CODES = 0x8000

/**
 * A result table as an Arrow IPC file, written batch by batch with the same dictionaries throughout.
 *
 * `write` gives the bytes of a batch as views on its arrays: use them up before the arrays change. `finish` gives the
 * footer; a file without any batch gets one of 0 rows, so that its columns can still be read.
 * Throws  RangeError for what Arrow would change in silence: a code outside its dictionary, a 32,769th code in int16,
 *         NaN and infinity.
 */
export function arrowFile(
  fields: readonly ArrowField[],
  meta: Readonly<Record<string, string>> = {},
): { write(batch: ArrowBatch): Uint8Array[]; finish(): Uint8Array[] } {
  const dictionaries = fields.map((field) => (isCode(field) ? dictionaryOf(field) : undefined))
  const types = fields.map(typeOf)
  const file = new ArrowParts(
    fields.map((field, i) => new Field(field.name, types[i] as DataType, true, metadataOf(field))),
    meta,
  )
  const write = (batch: ArrowBatch): Uint8Array[] =>
    file.write(
      batch.rows,
      fields.map((field, i) => dataOf(field, types[i] as DataType, dictionaries[i], batch)),
    )
  const finish = (): Uint8Array[] => {
    const empty = file.hasBatch ? [] : write({ rows: 0, columns: Object.fromEntries(fields.map(emptyColumn)) })
    return [...empty, ...file.finish()]
  }
  return { write, finish }
}

const isCode = (field: ArrowField): boolean => field.type === 'code16' || field.type === 'code32'

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

function dataOf(field: ArrowField, type: DataType, dictionary: Vector | undefined, batch: ArrowBatch): Data {
  const column = batch.columns[field.name]
  if (column === undefined) throw new Error(`no column ${field.name} in the batch`)
  const { rows } = batch
  if (column.kind === 'plain-text') {
    if (field.type === 'text') return plainTextData(column, rows)
  } else if (column.kind === 'text') {
    if (isCode(field)) return arrowData(type, rows, codesOf(field, column, rows), column.valid, dictionary)
  } else if (field.type === 'date') {
    if (column.kind === 'date') return arrowData(type, rows, column.values.subarray(0, rows), column.valid)
  } else if (field.type === 'number') {
    return arrowData(type, rows, numbersOf(field.name, column.values, column.valid, rows), column.valid)
  } else if (field.type === 'integer' && column.kind !== 'f64' && column.kind !== 'instant') {
    return arrowData(type, rows, integersOf(column.values, rows), column.valid)
  }
  throw new Error(`column ${field.name} is ${field.type}, the batch brings ${column.kind}`)
}

function codesOf(field: ArrowField, column: TextColumn, rows: number): Int16Array | Int32Array {
  if (!sameTexts(column.dictionary, field.dictionary ?? [])) {
    throw new Error(`column ${field.name} brings another dictionary than the file's`)
  }
  checkCodes(field.name, column, rows)
  const values = column.values.subarray(0, rows)
  if (field.type === 'code32') return values instanceof Int32Array ? values : new Int32Array(values)
  // Codes are below 32,768 here, so 16 bits mean the same with and without a sign.
  return values instanceof Uint16Array ? new Int16Array(values.buffer, values.byteOffset, rows) : new Int16Array(values)
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((text, i) => text === b[i]))

function integersOf(values: Uint8Array | Uint16Array | Int16Array | Int32Array, rows: number): Int32Array {
  const used = values.subarray(0, rows)
  return used instanceof Int32Array ? used : new Int32Array(used)
}

function numbersOf(name: string, values: ArrayLike<number>, valid: Validity, rows: number): Float64Array {
  const numbers =
    values instanceof Float64Array ? values.subarray(0, rows) : Float64Array.from(values).subarray(0, rows)
  for (let row = 0; row < rows; row++) {
    if (!Number.isFinite(numbers[row]) && isPresent(valid, row)) {
      throw new RangeError(`column ${name} row ${row}: ${numbers[row]} is no number to publish`)
    }
  }
  return numbers
}
