import { BATCH_ROWS, type Column, copyMask, maskBytes, type TextColumn } from '@afferent/records'
import type { ArrowBatch, PlainTextColumn } from '@afferent/records/arrow'
import { type ResultField, type ResultTable, sameTexts } from '../result-table.ts'
import { lookUp } from '../tables/filled-column.ts'
import { SlabArrays, Slabs } from './slabs.ts'

type Cells = Uint8Array | Uint16Array | Int16Array | Int32Array | Float64Array

/**
 * Cuts tables that come in any size into batches of BATCH_ROWS. The arrays of one batch serve the next, so what `add` and `end`
 * yield must be used up before they are called again.
 */
export class Batches {
  private readonly fields: readonly ResultField[]
  private readonly columns: readonly BatchColumn[]
  private filled = 0

  constructor(fields: readonly ResultField[], arrays = new SlabArrays(new Slabs())) {
    this.fields = fields
    this.columns = fields.map((field) => new BatchColumn(field, arrays))
  }

  *add(table: ResultTable): Generator<ArrowBatch> {
    const sources = this.fields.map((field, i) => (this.columns[i] as BatchColumn).source(table, field))
    for (let from = 0; from < table.rows; ) {
      const rows = Math.min(table.rows - from, BATCH_ROWS - this.filled)
      this.columns.forEach((column, i) => {
        column.append(sources[i] as Source, from, rows, this.filled)
      })
      this.filled += rows
      from += rows
      if (this.filled === BATCH_ROWS) yield this.flush()
    }
  }

  /** The rows left over. */
  *end(): Generator<ArrowBatch> {
    if (this.filled > 0) yield this.flush()
  }

  private flush(): ArrowBatch {
    const rows = this.filled
    const columns = Object.fromEntries(
      this.fields.map((field, i) => [field.name, (this.columns[i] as BatchColumn).take(rows)]),
    )
    this.filled = 0
    return { rows, columns }
  }
}

/** A column to take rows from; `codes` translates its codes into the file's (NONE: missing), null where they agree. */
type Source = { readonly column: Column | PlainTextColumn; readonly codes: Int32Array | null }

class BatchColumn {
  private readonly field: ResultField
  private readonly values: Cells
  private readonly mask: Uint8Array
  private plain: { readonly column: PlainTextColumn; readonly from: number; readonly rows: number }[] = []
  private places: Map<string, number> | null = null

  constructor(field: ResultField, arrays: SlabArrays) {
    this.field = field
    this.values = arrayFor(field, arrays)
    this.mask = arrays.mask(BATCH_ROWS)
  }

  source({ columns, places }: ResultTable, field: ResultField): Source {
    const { follows } = field
    const column = columns[follows?.column ?? field.name]
    if (follows !== undefined && column?.kind === 'text') return { column, codes: follows.places }
    if (column === undefined) throw new Error(`no column ${field.name} in the table`)
    const known = places?.[field.name]
    if (known !== undefined) return { column, codes: known }
    if (column.kind !== 'text' || sameTexts(column.dictionary, field.dictionary)) return { column, codes: null }
    return { column, codes: this.translate(column) }
  }

  append({ column, codes }: Source, from: number, rows: number, at: number): void {
    if (column.kind !== 'plain-text' && codes !== null) {
      lookUp(this.values, this.mask, at, column, from, rows, codes)
      return
    }
    copyMask(this.mask, at, column.valid, from, from + rows)
    if (column.kind === 'plain-text') this.plain.push({ column, from, rows })
    else this.values.set(column.values.subarray(from, from + rows), at)
  }

  take(rows: number): Column | PlainTextColumn {
    const valid = this.mask.slice(0, maskBytes(rows))
    this.mask.fill(0)
    if (this.field.texts === 'free' && this.field.type === 'text') return this.takePlain(rows, valid)
    const values = this.values.subarray(0, rows)
    if (this.field.type === 'text') {
      return { kind: 'text', values, valid, dictionary: this.field.dictionary } as TextColumn
    }
    const kind = this.field.type === 'date' ? 'date' : this.field.type === 'number' ? 'f64' : 'i32'
    return { kind, values, valid } as Column
  }

  private takePlain(rows: number, valid: Uint8Array): PlainTextColumn {
    const pieces = this.plain
    this.plain = []
    const offsets = new Int32Array(rows + 1)
    const size = pieces.reduce((sum, { column, from, rows: n }) => sum + spanOf(column, from, n), 0)
    const bytes = new Uint8Array(size)
    let row = 0
    for (const { column, from, rows: n } of pieces) {
      const start = column.offsets[from] as number
      const base = (offsets[row] as number) - start
      for (let i = 1; i <= n; i++) offsets[row + i] = (column.offsets[from + i] as number) + base
      bytes.set(column.bytes.subarray(start, column.offsets[from + n]), offsets[row])
      row += n
    }
    return { kind: 'plain-text', offsets, bytes, valid }
  }

  private translate(column: TextColumn): Int32Array {
    this.places ??= new Map(this.field.dictionary.map((text, i) => [text, i]))
    const { places } = this
    return Int32Array.from(column.dictionary, (text) => {
      const place = places.get(text)
      if (place === undefined) throw new Error(`column ${this.field.name} brings a text that the file does not know`)
      return place
    })
  }
}

const spanOf = ({ offsets }: PlainTextColumn, from: number, rows: number): number =>
  (offsets[from + rows] as number) - (offsets[from] as number)

function arrayFor(field: ResultField, arrays: SlabArrays): Cells {
  if (field.type === 'number') return arrays.f64(BATCH_ROWS)
  if (field.type !== 'text') return arrays.i32(BATCH_ROWS)
  if (field.texts === 'free') return new Uint8Array(0)
  return field.texts === 'few' ? arrays.u16(BATCH_ROWS) : arrays.i32(BATCH_ROWS)
}
