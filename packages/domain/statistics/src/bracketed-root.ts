const MAX_ROUNDS = 400

/**
 * Where a function changes its sign between two places.
 *
 * Definition  inverse quadratic interpolation where it is safe, else halving, down to the spacing of doubles.
 * Input       the function's signs at both places differ; infinite values are allowed.
 * Source      Chandrupatla, Adv Eng Softw 1997;28:145-149 [L].
 */
export function bracketedRoot(valueAt: (place: number) => number, from: number, to: number): number {
  let [x1, x2, x3] = [to, from, from]
  let [f1, f2, f3] = [valueAt(to), valueAt(from), valueAt(from)]
  if (f1 === 0) return x1
  if (f2 === 0) return x2
  let share = 0.5
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const x = x1 + share * (x2 - x1)
    const f = valueAt(x)
    if (Math.sign(f) === Math.sign(f1)) {
      ;[x3, f3] = [x1, f1]
    } else {
      ;[x3, f3] = [x2, f2]
      ;[x2, f2] = [x1, f1]
    }
    ;[x1, f1] = [x, f]
    const best = Math.abs(f2) < Math.abs(f1) ? x2 : x1
    const least = (2 * Number.EPSILON * Math.abs(best) + Number.MIN_VALUE) / Math.abs(x2 - x1)
    if (f1 === 0 || !(least <= 0.5)) return best
    share = Math.min(1 - least, Math.max(least, interpolate(x1, x2, x3, f1, f2, f3)))
  }
  return x1
}

function interpolate(x1: number, x2: number, x3: number, f1: number, f2: number, f3: number): number {
  const xi = (x1 - x2) / (x3 - x2)
  const phi = (f1 - f2) / (f3 - f2)
  if (!(phi * phi < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5
  const share = (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
  return Number.isFinite(share) ? share : 0.5
}
