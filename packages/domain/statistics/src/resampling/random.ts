import { normalQuantile } from '@afferent/distributions'

const ROUNDS = 10
const [MULTIPLIER_0, MULTIPLIER_1] = [0xd2511f53, 0xcd9e8d57]
const [WEYL_0, WEYL_1] = [0x9e3779b9, 0xbb67ae85]
const TWO_32 = 2 ** 32

/** Numbers by chance; each call gives the next. */
export interface Random {
  /** At least 0, below 1, 53 bits. */
  readonly uniform: () => number
  /** Standard normal. */
  readonly normal: () => number
  /** A whole number from 0 to below n. */
  readonly below: (n: number) => number
}

/**
 * The stream of chance of one place in one analysis.
 *
 * Definition  Philox4x32-10, a generator that encrypts a counter: the key is a hash (FNV-1a, 64 bits) of seed and analysis, the
 *             upper half of the counter is the place (the number of a resample, of an imputation), the lower half counts on.
 *             Nothing passes from one place to another: which worker computes which place, and how many there are, changes
 *             nothing. Uniform: 53 of 64 bits; normal: quantile of a uniform above 0.
 * Input       `seed` and `analysis` as texts, `place` a whole number from 0.
 * Source      Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3, SC 2011; known answers of Random123.
 */
export function randomAt(seed: string, analysis: string, place: number): Random {
  const key = hashText(`${seed}\n${analysis}`)
  const [low, high] = [place % TWO_32, Math.floor(place / TWO_32)]
  const words = new Uint32Array(4)
  let block = 0
  let next = 4
  const word = (): number => {
    if (next === 4) {
      words[0] = block
      words[1] = Math.floor(block / TWO_32)
      words[2] = low
      words[3] = high
      philox(words, key)
      block++
      next = 0
    }
    return words[next++] as number
  }
  const uniform = (): number => {
    const upper = word() >>> 5
    return (upper * 2 ** 26 + (word() >>> 6)) / 2 ** 53
  }
  return {
    uniform,
    normal: () => normalQuantile(uniform() + 2 ** -54),
    // One word: numbers are alike but for n in 2^32, which no simulation sees.
    below: (n) => Math.floor((word() * n) / TWO_32),
  }
}

/** Turns a counter of four words into four words of chance, in place. */
export function philox(words: Uint32Array, key: readonly [number, number]): void {
  let c0 = words[0] as number
  let c1 = words[1] as number
  let c2 = words[2] as number
  let c3 = words[3] as number
  let k0 = key[0]
  let k1 = key[1]
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = Math.imul(MULTIPLIER_0, c0)
    const low1 = Math.imul(MULTIPLIER_1, c2)
    const high0 = highProduct(MULTIPLIER_0, c0)
    const high1 = highProduct(MULTIPLIER_1, c2)
    c0 = high1 ^ c1 ^ k0
    c1 = low1
    c2 = high0 ^ c3 ^ k1
    c3 = low0
    k0 = (k0 + WEYL_0) | 0
    k1 = (k1 + WEYL_1) | 0
  }
  words[0] = c0
  words[1] = c1
  words[2] = c2
  words[3] = c3
}

/** Upper 32 bits of a product of two words, which may come with a sign. */
function highProduct(a: number, b: number): number {
  const a1 = a >>> 16
  const a0 = a & 0xffff
  const b1 = b >>> 16
  const b0 = b & 0xffff
  const middle = a1 * b0 + ((a0 * b0) >>> 16)
  const other = a0 * b1 + (middle & 0xffff)
  return (a1 * b1 + (middle >>> 16) + (other >>> 16)) | 0
}

/** FNV-1a of the UTF-8 bytes, as two words. */
export function hashText(text: string): readonly [number, number] {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn
  return [Number(hash & 0xffffffffn), Number(hash >> 32n)]
}
