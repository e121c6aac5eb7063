import { type Column, isPresent, type TextColumn, type Validity } from '../column.ts'
import { checkCodes } from './check-codes.ts'
import type { PlainTextColumn } from './column-type.ts'
import { tidied } from './tidied.ts'

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

/** Rows of a result table as columns, by the names of the fields. */
export interface ArrowBatch {
  readonly rows: number
  readonly columns: Readonly<Record<string, Column | PlainTextColumn>>
}

/** A batch whose columns are checked and lie as an Arrow file has them. May be made in another thread than the file. */
export interface ReadyBatch {
  readonly rows: number
  /** In the order of the fields. */
  readonly columns: readonly ReadyColumn[]
}

export interface ReadyColumn {
  /** Numbers or codes; of texts written in full their bytes, and then their offsets. */
  readonly values: Int16Array | Int32Array | Float64Array | Uint8Array
  readonly offsets: Int32Array | null
  readonly mask: Uint8Array | null
  readonly nulls: number
}

/**
 * Views on the arrays of a batch where these are of the field's type.
 *
 * Throws  RangeError for what Arrow would change in silence: a code outside its dictionary, NaN and infinity.
 *         Error for a column that is not there, of another kind than its field, or with another dictionary.
 */
export const readyBatch = (fields: readonly ArrowField[], batch: ArrowBatch): ReadyBatch => ({
  rows: batch.rows,
  columns: fields.map((field) => readyColumn(field, batch)),
})

export const isCode = (field: ArrowField): boolean => field.type === 'code16' || field.type === 'code32'

function readyColumn(field: ArrowField, batch: ArrowBatch): ReadyColumn {
  const column = batch.columns[field.name]
  if (column === undefined) throw new Error(`no column ${field.name} in the batch`)
  const { rows } = batch
  if (column.kind === 'plain-text') {
    if (field.type === 'text') return ready(column.bytes, column.valid, rows, column.offsets)
  } else if (column.kind === 'text') {
    if (isCode(field)) return ready(codesOf(field, column, rows), column.valid, rows)
  } else if (field.type === 'date') {
    if (column.kind === 'date') return ready(column.values.subarray(0, rows), column.valid, rows)
  } else if (field.type === 'number') {
    return ready(numbersOf(field.name, column.values, column.valid, rows), column.valid, rows)
  } else if (field.type === 'integer' && column.kind !== 'f64' && column.kind !== 'instant') {
    return ready(integersOf(column.values, rows), column.valid, rows)
  }
  throw new Error(`column ${field.name} is ${field.type}, the batch brings ${column.kind}`)
}

const ready = (
  values: ReadyColumn['values'],
  valid: Validity,
  rows: number,
  offsets: Int32Array | null = null,
): ReadyColumn => ({ values, offsets, ...tidied(valid, rows) })

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
