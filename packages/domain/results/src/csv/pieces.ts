import { isPresent, type TextColumn } from '@afferent/records'
import type { PlainTextColumn } from '@afferent/records/arrow'
import { toTextCell } from './text-cell.ts'

/** Neighbouring text columns are written as one piece while their combinations stay below this. */
export const MOST_COMBINATIONS = 1 << 16

const encoder = new TextEncoder()
const COMMA = 44
const QUOTE = 34

/**
 * Cells of one or more neighbouring text columns, copied as one run of bytes. Each combination of texts is put together
 * once, when it first occurs: a parameter's code, label and category always stand together.
 */
export class CodedPiece {
  private readonly cells: Uint8Array[][]
  private readonly sizes: number[]
  private readonly combinations: number
  private readonly runs: (Uint8Array | undefined)[] = []

  constructor(dictionaries: readonly (readonly string[])[]) {
    this.cells = dictionaries.map((texts) => [new Uint8Array(0), ...texts.map((t) => encoder.encode(toTextCell(t)))])
    this.sizes = this.cells.map((cells) => cells.length)
    this.combinations = this.sizes.reduce((product, size) => product * size, 1)
  }

  /** Combination of each row; 0 in a column's place stands for missing. */
  combine(columns: readonly TextColumn[], rows: number): Int32Array {
    const combined = new Int32Array(rows)
    columns.forEach((column, i) => {
      addCodes(combined, this.sizes[i] as number, column, rows)
    })
    return combined
  }

  /** Cells of a combination with the commas between them. */
  runOf(combination: number): Uint8Array {
    return this.runs[combination] ?? this.putTogether(combination)
  }

  private putTogether(combination: number): Uint8Array {
    let rest = combination
    let stride = this.combinations
    const cells = this.cells.map((texts, i) => {
      stride /= this.sizes[i] as number
      const code = Math.floor(rest / stride)
      rest -= code * stride
      return texts[code] as Uint8Array
    })
    const run = new Uint8Array(cells.reduce((sum, { length }) => sum + length, cells.length - 1)).fill(COMMA)
    let at = 0
    for (const cell of cells) {
      run.set(cell, at)
      at += cell.length + 1
    }
    this.runs[combination] = run
    return run
  }
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
  if (!isPresent(column.valid, row)) return new Uint8Array(0)
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
