import { type Column, isPresent, type NumberColumn, type TextColumn, type Validity } from '@afferent/records'
import type { PlainTextColumn } from '@afferent/records/arrow'
import { type ResultField, type ResultTable, sameTexts } from '../result-table.ts'
import { ByteWriter } from './byte-writer.ts'
import { CodedPiece, MOST_COMBINATIONS, plainCell } from './pieces.ts'
import { toTextCell } from './text-cell.ts'

const COMMA = 44
const NEWLINE = 10
/** Room for a number or a date with its comma. */
const NUMBER_ROOM = 40

/** What is written between two commas of a row, and how. */
type Piece =
  | { readonly kind: 'codes'; readonly coded: CodedPiece; readonly combined: Int32Array }
  | {
      readonly kind: 'number' | 'integer' | 'date'
      readonly values: Float64Array | Int32Array
      readonly valid: Validity
    }
  | { readonly kind: 'plain'; readonly column: PlainTextColumn }

/** Neighbouring text columns of bounded dictionaries, or one other column. */
type Group = { readonly fields: readonly ResultField[]; readonly coded: CodedPiece | null }

export function csvHeader(fields: readonly { readonly name: string }[]): Uint8Array {
  return new TextEncoder().encode(`${fields.map(({ name }) => toTextCell(name)).join(',')}\n`)
}

/**
 * Writes rows of one result table as CSV: RFC 4180, UTF-8, LF, ISO dates, shortest round-trip numbers, nothing for a
 * missing value. Parts of a table rendered one after the other, or in different threads, make the same file.
 *
 * Text columns with `few` texts must bring the field's own dictionary; the others bring what they like.
 */
export class CsvRenderer {
  private readonly groups: readonly Group[]
  private readonly writer = new ByteWriter()

  constructor(fields: readonly ResultField[]) {
    this.groups = groupFields(fields)
  }

  /** The rows without a header, as parts in order. */
  render(table: ResultTable): Uint8Array[] {
    const pieces = this.groups.map((group) => pieceOf(group, table))
    for (let row = 0; row < table.rows; row++) writeRow(this.writer, pieces, row)
    return this.writer.take()
  }
}

function groupFields(fields: readonly ResultField[]): Group[] {
  const groups: ResultField[][] = []
  let combinations = Number.POSITIVE_INFINITY
  for (const field of fields) {
    const size = isBounded(field) ? field.dictionary.length + 1 : Number.POSITIVE_INFINITY
    const joins = combinations * size <= MOST_COMBINATIONS
    if (joins) groups.at(-1)?.push(field)
    else groups.push([field])
    combinations = joins ? combinations * size : size
  }
  return groups.map((group) => ({
    fields: group,
    coded: group.every(isBounded) ? new CodedPiece(group.map(({ dictionary }) => dictionary)) : null,
  }))
}

const isBounded = (field: ResultField): boolean => field.type === 'text' && field.texts === 'few'

function pieceOf(group: Group, table: ResultTable): Piece {
  const { coded, fields } = group
  if (coded !== null) {
    const columns = fields.map((field) => boundedColumn(field, table))
    return { kind: 'codes', coded, combined: coded.combine(columns, table.rows) }
  }
  const field = fields[0] as ResultField
  const column = columnOf(field, table)
  if (column.kind === 'plain-text') return { kind: 'plain', column }
  if (column.kind === 'text') {
    const own = new CodedPiece([column.dictionary])
    return { kind: 'codes', coded: own, combined: own.combine([column], table.rows) }
  }
  return { kind: field.type as 'number' | 'integer' | 'date', values: wide(column), valid: column.valid }
}

function columnOf(field: ResultField, table: ResultTable): Column | PlainTextColumn {
  const column = table.columns[field.name]
  if (column === undefined) throw new Error(`no column ${field.name} in the table`)
  return column
}

function boundedColumn(field: ResultField, table: ResultTable): TextColumn {
  const column = columnOf(field, table)
  if (column.kind !== 'text' || !sameTexts(column.dictionary, field.dictionary)) {
    throw new Error(`column ${field.name} brings another dictionary than the file's`)
  }
  return column
}

/** One of two array types, so that the loop over cells stays fast. */
function wide({ values }: NumberColumn): Float64Array | Int32Array {
  return values instanceof Float64Array || values instanceof Int32Array ? values : new Int32Array(values)
}

function writeRow(writer: ByteWriter, pieces: readonly Piece[], row: number): void {
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as Piece
    if (i > 0) writer.byte(COMMA)
    if (piece.kind === 'codes') writeBytes(writer, piece.coded.runOf(piece.combined[row] as number))
    else if (piece.kind === 'plain') writeBytes(writer, plainCell(piece.column, row))
    else {
      writer.reserve(NUMBER_ROOM)
      if (isPresent(piece.valid, row)) writeNumber(writer, piece.kind, piece.values[row] as number)
    }
  }
  writer.byte(NEWLINE)
}

function writeNumber(writer: ByteWriter, kind: 'number' | 'integer' | 'date', value: number): void {
  if (kind === 'number') writer.number(value)
  else if (kind === 'integer') writer.integer(value)
  else writer.date(value)
}

function writeBytes(writer: ByteWriter, bytes: Uint8Array): void {
  writer.reserve(bytes.length + NUMBER_ROOM)
  writer.copy(bytes)
}
