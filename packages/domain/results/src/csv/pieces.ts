import { isPresent, type TextColumn } from '@afferent/records'
import type { PlainTextColumn } from '@afferent/records/arrow'
import { toTextCell } from './text-cell.ts'

const encoder = new TextEncoder()
const NOTHING = new Uint8Array(0)
const COMMA = 44
const QUOTE = 34
/** UTF-8 takes at most so many bytes for a unit of a JavaScript string. */
const BYTES_PER_UNIT = 3

/** One text column of a piece. */
export interface PieceField {
  readonly dictionary: readonly string[]
  /** Which of the piece's keys decides it. */
  readonly key: number
  /** For each code of the key the place in the dictionary, NONE (-1) where missing; null: the key is its own column. */
  readonly places: Int32Array | null
}

/**
 * Cells of one or more neighbouring text columns and the separators behind them, copied as one run of bytes. Each
 * combination of keys is put together once, when it first occurs: a parameter's code, label and category always stand
 * together.
 */
export class CodedPiece {
  private readonly fields: readonly PieceField[]
  private readonly cells: readonly (readonly Uint8Array[])[]
  /** Texts of each key, and missing. */
  private readonly sizes: readonly number[]
  private readonly separator: number
  private readonly runs: (Uint8Array | undefined)[] = []
  private combined = new Int32Array(0)

  /** `separator` stands behind the last cell. */
  constructor(fields: readonly PieceField[], keyTexts: readonly number[], separator: number) {
    this.fields = fields
    this.cells = fields.map(({ dictionary }) => cellsOf(dictionary))
    this.sizes = keyTexts.map((texts) => texts + 1)
    this.separator = separator
  }

  /** Combination of each row, in memory that serves the next call; 0 in a key's place stands for missing. */
  combine(keys: readonly TextColumn[], rows: number): Int32Array {
    if (this.combined.length < rows) this.combined = new Int32Array(rows)
    const combined = this.combined.fill(0, 0, rows)
    keys.forEach((column, i) => {
      addCodes(combined, this.sizes[i] as number, column, rows)
    })
    return combined
  }

  /** Cells of a combination with all separators. */
  runOf(combination: number): Uint8Array {
    return this.runs[combination] ?? this.putTogether(combination)
  }

  /** No run is longer. */
  get longest(): number {
    const longest = (cells: readonly Uint8Array[]): number =>
      cells.reduce((most, { length }) => Math.max(most, length), 0)
    return this.cells.reduce((sum, cells) => sum + longest(cells) + 1, 0)
  }

  private putTogether(combination: number): Uint8Array {
    const codes = this.codesOf(combination)
    const cells = this.fields.map(({ key, places }, i) => {
      const code = codes[key] as number
      const place = places === null || code < 0 ? code : (places[code] as number)
      return place < 0 ? NOTHING : (this.cells[i]?.[place] as Uint8Array)
    })
    const run = new Uint8Array(cells.reduce((sum, { length }) => sum + length + 1, 0)).fill(COMMA)
    let at = 0
    for (const cell of cells) {
      run.set(cell, at)
      at += cell.length + 1
    }
    run[at - 1] = this.separator
    this.runs[combination] = run
    return run
  }

  /** Code of each key, -1 for missing. */
  private codesOf(combination: number): number[] {
    const codes: number[] = []
    let rest = combination
    for (let i = this.sizes.length - 1; i >= 0; i--) {
      const size = this.sizes[i] as number
      codes[i] = (rest % size) - 1
      rest = Math.floor(rest / size)
    }
    return codes
  }
}

/** All cells in one piece of memory. */
function cellsOf(texts: readonly string[]): Uint8Array[] {
  const cells = texts.map(toTextCell)
  const bytes = new Uint8Array(cells.reduce((sum, { length }) => sum + length * BYTES_PER_UNIT, 0))
  let at = 0
  return cells.map((cell) => {
    const start = at
    at += encoder.encodeInto(cell, bytes.subarray(start)).written
    return bytes.subarray(start, at)
  })
}

function addCodes(combined: Int32Array, size: number, { values, valid }: TextColumn, rows: number): void {
  if (valid === null) {
    for (let row = 0; row < rows; row++) combined[row] = (combined[row] as number) * size + (values[row] as number) + 1
    return
  }
  for (let row = 0; row < rows; row++) {
    const present = ((valid[row >> 3] as number) >> (row & 7)) & 1
    combined[row] = (combined[row] as number) * size + present * ((values[row] as number) + 1)
  }
}

/** Cells of a column written in full: quoted and guarded one by one. */
export function plainCell(column: PlainTextColumn, row: number): Uint8Array {
  if (!isPresent(column.valid, row)) return NOTHING
  const raw = column.bytes.subarray(column.offsets[row], column.offsets[row + 1])
  return needsCare(raw) ? encoder.encode(toTextCell(new TextDecoder().decode(raw))) : raw
}

/** Whether a cell may need quotes or a guard: no byte of a harmless cell is below '.' but blanks and a few signs. */
function needsCare(raw: Uint8Array): boolean {
  if (raw.length === 0) return true
  const first = raw[0] as number
  if (first < 48 || first === 61 || first === 64) return true
  for (let i = 0; i < raw.length; i++) {
    const byte = raw[i] as number
    if (byte < 32 || byte === COMMA || byte === QUOTE) return true
  }
  return false
}
