/** Bits of a digit at most: so many places to put rows to stay in the nearest memory. */
const DIGIT_BITS = 11
const WORD_BITS = 26
const WORD = 2 ** WORD_BITS

/**
 * Puts rows into the order of their keys, which are whole numbers: stable, so that keys are given from the least to the most
 * important. Time is linear in rows: no comparison, and the digits of a key lie beside the rows while these are moved.
 */
export class RadixSort {
  /** The rows, in the order of the keys given so far. */
  order: Int32Array
  private spare: Int32Array
  private words: Int32Array
  private spareWords: Int32Array

  constructor(rows: number) {
    this.order = new Int32Array(rows)
    this.spare = new Int32Array(rows)
    this.words = new Int32Array(rows)
    this.spareWords = new Int32Array(rows)
  }

  /** `key`: by row, also of rows that are not among those sorted. */
  by(key: Float64Array): void {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let row = 0; row < key.length; row++) {
      if (key[row] < low) low = key[row]
      if (key[row] > high) high = key[row]
    }
    if (high - low < WORD) {
      for (let i = 0; i < this.order.length; i++) this.words[i] = key[this.order[i]] - low
      this.sortWords(high - low)
      return
    }
    for (let range = high - low, unit = 1; range >= 1; range = Math.floor(range / WORD), unit *= WORD) {
      this.readWords(key, low, unit)
      this.sortWords(Math.min(range, WORD - 1))
    }
  }

  /** 26 bits of each key, as a 32-bit number beside its row. */
  private readWords(key: Float64Array, low: number, unit: number): void {
    const { order, words } = this
    for (let i = 0; i < order.length; i++) words[i] = Math.floor((key[order[i]] - low) / unit) % WORD
  }

  private sortWords(highest: number): void {
    if (highest < 1) return
    const bits = 32 - Math.clz32(highest)
    const passes = Math.ceil(bits / DIGIT_BITS)
    const width = Math.ceil(bits / passes)
    for (let pass = 0; pass < passes; pass++) {
      moveByDigit(this.order, this.words, this.spare, this.spareWords, pass * width, (1 << width) - 1)
      const { order, words } = this
      this.order = this.spare
      this.words = this.spareWords
      this.spare = order
      this.spareWords = words
    }
  }
}

function moveByDigit(
  order: Int32Array,
  words: Int32Array,
  toOrder: Int32Array,
  toWords: Int32Array,
  shift: number,
  mask: number,
): void {
  const next = new Int32Array(mask + 2)
  for (let i = 0; i < words.length; i++) next[((words[i] >>> shift) & mask) + 1]++
  for (let digit = 0; digit <= mask; digit++) next[digit + 1] += next[digit]
  for (let i = 0; i < words.length; i++) {
    const at = next[(words[i] >>> shift) & mask]++
    toOrder[at] = order[i]
    toWords[at] = words[i]
  }
}
