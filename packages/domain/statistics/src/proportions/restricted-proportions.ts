import type { TwoProportions } from './two-proportions.ts'

/** One more step than this cannot be rounding: the closed form was right already. */
const POLISH_WITHIN = 1e-6

/**
 * Maximum likelihood estimates of two proportions whose difference is given.
 *
 * Definition  p1 - p2 = delta; p1 is the root of a cubic, 2 u cos(w) - b / 3a, here followed by Newton steps on the score,
 *             since the arc cosine loses half the digits where two roots meet.
 * Source      Miettinen and Nurminen, Stat Med 1985;4:213-226; closed form as in Farrington and Manning, Stat Med
 *             1990;9:1447-1454.
 */
export function restrictedProportions(arms: TwoProportions, delta: number): readonly [p1: number, p2: number] {
  const { x1, n1, x2, n2 } = arms
  const ratio = n2 / n1
  const p1 = x1 / n1
  const p2 = x2 / n2
  const a = 1 + ratio
  const b = -(1 + ratio + p1 + ratio * p2 + delta * (ratio + 2))
  const c = delta * delta + delta * (2 * p1 + ratio + 1) + p1 + ratio * p2
  const d = -p1 * delta * (1 + delta)
  const v = (b / (3 * a)) ** 3 - (b * c) / (6 * a * a) + d / (2 * a)
  const size = Math.sqrt(Math.max(0, (b / (3 * a)) ** 2 - c / (3 * a)))
  const u = v < 0 ? -size : size
  const w = u === 0 ? Math.PI / 3 : (Math.PI + Math.acos(Math.max(-1, Math.min(1, v / u ** 3)))) / 3
  const low = Math.max(0, delta)
  const high = Math.min(1, 1 + delta)
  let found = Math.min(high, Math.max(low, 2 * u * Math.cos(w) - b / (3 * a)))
  for (let k = 0; k < 3; k++) {
    const next = found - scoreStep(arms, delta, found)
    if (!(next > low && next < high && Math.abs(next - found) < POLISH_WITHIN)) break
    found = next
  }
  return [found, found - delta]
}

/** Newton's step of the score at p1 = p, which falls as p rises. */
function scoreStep({ x1, n1, x2, n2 }: TwoProportions, delta: number, p: number): number {
  let score = 0
  let slope = 0
  const add = (count: number, share: number, sign: number): void => {
    if (count === 0) return
    score += (sign * count) / share
    slope -= count / (share * share)
  }
  add(x1, p, 1)
  add(n1 - x1, 1 - p, -1)
  add(x2, p - delta, 1)
  add(n2 - x2, 1 - p + delta, -1)
  return score / slope
}
