import { allocate, maskBytes } from '@afferent/records'

/**
 * What a row of adeff says, as bits of one word per row: a writer puts the whole word at once instead of a mark into the
 * mask of every column. When all rows are written the words are turned into masks (`masksOf`).
 */
export const SAYS = {
  /** AWLO and AWHI; ADY too, unless `day` says another one. */
  window: 1 << 0,
  aval: 1 << 1,
  base: 1 << 2,
  chg: 1 << 3,
  pchg: 1 << 4,
  nobs: 1 << 5,
  nevt: 1 << 6,
  /** CRITnFL of the cuts. */
  cuts: 1 << 7,
  baseline: 1 << 8,
  /** The row enters analyses: every row but one whose window is not over (R-NOPOST). */
  analysed: 1 << 9,
  provisional: 1 << 10,
  dtype: 1 << 11,
  reason: 1 << 12,
  avalc: 1 << 13,
  category: 1 << 14,
  day: 1 << 15,
  fifth: 1 << 16,
  sixth: 1 << 17,
  phase: 1 << 18,
  treatment: 1 << 19,
} as const

const GROUP = 8
const GROUPS = 3

/** Places for the words of `rows` rows: eight of them are turned at a time. */
export const wordsFor = (rows: number): Int32Array<ArrayBuffer> => new Int32Array(maskBytes(rows) * GROUP)

/** The mask of each bit by its number; bits that no row has share one mask. */
export function masksOf(
  words: Int32Array,
  rows: number,
  memory: Pick<typeof allocate, 'mask'> = allocate,
): (bit: number) => Uint8Array {
  const any = unionOf(words, rows)
  const none = memory.mask(rows)
  const masks = Array.from({ length: GROUPS * GROUP }, (_, bit) =>
    ((any >>> bit) & 1) === 0 ? none : memory.mask(rows),
  )
  for (let group = 0; group < GROUPS; group++) {
    const first = group * GROUP
    if (((any >>> first) & 0xff) === 0) continue
    const spare = new Uint8Array(maskBytes(rows))
    turn(
      words,
      first,
      masks.slice(first, first + GROUP).map((mask) => (mask === none ? spare : mask)),
    )
  }
  return (bit) => masks[31 - Math.clz32(bit)] as Uint8Array
}

function unionOf(words: Int32Array, rows: number): number {
  let any = 0
  for (let row = 0; row < rows; row++) any |= words[row] as number
  return any
}

/**
 * Eight bits of each word from bit `first` on into a mask each. Eight words are an 8 x 8 square of bits that is turned over
 * its diagonal in three steps: a few operations a row for all masks, instead of a read and a write per row and mask.
 */
function turn(words: Int32Array, first: number, masks: readonly Uint8Array[]): void {
  const [m0, m1, m2, m3, m4, m5, m6, m7] = masks as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ]
  const byteOf = (row: number): number => ((words[row] as number) >>> first) & 0xff
  for (let at = 0; at < m0.length; at++) {
    const row = at * GROUP
    let low = byteOf(row) | (byteOf(row + 1) << 8) | (byteOf(row + 2) << 16) | (byteOf(row + 3) << 24)
    let high = byteOf(row + 4) | (byteOf(row + 5) << 8) | (byteOf(row + 6) << 16) | (byteOf(row + 7) << 24)
    let swap = (low ^ (low >>> 7)) & 0x00aa00aa
    low ^= swap ^ (swap << 7)
    swap = (high ^ (high >>> 7)) & 0x00aa00aa
    high ^= swap ^ (swap << 7)
    swap = (low ^ (low >>> 14)) & 0x0000cccc
    low ^= swap ^ (swap << 14)
    swap = (high ^ (high >>> 14)) & 0x0000cccc
    high ^= swap ^ (swap << 14)
    swap = (low ^ (high << 4)) & 0xf0f0f0f0
    low ^= swap
    high ^= swap >>> 4
    m0[at] = low
    m1[at] = low >>> 8
    m2[at] = low >>> 16
    m3[at] = low >>> 24
    m4[at] = high
    m5[at] = high >>> 8
    m6[at] = high >>> 16
    m7[at] = high >>> 24
  }
}
