import { Z } from '@afferent/distributions'

const MAX_ROUNDS = 500
const SETTLED = 1e-14

export interface ExchangeableProportion {
  /** For a correlation from 0 to 1 between the pooled proportion and the mean of subject proportions. */
  readonly estimate: number
  /** Robust standard error of the proportion. */
  readonly se: number
  readonly lower: number
  readonly upper: number
  /** Working correlation of two attacks of one subject. */
  readonly correlation: number
}

/**
 * Proportion of attacks that went well, attacks of one subject being alike: GEE, logit link, intercept only, exchangeable.
 *
 * Definition  mu = sum w_i s_i / sum w_i n_i over subjects with s_i successes in n_i attacks, w_i = 1 / (1 + (n_i - 1) rho);
 *             rho = mean of r_j r_k over the pairs of attacks of one subject / mean of r^2 over all attacks, r = y - mu; both
 *             in turn until mu stands still. Robust (sandwich) variance sum w_i^2 (s_i - n_i mu)^2 / (sum w_i n_i)^2, without
 *             small-sample correction; 95 % limits on the logit scale, turned back.
 * Input       as attackProportions. Moment estimators of rho divide differently in other programs; this one subtracts no
 *             parameters (geepack's way), so that figures agree to about 1e-2, not to the last digit [P].
 * Undefined   fewer than 2 subjects with attacks, all attacks alike, a variance of 0, or a rho so far below 0 that a weight is
 *             not positive: null.
 * Source      Liang and Zeger, Biometrika 1986;73:13-22 [L].
 */
export function exchangeableProportion(successes: Int32Array, attacks: Int32Array): ExchangeableProportion | null {
  const total = weigh(successes, attacks, 0, 0)
  if (total === null || total.subjects < 2 || total.weighted === 0 || total.weighted === total.weights) return null
  let mu = total.weighted / total.weights
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const correlation = correlationAround(mu, successes, attacks)
    const sums = weigh(successes, attacks, correlation, mu)
    if (sums === null) return null
    const next = sums.weighted / sums.weights
    if (Math.abs(next - mu) > SETTLED) {
      mu = next
      continue
    }
    if (sums.squares === 0) return null
    const se = Math.sqrt(sums.squares) / sums.weights
    const half = (Z * se) / (mu * (1 - mu))
    const logit = Math.log(mu / (1 - mu))
    return { estimate: mu, se, lower: fromLogit(logit - half), upper: fromLogit(logit + half), correlation }
  }
  return null
}

const fromLogit = (logit: number): number => 1 / (1 + Math.exp(-logit))

interface WeightedSums {
  readonly subjects: number
  readonly weighted: number
  readonly weights: number
  readonly squares: number
}

/** Sums over subjects, weighted by 1 / (1 + (n - 1) rho); null where a weight is not positive. */
function weigh(successes: Int32Array, attacks: Int32Array, correlation: number, mu: number): WeightedSums | null {
  const sums = { subjects: 0, weighted: 0, weights: 0, squares: 0 }
  for (let i = 0; i < attacks.length; i++) {
    const n = attacks[i] as number
    if (n === 0) continue
    const inflation = 1 + (n - 1) * correlation
    if (inflation < SETTLED) return null
    const s = successes[i] as number
    sums.subjects++
    sums.weighted += s / inflation
    sums.weights += n / inflation
    sums.squares += ((s - n * mu) / inflation) ** 2
  }
  return sums
}

/** Moment estimate of the correlation of two attacks of one subject; 0 where nobody has two. */
function correlationAround(mu: number, successes: Int32Array, attacks: Int32Array): number {
  let squares = 0
  let products = 0
  let count = 0
  let pairs = 0
  for (let i = 0; i < attacks.length; i++) {
    const n = attacks[i] as number
    const s = successes[i] as number
    const own = s * (1 - mu) ** 2 + (n - s) * mu ** 2
    squares += own
    count += n
    // (r_1 + ... + r_n)^2 holds every pair twice and every square once.
    products += ((s - n * mu) ** 2 - own) / 2
    pairs += (n * (n - 1)) / 2
  }
  return pairs === 0 ? 0 : products / pairs / (squares / count)
}
