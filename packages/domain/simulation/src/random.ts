/**
 * Seeded random numbers (xoshiro128**, Blackman and Vigna 2018; seeded by splitmix32): the same on every machine.
 *
 * A stream belongs to a seed, an owner (a subject, a block) and a purpose, and to nothing else. So a further subject
 * changes no other subject, and what is drawn for a diary does not depend on what was drawn for the person.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private d: number

  constructor(seed: number, owner: number, purpose: number) {
    let state = mix(mix(mix(0x9e3779b9, seed), owner), purpose)
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0
      return scramble(state)
    }
    this.a = next()
    this.b = next()
    this.c = next()
    this.d = next() | 1
  }

  /** 32 random bits, 0 to 2^32 - 1. */
  bits(): number {
    const product = Math.imul(this.b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = this.b << 9
    this.c ^= this.a
    this.d ^= this.b
    this.b ^= this.c
    this.a ^= this.d
    this.c ^= shifted
    this.d = (this.d << 11) | (this.d >>> 21)
    return result
  }

  /** From 0 to just below 1. */
  uniform(): number {
    return this.bits() / 0x1_0000_0000
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** Whole number from low to high, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1))
  }

  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  /** Normal deviate (Box and Muller 1958). */
  normal(mean: number, sd: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return mean + sd * radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Normal deviate drawn again until it lies in the range. */
  normalWithin(mean: number, sd: number, low: number, high: number): number {
    for (let tries = 0; tries < 100; tries++) {
      const value = this.normal(mean, sd)
      if (value >= low && value <= high) return value
    }
    return Math.min(high, Math.max(low, mean))
  }

  /** Number of events of a Poisson process, for means up to a few dozen (Knuth). */
  poisson(mean: number): number {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count++
    return count
  }
}

function mix(state: number, value: number): number {
  return scramble((state ^ scramble((value | 0) + 0x7f4a7c15)) | 0)
}

function scramble(value: number): number {
  let z = value | 0
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return z ^ (z >>> 16)
}
