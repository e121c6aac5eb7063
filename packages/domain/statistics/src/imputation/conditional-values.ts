import { factorize, solve } from '../linear-algebra/symmetric.ts'

/**
 * What a subject's missing values are expected to be, given its observed ones.
 *
 * Definition  mean of missing + S_mo S_oo^-1 (observed - mean of observed), for a normal vector of the given means and
 *             covariance S; `spread` receives the lower factor of S_mm - S_mo S_oo^-1 S_om.
 * Input       `values` with NaN where missing, which is filled in place; `places`: visits that are missing.
 * Output      the missing values' conditional mean, in `values`.
 * Source      endpoints EX-S6.
 */
export function conditionalValues(
  values: Float64Array,
  places: Int32Array,
  means: Float64Array,
  covariance: Float64Array,
  weights: ConditionalWeights = conditionalWeights(places, values.length, covariance, false),
): void {
  const { seen, slopes } = weights
  places.forEach((place, i) => {
    let value = means[place]
    for (let j = 0; j < seen.length; j++) value += slopes[i * seen.length + j] * (values[seen[j]] - means[seen[j]])
    values[place] = value
  })
}

/** What depends on the missing pattern alone. */
export interface ConditionalWeights {
  readonly seen: Int32Array
  /** S_mo S_oo^-1, missing by seen. */
  readonly slopes: Float64Array
  /** Lower factor of the conditional covariance, empty where it was not asked for. */
  readonly spread: Float64Array
}

export function conditionalWeights(
  places: Int32Array,
  visits: number,
  covariance: Float64Array,
  withSpread: boolean,
): ConditionalWeights {
  const seen = Int32Array.from({ length: visits }, (_, visit) => visit).filter((visit) => !places.includes(visit))
  const [m, o] = [places.length, seen.length]
  const factor = new Float64Array(o * o)
  for (let a = 0; a < o; a++) for (let b = 0; b < o; b++) factor[a * o + b] = covariance[seen[a] * visits + seen[b]]
  factorize(factor, o)
  const slopes = new Float64Array(m * o)
  for (let i = 0; i < m; i++) {
    const line = Float64Array.from(seen, (visit) => covariance[places[i] * visits + visit])
    solve(factor, o, line)
    slopes.set(line, i * o)
  }
  const spread = new Float64Array(withSpread ? m * m : 0)
  if (withSpread) {
    for (let i = 0; i < m; i++)
      for (let k = 0; k < m; k++) {
        let value = covariance[places[i] * visits + places[k]]
        for (let j = 0; j < o; j++) value -= slopes[i * o + j] * covariance[seen[j] * visits + places[k]]
        spread[i * m + k] = value
      }
    factorize(spread, m)
  }
  return { seen, slopes, spread }
}
