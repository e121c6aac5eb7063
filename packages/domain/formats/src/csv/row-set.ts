import { allocate, type ColumnOf } from '@afferent/records'

/** Yes and no of several columns, as bits of one: what was said, and what was answered at all. */
export class RowSet {
  bits: Uint16Array = new Uint16Array(0)
  asked: Uint16Array = new Uint16Array(0)
  private made: { bits: ColumnOf<'u16'>; asked: ColumnOf<'u16'> } | null = null

  reserve(rows: number): void {
    const { bits, asked } = this
    this.bits = allocate.u16(rows)
    this.bits.set(bits)
    this.asked = allocate.u16(rows)
    this.asked.set(asked)
  }

  put(row: number, bit: number, answered: boolean, yes: boolean): void {
    this.asked[row] = answered ? this.asked[row] | bit : this.asked[row] & ~bit
    this.bits[row] = yes ? this.bits[row] | bit : this.bits[row] & ~bit
  }

  /** The same two columns for every slot of the set. */
  columns(rows: number): { readonly bits: ColumnOf<'u16'>; readonly asked: ColumnOf<'u16'> } {
    this.made ??= {
      bits: { kind: 'u16', values: this.bits.subarray(0, rows), valid: null },
      asked: { kind: 'u16', values: this.asked.subarray(0, rows), valid: null },
    }
    return this.made
  }
}
