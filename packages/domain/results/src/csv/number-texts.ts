import { writeInteger } from './integer-text.ts'

/** A slot holds the text of a double (25 bytes at most) in whole words; its last byte is the text's length. */
const SLOT_BYTES = 32
const WORD = 8
const SLOTS = 1 << 17

/**
 * Texts of numbers as in JavaScript: the shortest that give the same double again. Integers are written digit by digit;
 * other numbers are looked up among those written before, since prorated counts and their changes repeat.
 */
export class NumberTexts {
  private readonly keys = new Float64Array(SLOTS).fill(Number.NaN)
  private readonly bytes = new Uint8Array(SLOTS * SLOT_BYTES)
  private readonly words = new Float64Array(this.bytes.buffer)
  private readonly double = new Float64Array(1)
  private readonly halves = new Int32Array(this.double.buffer)

  /** Writes no more than 32 bytes and returns where the text ends; `view` is on the same memory as `bytes`. Throws RangeError for NaN and infinity. */
  write(bytes: Uint8Array, view: DataView, at: number, value: number): number {
    if (value === (value | 0)) return writeInteger(bytes, at, value)
    let slot = this.slotOf(value)
    if (this.keys[slot] !== value) slot = this.keys[slot ^ 1] === value ? slot ^ 1 : this.remember(slot, value)
    const size = this.bytes[slot * SLOT_BYTES + SLOT_BYTES - 1] as number
    // Whole words: what they bring beyond the text is overwritten by what comes next.
    const first = slot * (SLOT_BYTES / WORD)
    for (let i = 0; i < size; i += WORD) view.setFloat64(at + i, this.words[first + i / WORD] as number, true)
    return at + size
  }

  private slotOf(value: number): number {
    this.double[0] = value
    const low = this.halves[0] as number
    const high = this.halves[1] as number
    return (low ^ (low >>> 15) ^ Math.imul(high, 0x9e3779b1) ^ (high >>> 13)) & (SLOTS - 1)
  }

  /** In the slot or its neighbour: the one that is free, else the slot. */
  private remember(home: number, value: number): number {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no number to publish`)
    const text = String(value)
    const slot = Number.isNaN(this.keys[home]) || !Number.isNaN(this.keys[home ^ 1]) ? home : home ^ 1
    const start = slot * SLOT_BYTES
    for (let i = 0; i < text.length; i++) this.bytes[start + i] = text.charCodeAt(i)
    this.bytes[start + SLOT_BYTES - 1] = text.length
    this.keys[slot] = value
    return slot
  }
}

let shared: NumberTexts | null = null

/** One for all tables that a thread writes: it takes 5 MB, and the same numbers stand in many columns. */
export function sharedNumberTexts(): NumberTexts {
  shared ??= new NumberTexts()
  return shared
}
