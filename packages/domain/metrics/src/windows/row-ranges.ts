/** Rows of one subject after the other in a table sorted by subject, without a search. */
export class RowRanges {
  from = 0
  to = 0
  private readonly subject: Int32Array

  constructor(table: { readonly subject: Int32Array } | null) {
    this.subject = table === null ? new Int32Array(0) : table.subject
  }

  /** Moves on to the rows of `code`; codes come in ascending order. */
  advance(code: number): void {
    const { subject } = this
    let from = this.to
    while (from < subject.length && (subject[from] as number) < code) from++
    let to = from
    while (to < subject.length && subject[to] === code) to++
    this.from = from
    this.to = to
  }
}
