/** Rows of one subject after the other in a table sorted by subject. */
export class RowRanges {
  from = 0
  to = 0
  private readonly subject: Int32Array

  constructor(table: { readonly subject: Int32Array } | null) {
    this.subject = table === null ? new Int32Array(0) : table.subject
  }

  /** Moves on to the rows of `code`; codes come in ascending order. */
  advance(code: number): void {
    this.from = firstFrom(this.subject, this.to, code)
    this.to = firstFrom(this.subject, this.from, code + 1)
  }
}

/** First row from `row` on whose subject is not below `code`: in steps that double, then halving what the last one passed. */
function firstFrom(subject: Int32Array, row: number, code: number): number {
  let low = row
  let step = 1
  while (low + step <= subject.length && (subject[low + step - 1] as number) < code) {
    low += step
    step *= 2
  }
  let high = Math.min(subject.length, low + step - 1)
  while (low < high) {
    const middle = (low + high) >> 1
    if ((subject[middle] as number) < code) low = middle + 1
    else high = middle
  }
  return low
}
