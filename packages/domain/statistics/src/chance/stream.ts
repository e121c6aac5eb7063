import { normalQuantile } from '@afferent/distributions'

/** Chance that is the same wherever it is asked for: a stream of numbers named by words and numbers. */
export interface Stream {
  /** Above 0 and below 1, 2^53 steps. */
  readonly uniform: () => number
  readonly normal: () => number
  /** A whole number from 0 to n - 1. */
  readonly below: (n: number) => number
}

/**
 * The stream of a name, as seed, analysis, imputation and place make it: never a worker, a run or the order of files.
 *
 * Definition  xoshiro128**, its four words from splitmix32 over a hash (FNV-1a) of the name; normal numbers by inversion.
 * Source      Blackman and Vigna, ACM Trans Math Softw 2021;47:36; splitmix: Steele, Lea and Flood, OOPSLA 2014.
 */
export function streamOf(...name: readonly (string | number)[]): Stream {
  let hash = 0x811c9dc5
  const text = name.join('\u0000')
  for (let k = 0; k < text.length; k++) hash = Math.imul(hash ^ text.charCodeAt(k), 0x01000193)
  const words = new Int32Array(4)
  for (let k = 0; k < 4; k++) {
    hash = (hash + 0x9e3779b9) | 0
    let mixed = hash ^ (hash >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    words[k] = mixed ^ (mixed >>> 15)
  }
  const next = (): number => {
    const [a, b, c, d] = words as unknown as [number, number, number, number]
    const out = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    const [c1, d1] = [c ^ a, d ^ b]
    words[1] = b ^ c1
    words[0] = a ^ d1
    words[2] = c1 ^ shifted
    words[3] = rotated(d1, 11)
    return out
  }
  const uniform = (): number => {
    const high = next() >>> 5
    const low = next() >>> 6
    return (high * 67_108_864 + low + 0.5) / 9_007_199_254_740_992
  }
  return {
    uniform,
    normal: () => normalQuantile(uniform()),
    below: (n) => Math.floor(uniform() * n),
  }
}

const rotated = (value: number, by: number): number => (value << by) | (value >>> (32 - by))
