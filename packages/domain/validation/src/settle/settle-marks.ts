import { allocate, MARKS, type MarkName, type RecordTable } from '@afferent/records'
import { joinParts } from '../join/join-parts.ts'
import { type FileSlice, partOf } from './file-slice.ts'

/** Marks that rules across files leave: subject (position in the slice) and day of the record. */
export class MarkList {
  private readonly subject: number[] = []
  private readonly day: number[] = []
  private readonly kind: number[] = []

  add(subject: number, day: number, kind: MarkName): void {
    this.subject.push(subject)
    this.day.push(day)
    this.kind.push(MARKS.indexOf(kind))
  }

  /** Sorted by subject, day and kind, each once: the same whatever files they came from. Null: there are none. */
  table(slices: readonly FileSlice[]): RecordTable<'marks'> | null {
    const parts = slices.flatMap((slice) => partOf(slice, 'marks') ?? [])
    if (parts.length > 0) this.addTable(joinParts('marks', parts).table)
    const order = this.subject.map((_, i) => i).sort((a, b) => this.compare(a, b))
    const kept = order.filter((at, i) => i === 0 || this.compare(order[i - 1], at) !== 0)
    if (kept.length === 0) return null
    const day = allocate.i32(kept.length)
    const kind = allocate.u8(kept.length)
    kept.forEach((at, i) => {
      day[i] = this.day[at]
      kind[i] = this.kind[at]
    })
    return {
      rows: kept.length,
      subject: Int32Array.from(kept, (at) => this.subject[at]),
      columns: { day: { kind: 'i32', values: day, valid: null }, kind: { kind: 'u8', values: kind, valid: null } },
      lines: null,
      firstLine: 0,
    }
  }

  private addTable({ rows, subject, columns }: RecordTable<'marks'>): void {
    for (let row = 0; row < rows; row++) {
      this.subject.push(subject[row])
      this.day.push(columns.day?.values[row] ?? 0)
      this.kind.push(columns.kind?.values[row] ?? 0)
    }
  }

  private compare(a: number, b: number): number {
    return this.subject[a] - this.subject[b] || this.day[a] - this.day[b] || this.kind[a] - this.kind[b]
  }
}
