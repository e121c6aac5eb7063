/** Six planes count to 63: longer windows are counted in stretches. */
const STRETCH = 63

/**
 * Counts in how many of the words `from` to `to` each of the lowest `bits` bits is set, into `into` from `at` on.
 *
 * The counters stand upright: plane p holds binary digit p of all 32 counts, and adding a word is one binary addition
 * with carry over the planes: a few operations a day for all bits, instead of a branch per bit and day.
 */
export function countBits(
  words: Int32Array,
  from: number,
  to: number,
  into: Float64Array,
  at: number,
  bits: number,
): void {
  for (let start = from; start < to; start += STRETCH) {
    const end = Math.min(to, start + STRETCH)
    let p0 = 0
    let p1 = 0
    let p2 = 0
    let p3 = 0
    let p4 = 0
    let p5 = 0
    for (let i = start; i < end; i++) {
      const word = words[i] as number
      const c1 = p0 & word
      p0 ^= word
      const c2 = p1 & c1
      p1 ^= c1
      const c3 = p2 & c2
      p2 ^= c2
      const c4 = p3 & c3
      p3 ^= c3
      const c5 = p4 & c4
      p4 ^= c4
      p5 ^= c5
    }
    for (let bit = 0; bit < bits; bit++) {
      const count =
        ((p0 >>> bit) & 1) +
        (((p1 >>> bit) & 1) << 1) +
        (((p2 >>> bit) & 1) << 2) +
        (((p3 >>> bit) & 1) << 3) +
        (((p4 >>> bit) & 1) << 4) +
        (((p5 >>> bit) & 1) << 5)
      into[at + bit] = (into[at + bit] as number) + count
    }
  }
}
