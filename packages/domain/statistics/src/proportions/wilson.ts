import { Z } from '@afferent/distributions'

export interface Proportion {
  readonly estimate: number
  readonly lower: number
  readonly upper: number
}

/**
 * A proportion with its Wilson score interval (95 %, no continuity correction).
 *
 * Definition  (p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n), z2 = 1.959963984540054 squared.
 * Input       `count` of `n`, 0 <= count <= n. 0/n has the lower limit 0, n/n the upper limit 1.
 * Undefined   n = 0: null.
 * Source      Wilson, J Am Stat Assoc 1927;22:209-212; Newcombe, Stat Med 1998;17:857-872.
 */
export function wilsonInterval(count: number, n: number): Proportion | null {
  if (n === 0) return null
  const p = count / n
  const z2 = Z * Z
  const centre = p + z2 / (2 * n)
  const half = Z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  const scale = 1 + z2 / n
  return {
    estimate: p,
    lower: count === 0 ? 0 : (centre - half) / scale,
    upper: count === n ? 1 : (centre + half) / scale,
  }
}
