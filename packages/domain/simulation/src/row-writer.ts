import { toIsoDay } from '@afferent/study'

const PART_BYTES = 1 << 20
/** Longest row that any scenario writes. */
const ROW_BYTES = 512
const ZERO = 48
const COMMA = 44
const NEWLINE = 10
const encoder = new TextEncoder()

/** Bytes of a CSV file, collected into parts. Cells are ASCII and end with a comma, rows with a newline. */
export class RowWriter {
  private bytes = new Uint8Array(PART_BYTES)
  private at = 0
  private rowStart = 0
  private parts: Uint8Array[] = []
  private readonly dates = new Map<number, Uint8Array>()

  /** Parts that are full; with `all`, the rest as well. */
  take(all = false): Uint8Array[] {
    if (all) this.handOver()
    const { parts } = this
    this.parts = []
    return parts
  }

  private handOver(): void {
    if (this.at > 0) this.parts.push(this.bytes.slice(0, this.at))
    this.at = 0
  }

  begin(): void {
    if (this.at + ROW_BYTES > PART_BYTES) this.handOver()
    this.rowStart = this.at
  }

  /** Ends the row: the comma of its last cell becomes the newline. */
  end(): void {
    this.bytes[this.at - 1] = NEWLINE
  }

  /** The row just ended, once more. */
  repeat(): void {
    const row = this.bytes.slice(this.rowStart, this.at)
    this.begin()
    this.bytes.set(row, this.at)
    this.at += row.length
  }

  ascii(text: Uint8Array): void {
    for (let i = 0; i < text.length; i++) this.bytes[this.at++] = text[i] as number
    this.bytes[this.at++] = COMMA
  }

  text(text: string): void {
    this.ascii(encoder.encode(text))
  }

  flag(is: boolean): void {
    this.bytes[this.at++] = is ? 89 : 78
    this.bytes[this.at++] = COMMA
  }

  empty(): void {
    this.bytes[this.at++] = COMMA
  }

  /** Whole number from 0 to 99. */
  small(value: number): void {
    if (value >= 10) this.bytes[this.at++] = ZERO + Math.floor(value / 10)
    this.bytes[this.at++] = ZERO + (value % 10)
    this.bytes[this.at++] = COMMA
  }

  /** Half hours as hours: 9 is 4.5. */
  halves(value: number): void {
    this.small(Math.floor(value / 2))
    if (value % 2 === 0) return
    this.bytes[this.at - 1] = 46
    this.bytes[this.at++] = ZERO + 5
    this.bytes[this.at++] = COMMA
  }

  date(day: number): void {
    this.ascii(this.isoDate(day))
  }

  /** Minute of a day as local time one hour east of Greenwich: 2026-03-01T21:05+01:00. */
  instant(day: number, minute: number): void {
    const late = Math.floor(minute / 1440)
    const rest = minute - late * 1440
    this.ascii(this.isoDate(day + late))
    this.bytes[this.at - 1] = 84
    this.twoDigits(Math.floor(rest / 60), 58)
    this.twoDigits(rest % 60, 43)
    this.twoDigits(1, 58)
    this.twoDigits(0, COMMA)
  }

  private twoDigits(value: number, then: number): void {
    this.bytes[this.at++] = ZERO + Math.floor(value / 10)
    this.bytes[this.at++] = ZERO + (value % 10)
    this.bytes[this.at++] = then
  }

  private isoDate(day: number): Uint8Array {
    let bytes = this.dates.get(day)
    if (bytes === undefined) {
      bytes = encoder.encode(toIsoDay(day))
      this.dates.set(day, bytes)
    }
    return bytes
  }
}
