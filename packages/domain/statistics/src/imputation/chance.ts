/**
 * Random draws of one named stream: the same on every machine, whoever draws and in whatever order of streams.
 *
 * Definition  bits by xoshiro128**, seeded with the FNV-1a hash of the name, its four words told apart by splitmix32;
 *             uniform from 53 bits, above 0 and below 1; normal by the polar method; gamma by Marsaglia and Tsang, below
 *             shape 1 by their power of a uniform; chi-square = 2 gamma(df / 2); inverse Wishart by Bartlett's factor.
 * Source      Blackman and Vigna, ACM TOMS 2021;47(4):36; Marsaglia and Bray, SIAM Rev 1964;6:260-264; Marsaglia and Tsang,
 *             ACM TOMS 2000;26:363-372; Bartlett, Proc R Soc Edinb 1933;53:260-283 [L].
 */
export class Chance {
  private a: number
  private b: number
  private c: number
  private d: number
  private spare: number | null = null

  /** A stream is named by seed, analysis, imputation and subject: never by what draws it. */
  constructor(...name: readonly (string | number)[]) {
    let hash = 0x811c9dc5
    for (const part of name)
      for (const character of `${part}\u0000`) {
        hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193)
      }
    const next = (): number => {
      hash = (hash + 0x9e3779b9) | 0
      let z = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
      return z ^ (z >>> 16)
    }
    this.a = next()
    this.b = next()
    this.c = next()
    this.d = next() | 1
  }

  private bits(): number {
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

  uniform(): number {
    return ((this.bits() >>> 5) * 0x400_0000 + (this.bits() >>> 6) + 0.5) / 0x20_0000_0000_0000
  }

  normal(): number {
    if (this.spare !== null) {
      const value = this.spare
      this.spare = null
      return value
    }
    for (;;) {
      const x = 2 * this.uniform() - 1
      const y = 2 * this.uniform() - 1
      const square = x * x + y * y
      if (square >= 1 || square === 0) continue
      const scale = Math.sqrt((-2 * Math.log(square)) / square)
      this.spare = y * scale
      return x * scale
    }
  }

  /** Gamma of a shape above 0 and scale 1. */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * this.uniform() ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(this.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }

  chiSquare(df: number): number {
    return 2 * this.gamma(df / 2)
  }

  /**
   * Factor F of a draw F F' from the inverse Wishart distribution of the scale matrix L L' and df above n - 1: its mean is
   * L L' / (df - n - 1). F = L T'^-1, T lower with normal draws below its diagonal of roots of chi-square.
   */
  inverseWishartFactor(scaleFactor: Float64Array, n: number, df: number): Float64Array {
    const t = new Float64Array(n * n)
    for (let i = 0; i < n; i++) {
      t[i * n + i] = Math.sqrt(this.chiSquare(df - i))
      for (let j = 0; j < i; j++) t[i * n + j] = this.normal()
    }
    // Row by row F T' = L: F_ij = (L_ij - sum_{k<j} F_ik T_jk) / T_jj.
    const out = new Float64Array(n * n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = j <= i ? scaleFactor[i * n + j] : 0
        for (let k = 0; k < j; k++) sum -= out[i * n + k] * t[j * n + k]
        out[i * n + j] = sum / t[j * n + j]
      }
    return out
  }
}
