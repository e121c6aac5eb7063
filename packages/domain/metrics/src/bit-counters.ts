/** Planes of the counters: windows of up to 65,535 days. */
const PLANES = 16

/**
 * Counts, for each of 32 bits at once, in how many of the words added the bit was set.
 *
 * The counters stand upright: plane p holds binary digit p of all 32 counts, and adding a word is one binary addition
 * with carry over the planes (about two steps a word), instead of a branch per bit and day.
 */
export class BitCounters {
  private readonly planes = new Int32Array(PLANES)

  clear(): void {
    this.planes.fill(0)
  }

  addAll(words: Int32Array, from: number, to: number): void {
    const planes = this.planes
    for (let i = from; i < to; i++) {
      let carry = words[i] as number
      for (let p = 0; carry !== 0; p++) {
        const digit = planes[p] as number
        planes[p] = digit ^ carry
        carry &= digit
      }
    }
  }

  /** Writes the counts of the lowest `bits` bits to `into` from `at` on. */
  write(into: Float64Array, at: number, bits: number): void {
    let top = PLANES
    while (top > 0 && this.planes[top - 1] === 0) top--
    for (let bit = 0; bit < bits; bit++) {
      let count = 0
      for (let p = top - 1; p >= 0; p--) count = count * 2 + (((this.planes[p] as number) >>> bit) & 1)
      into[at + bit] = count
    }
  }
}
