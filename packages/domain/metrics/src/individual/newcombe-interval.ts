import { Z } from '@afferent/distributions'

export interface Interval {
  readonly lower: number
  readonly upper: number
}

/**
 * 95 % limits of an area (NAP, or the area under a ROC curve) by Newcombe's method 5.
 *
 * Definition  the roots t, one on each side of the area, of
 *             m n (area - t)^2 (2 - t)(1 + t) = z^2 t (1 - t) [2 + h + (1 + 2h) t (1 - t)], h = (m + n) / 2 - 1.
 * Input       the area, from 0 to 1, of m * n pairs, m and n at least 1.
 * Output      at the area 0 the lower limit is 0, at the area 1 the upper limit is 1.
 * Source      Newcombe, Stat Med 2006;25:559-573, as in [C 48].
 */
export function newcombeInterval(area: number, m: number, n: number): Interval {
  const h = (m + n) / 2 - 1
  const isBeyond = (t: number): boolean => {
    const spread = t * (1 - t)
    return m * n * (area - t) ** 2 * (2 - t) * (1 + t) > Z * Z * spread * (2 + h + (1 + 2 * h) * spread)
  }
  return { lower: area === 0 ? 0 : halve(0, area, isBeyond), upper: area === 1 ? 1 : halve(1, area, isBeyond) }
}

/** Where `isBeyond` turns false on the way from `outside` to `inside`, to the last bit. */
function halve(outside: number, inside: number, isBeyond: (t: number) => boolean): number {
  let out = outside
  let into = inside
  for (;;) {
    const middle = (out + into) / 2
    if (middle === out || middle === into) return middle
    if (isBeyond(middle)) out = middle
    else into = middle
  }
}
