import { tQuantile, tTwoSided } from '@afferent/distributions'
import { bilinear } from '../linear-algebra/symmetric.ts'
import { placeOf } from './covariance-structure.ts'
import type { RepeatedFit } from './fit-repeated.ts'
import { addProducts, multiply, multiplyVector } from './restricted-likelihood.ts'

export type DfMethod = 'kenward-roger' | 'satterthwaite'

/** A linear combination of coefficients with its uncertainty. */
export interface Contrast {
  readonly estimate: number
  readonly se: number
  readonly df: number
  readonly t: number
  readonly p: number
  readonly lower: number
  readonly upper: number
}

/** Contrasts of one fit by one method; what they share is computed once. */
export function contrastsOf(fit: RepeatedFit, method: DfMethod, level = 0.95): (l: Float64Array) => Contrast {
  const adjusted = method === 'kenward-roger' ? kenwardRogerCovariance(fit) : fit.covariance
  return (l) => contrast(fit, adjusted, l, method, level)
}

/**
 * Estimate, SE, df, t limits and two-sided p of l'b.
 *
 * Definition  Satterthwaite: df = 2 v^2 / (g' A g), v = l' C l, g its derivative by the covariance parameters, A their
 *             covariance from the observed second derivatives. Kenward-Roger: SE from the adjusted covariance; for one
 *             combination the scale of F is 1 and the df are those of Satterthwaite.
 * Input       l has a variance: not all zeros.
 * Source      Fai and Cornelius, J Stat Comput Simul 1996;54:363-378; Kenward and Roger, Biometrics 1997;53:983-997 [L].
 */
function contrast(
  fit: RepeatedFit,
  adjusted: Float64Array,
  l: Float64Array,
  method: DfMethod,
  level: number,
): Contrast {
  const p = l.length
  const estimate = l.reduce((sum, value, j) => sum + value * fit.coefficients[j], 0)
  const variance = bilinear(fit.covariance, p, l, l)
  const se = Math.sqrt(method === 'kenward-roger' ? bilinear(adjusted, p, l, l) : variance)
  const df = degreesOfFreedom(fit, l, variance)
  const t = estimate / se
  const half = tQuantile(0.5 + level / 2, df) * se
  return { estimate, se, df, t, p: tTwoSided(t, df), lower: estimate - half, upper: estimate + half }
}

function degreesOfFreedom({ fit, covariance }: RepeatedFit, l: Float64Array, variance: number): number {
  const { structure, theta, derivatives, parameterCovariance } = fit
  const p = l.length
  const turned = multiplyVector(covariance, l, p)
  const slopes = structure.slopes(theta)
  const q = structure.parameters
  const gradient = new Float64Array(q)
  derivatives.products.forEach((product, s) => {
    const slope = -bilinear(product, p, turned, turned)
    for (let k = 0; k < q; k++) gradient[k] += slopes[s * q + k] * slope
  })
  return (2 * variance * variance) / bilinear(parameterCovariance, q, gradient, gradient)
}

/**
 * Covariance of the coefficients, adjusted for the covariance of visits being estimated.
 *
 * Definition  C + 2 C {sum_kl A_kl (Q_kl - P_k C P_l - R_kl / 4)} C, A from the observed second derivatives; R = 0 for
 *             structures linear in their parameters (UN, CS).
 * Source      Kenward and Roger, Biometrics 1997;53:983-997 [L].
 */
export function kenwardRogerCovariance({ fit, covariance, sums }: RepeatedFit): Float64Array {
  const { structure, theta, derivatives, parameterCovariance, likelihood } = fit
  const p = sums.coefficients
  const q = structure.parameters
  const half = derivatives.products.length
  const byElements = ofElements(structure.slopes(theta), parameterCovariance, half, q)
  const middle = new Float64Array(p * p)
  sums.patterns.forEach((pattern, g) => {
    const m = pattern.visits.length
    const inverse = likelihood.inverses[g]
    // sum over elements s = (c, d) and t = (e, f), in both orders, of A_st at (c, f) times W_de.
    const inner = new Float64Array(m * m)
    for (let c = 0; c < m; c++)
      for (let d = 0; d < m; d++) {
        const s = placeOf(pattern.visits[c], pattern.visits[d])
        for (let e = 0; e < m; e++)
          for (let f = 0; f < m; f++)
            inner[c * m + f] +=
              byElements[s * half + placeOf(pattern.visits[e], pattern.visits[f])] * inverse[d * m + e]
      }
    const weight = multiply(multiply(inverse, inner, m), inverse, m)
    addProducts(sums, pattern, weight, middle, null)
  })
  for (let s = 0; s < half; s++) {
    // P_s C (sum_t A_st P_t), and R through the second derivatives of element s.
    const line = new Float64Array(p * p)
    for (let t = 0; t < half; t++) {
      const a = byElements[s * half + t]
      if (a === 0) continue
      for (let k = 0; k < line.length; k++) line[k] += a * derivatives.products[t][k]
    }
    const product = multiply(multiply(derivatives.products[s], covariance, p), line, p)
    let bend = 0
    if (!structure.linear)
      for (let k = 0; k < q; k++)
        for (let l = 0; l < q; l++) bend += parameterCovariance[k * q + l] * structure.curvature(theta, s, k, l)
    for (let k = 0; k < middle.length; k++) middle[k] += (bend / 4) * derivatives.products[s][k] - product[k]
  }
  const added = multiply(multiply(covariance, middle, p), covariance, p)
  return covariance.map((value, k) => value + 2 * added[k])
}

/** J A J': the covariance of the elements from that of the parameters. */
function ofElements(slopes: Float64Array, parameters: Float64Array, half: number, q: number): Float64Array {
  const left = new Float64Array(half * q)
  for (let s = 0; s < half; s++)
    for (let k = 0; k < q; k++) for (let l = 0; l < q; l++) left[s * q + l] += slopes[s * q + k] * parameters[k * q + l]
  const out = new Float64Array(half * half)
  for (let s = 0; s < half; s++)
    for (let t = 0; t < half; t++) for (let k = 0; k < q; k++) out[s * half + t] += left[s * q + k] * slopes[t * q + k]
  return out
}
