import { writeInteger } from './integer-text.ts'

/** Room for the text of any double; the last byte of a slot is the text's length. */
const SLOT_BYTES = 32
const SLOTS = 1 << 17

/**
 * Texts of numbers as in JavaScript: the shortest that give the same double again. Integers are written digit by digit;
 * other numbers are looked up among those written before, since prorated counts and their changes repeat.
 */
export class NumberTexts {
  private readonly keys = new Float64Array(SLOTS).fill(Number.NaN)
  private readonly texts = new Uint8Array(SLOTS * SLOT_BYTES)
  private readonly double = new Float64Array(1)
  private readonly halves = new Int32Array(this.double.buffer)

  /** Returns where the text ends. Throws RangeError for NaN and infinity. */
  write(bytes: Uint8Array, at: number, value: number): number {
    if (value === (value | 0)) return writeInteger(bytes, at, value)
    const slot = this.slotOf(value)
    if (this.keys[slot] !== value) this.remember(slot, value)
    const { texts } = this
    const start = slot * SLOT_BYTES
    const size = texts[start + SLOT_BYTES - 1] as number
    for (let i = 0; i < size; i++) bytes[at + i] = texts[start + i] as number
    return at + size
  }

  private slotOf(value: number): number {
    this.double[0] = value
    const low = this.halves[0] as number
    const high = this.halves[1] as number
    return (low ^ (low >>> 15) ^ Math.imul(high, 0x9e3779b1) ^ (high >>> 13)) & (SLOTS - 1)
  }

  private remember(slot: number, value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no number to publish`)
    const text = String(value)
    const start = slot * SLOT_BYTES
    for (let i = 0; i < text.length; i++) this.texts[start + i] = text.charCodeAt(i)
    this.texts[start + SLOT_BYTES - 1] = text.length
    this.keys[slot] = value
  }
}
