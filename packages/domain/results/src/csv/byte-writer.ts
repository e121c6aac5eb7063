import { toIsoDay } from '@afferent/study'

const ZERO = 48
const MINUS = 45
/** Room for any number or date. */
const CELL_BYTES = 32
const SLOTS = 1 << 15
const DAY_SLOTS = 1 << 12
const DAY_BYTES = 10

/** Bytes are collected here and handed over when this is full. */
const SCRATCH_BYTES = 1 << 20
/** Above this a native copy beats a loop. */
const SHORT = 12

/**
 * Bytes of CSV cells. Integers are written digit by digit; other numbers and dates are looked up among those written
 * before, since prorated counts and dates repeat. Numbers read as in JavaScript: the shortest text that
 * gives the same double again.
 *
 * Cells are collected in one piece of memory and leave it as parts of their own.
 */
export class ByteWriter {
  private bytes = new Uint8Array(SCRATCH_BYTES)
  private at = 0
  private parts: Uint8Array[] = []
  private readonly doubleKeys = new Float64Array(SLOTS).fill(Number.NaN)
  private readonly doubleTexts = new Uint8Array(SLOTS * CELL_BYTES)
  private readonly dayKeys = new Int32Array(DAY_SLOTS).fill(-0x80000000)
  private readonly dayTexts = new Uint8Array(DAY_SLOTS * DAY_BYTES)
  private readonly double = new Float64Array(1)
  private readonly halves = new Int32Array(this.double.buffer)

  /** Makes room for that many more bytes; call before writing cells. */
  reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return
    this.handOver()
    if (more > this.bytes.length) this.bytes = new Uint8Array(more)
  }

  /** Everything written since the last call, in order. */
  take(): Uint8Array[] {
    this.handOver()
    const { parts } = this
    this.parts = []
    return parts
  }

  private handOver(): void {
    if (this.at === 0) return
    this.parts.push(this.bytes.slice(0, this.at))
    this.at = 0
  }

  byte(value: number): void {
    this.bytes[this.at++] = value
  }

  copy(from: Uint8Array): void {
    const { length } = from
    if (length > SHORT) this.bytes.set(from, this.at)
    else for (let i = 0; i < length; i++) this.bytes[this.at + i] = from[i] as number
    this.at += length
  }

  integer(value: number): void {
    let rest = value | 0
    if (rest < 0) {
      this.bytes[this.at++] = MINUS
      rest = -rest
    }
    if (rest < 10) this.bytes[this.at++] = ZERO + rest
    else this.digits(rest, decimalDigits(rest))
  }

  number(value: number): void {
    if (value === (value | 0)) this.integer(value)
    else this.decimal(value)
  }

  date(day: number): void {
    const slot = day & (DAY_SLOTS - 1)
    const start = slot * DAY_BYTES
    if (this.dayKeys[slot] !== day) {
      const text = toIsoDay(day)
      for (let i = 0; i < DAY_BYTES; i++) this.dayTexts[start + i] = text.charCodeAt(i)
      this.dayKeys[slot] = day
    }
    this.copyRange(this.dayTexts, start, start + DAY_BYTES)
  }

  private copyRange(from: Uint8Array, start: number, end: number): void {
    const { bytes } = this
    let { at } = this
    for (let i = start; i < end; i++) bytes[at++] = from[i] as number
    this.at = at
  }

  private digits(value: number, count: number): void {
    let rest = value
    for (let i = this.at + count - 1; i >= this.at; i--) {
      const next = (rest / 10) | 0
      this.bytes[i] = ZERO + rest - next * 10
      rest = next
    }
    this.at += count
  }

  private decimal(value: number): void {
    this.double[0] = value
    const low = this.halves[0] as number
    const high = this.halves[1] as number
    const slot = (low ^ (low >>> 15) ^ Math.imul(high, 0x9e3779b1) ^ (high >>> 13)) & (SLOTS - 1)
    const start = slot * CELL_BYTES
    if (this.doubleKeys[slot] !== value) this.remember(slot, start, value)
    const size = this.doubleTexts[start] as number
    this.copyRange(this.doubleTexts, start + 1, start + 1 + size)
  }

  private remember(slot: number, start: number, value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no number to publish`)
    const text = String(value)
    this.doubleTexts[start] = text.length
    for (let i = 0; i < text.length; i++) this.doubleTexts[start + 1 + i] = text.charCodeAt(i)
    this.doubleKeys[slot] = value
  }
}

function decimalDigits(value: number): number {
  let digits = 1
  for (let limit = 10; value >= limit; limit *= 10) digits++
  return digits
}
