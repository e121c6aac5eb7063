import { allocate, type Column, markPresent, type TextColumn } from '@afferent/records'

/** Columns filled cell by cell; words code into lists of their own. */
export class Cells {
  readonly rows: number
  private readonly cells = new Map<string, Column>()

  constructor(rows: number) {
    this.rows = rows
  }

  number(name: string, row: number, value: number): void {
    this.put(name, row, value, null)
  }

  /** Nothing where there is no such word. */
  word(name: string, row: number, dictionary: readonly string[], code: number | null): void {
    if (code !== null) this.put(name, row, code, dictionary)
  }

  /** A text column of the records as it is. */
  take(name: string, column: TextColumn | undefined): void {
    if (column !== undefined) this.cells.set(name, column)
  }

  private put(name: string, row: number, value: number, dictionary: readonly string[] | null): void {
    const column = this.cells.get(name) ?? this.empty(dictionary)
    this.cells.set(name, column)
    column.values[row] = value
    markPresent(column.valid as Uint8Array, row)
  }

  private empty(dictionary: readonly string[] | null): Column {
    const base = { values: allocate.i32(this.rows), valid: allocate.mask(this.rows) }
    return dictionary === null ? { kind: 'i32', ...base } : { kind: 'text', ...base, dictionary }
  }

  columns(texts: readonly string[], numbers: readonly string[]): Record<string, Column> {
    const all: Record<string, Column> = {}
    for (const name of texts) all[name] = this.cells.get(name) ?? this.empty([])
    for (const name of numbers) all[name] = this.cells.get(name) ?? this.empty(null)
    return all
  }
}
