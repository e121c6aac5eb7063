import { type Column, isPresent, type NumberColumn, type TextColumn, type Validity } from '@afferent/records'
import type { PlainTextColumn } from '@afferent/records/arrow'
import { type ResultField, type ResultTable, sameTexts } from '../result-table.ts'
import { SlabParts } from '../run/slab-parts.ts'
import { Slabs } from '../run/slabs.ts'
import { type Group, groupFields } from './csv-groups.ts'
import { DateTexts } from './date-texts.ts'
import { writeInteger } from './integer-text.ts'
import { sharedNumberTexts } from './number-texts.ts'
import { CodedPiece, plainCell } from './pieces.ts'
import { toTextCell } from './text-cell.ts'

/** Room for a number or a date with its separator. */
const NUMBER_ROOM = 40
/** Above this a native copy beats a loop. */
const SHORT = 12

/** What is written between two commas of a row, and how; fields of other kinds are empty. */
interface Piece {
  readonly kind: 'codes' | 'number' | 'integer' | 'date' | 'plain'
  /** Byte behind the cell. Runs of codes hold theirs. */
  readonly separator: number
  readonly valid: Validity
  readonly numbers: Float64Array
  readonly integers: Int32Array
  readonly coded: CodedPiece | null
  readonly plain: PlainTextColumn | null
}

const NO_NUMBERS = new Float64Array(0)
const NO_INTEGERS = new Int32Array(0)

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
  private readonly numberTexts = sharedNumberTexts()
  private readonly dateTexts = new DateTexts()

  constructor(fields: readonly ResultField[]) {
    this.groups = groupFields(fields)
  }

  /** The rows without a header, as parts in order, in memory of `slabs`. */
  render(table: ResultTable, slabs = new Slabs()): Uint8Array[] {
    const pieces = this.groups.map((group) => pieceOf(group, table))
    const room = pieces.reduce((sum, { coded }) => sum + (coded?.longest ?? NUMBER_ROOM), 0)
    const parts = new SlabParts(slabs)
    for (let row = 0; row < table.rows; row++) {
      parts.reserve(room + plainRoom(pieces, row))
      parts.at = this.writeRow(parts.bytes, parts.view, parts.at, pieces, row)
    }
    return parts.take()
  }

  /** Returns where the row ends. */
  private writeRow(bytes: Uint8Array, view: DataView, start: number, pieces: readonly Piece[], row: number): number {
    let at = start
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i] as Piece
      const { kind } = piece
      if (kind === 'codes') {
        at = copy(bytes, at, (piece.coded as CodedPiece).runOf(piece.integers[row] as number))
        continue
      }
      if (kind === 'plain') at = copy(bytes, at, plainCell(piece.plain as PlainTextColumn, row))
      else if (isPresent(piece.valid, row)) {
        if (kind === 'number') at = this.numberTexts.write(bytes, view, at, piece.numbers[row] as number)
        else if (kind === 'integer') at = writeInteger(bytes, at, piece.integers[row] as number)
        else at = this.dateTexts.write(bytes, at, piece.integers[row] as number)
      }
      bytes[at++] = piece.separator
    }
    return at
  }
}

function copy(bytes: Uint8Array, at: number, from: Uint8Array): number {
  const { length } = from
  if (length > SHORT) bytes.set(from, at)
  else for (let i = 0; i < length; i++) bytes[at + i] = from[i] as number
  return at + length
}

/** No row takes more bytes for its cells written in full: quotes double, and a broken character becomes three bytes. */
function plainRoom(pieces: readonly Piece[], row: number): number {
  let room = 0
  for (const { plain } of pieces) {
    if (plain !== null) room += 3 * ((plain.offsets[row + 1] as number) - (plain.offsets[row] as number))
  }
  return room
}

function pieceOf({ fields, keys, coded, separator }: Group, table: ResultTable): Piece {
  const piece: Piece = {
    kind: 'codes',
    separator,
    valid: null,
    numbers: NO_NUMBERS,
    integers: NO_INTEGERS,
    coded,
    plain: null,
  }
  if (coded !== null) {
    return {
      ...piece,
      integers: coded.combine(
        keys.map((key) => boundedColumn(key, table)),
        table.rows,
      ),
    }
  }
  const field = fields[0] as ResultField
  const column = columnOf(field, table)
  if (column.kind === 'plain-text') return { ...piece, kind: 'plain', plain: column }
  if (column.kind === 'text') {
    const { dictionary } = column
    const own = new CodedPiece([{ dictionary, key: 0, places: null }], [dictionary.length], separator)
    return { ...piece, coded: own, integers: own.combine([column], table.rows) }
  }
  const kind = field.type as 'number' | 'integer' | 'date'
  const cells = kind === 'number' ? { numbers: asNumbers(column) } : { integers: asIntegers(column) }
  return { ...piece, kind, valid: column.valid, ...cells }
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

// One kind of array for each kind of cell, so that the loop over cells stays fast.
const asNumbers = ({ values }: NumberColumn): Float64Array =>
  values instanceof Float64Array ? values : new Float64Array(values)
const asIntegers = ({ values }: NumberColumn): Int32Array =>
  values instanceof Int32Array ? values : new Int32Array(values)
