import type { TextColumn } from '@afferent/records'
import { FilledColumn } from './filled-column.ts'
import { sortedTexts } from './run-context.ts'

/** More different texts than this need wider codes. */
const MOST_SHORT = 0xffff

/** A column of texts that are set one by one, held as codes. */
export class TextCells {
  /** 0: missing, else the number of the text in the order of its first mention. */
  private codes: Uint16Array | Int32Array
  private readonly numbers = new Map<string, number>()

  constructor(rows: number) {
    this.codes = new Uint16Array(rows)
  }

  set(row: number, text: string | null): void {
    this.codes[row] = text === null ? 0 : (this.numbers.get(text) ?? this.add(text))
  }

  /** With a sorted dictionary of the texts that stand in some row. */
  column(): TextColumn {
    const texts = [...this.numbers.keys()]
    const used = new Uint8Array(texts.length + 1)
    for (let row = 0; row < this.codes.length; row++) used[this.codes[row] as number] = 1
    const dictionary = sortedTexts(texts.filter((_, i) => used[i + 1] === 1))
    const places = new Map(dictionary.map((text, i) => [text, i]))
    const placeOf = texts.map((text) => places.get(text) ?? 0)
    const column = new FilledColumn(new Int32Array(this.codes.length))
    for (let row = 0; row < this.codes.length; row++) {
      const code = this.codes[row] as number
      if (code > 0) column.put(row, placeOf[code - 1] as number)
    }
    return { kind: 'text', values: column.values, valid: column.valid, dictionary }
  }

  private add(text: string): number {
    const number = this.numbers.size + 1
    this.numbers.set(text, number)
    if (number > MOST_SHORT && this.codes instanceof Uint16Array) this.codes = Int32Array.from(this.codes)
    return number
  }
}

/** Texts as codes into their own sorted dictionary. */
export function codedColumn(texts: readonly (string | null)[]): TextColumn {
  const cells = new TextCells(texts.length)
  texts.forEach((text, row) => {
    cells.set(row, text)
  })
  return cells.column()
}
