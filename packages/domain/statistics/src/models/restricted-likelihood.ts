import { factorize, invert, logDeterminant } from '../linear-algebra/symmetric.ts'
import { halfLength, placeOf } from './covariance-structure.ts'
import type { Pattern, PatternSums } from './pattern-sums.ts'

/** The model at one covariance. Matrices are p x p, p = coefficients; `half` counts elements of the covariance. */
export interface Likelihood {
  readonly minusTwoLogLikelihood: number
  /** Coefficients as their distance from the shift of the sums. */
  readonly coefficients: Float64Array
  /** Inverse of X' V^-1 X. */
  readonly covariance: Float64Array
  /** Inverses of the covariance of each pattern. */
  readonly inverses: readonly Float64Array[]
}

/** Derivatives of minus two log-likelihood by the elements of the lower half of the covariance. */
export interface Derivatives {
  readonly gradient: Float64Array
  readonly observed: Float64Array
  readonly expected: Float64Array
  /** Derivative of X' V^-1 X by each element. */
  readonly products: readonly Float64Array[]
}

/**
 * Restricted likelihood of a linear model with one covariance of visits for all subjects.
 *
 * Definition  -2 l = sum log|V_i| + log|X' V^-1 X| + r' V^-1 r + (n - p) log 2 pi, r = y - X b, b by generalised least
 *             squares; weights enter as -sum log w. From sums by missing pattern: no cost per subject.
 * Undefined   null: the covariance of a pattern, or X' V^-1 X, is not positive definite.
 * Source      Jennrich and Schluchter, Biometrics 1986;42:805-820; Harville, JASA 1977;72:320-338 [L].
 */
export function restrictedLikelihood(sums: PatternSums, elements: Float64Array): Likelihood | null {
  const p = sums.coefficients
  const information = new Float64Array(p * p)
  const score = new Float64Array(p)
  const inverses: Float64Array[] = []
  let logs = -sums.logWeights
  let squares = 0
  for (const pattern of sums.patterns) {
    const m = pattern.visits.length
    const factor = coverOf(pattern, elements)
    if (factorize(factor, m) >= 0) return null
    logs += pattern.count * logDeterminant(factor, m)
    const inverse = invert(factor, m)
    inverses.push(inverse)
    squares += addProducts(sums, pattern, inverse, information, score)
  }
  const factor = information.slice()
  if (factorize(factor, p) >= 0) return null
  const covariance = invert(factor, p)
  const coefficients = new Float64Array(p)
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) coefficients[i] += covariance[i * p + j] * score[j]
  }
  for (let i = 0; i < p; i++) squares -= score[i] * coefficients[i]
  const minusTwoLogLikelihood = logs + logDeterminant(factor, p) + squares + (sums.rows - p) * Math.log(2 * Math.PI)
  return { minusTwoLogLikelihood, coefficients, covariance, inverses }
}

/** Covariance of the visits of a pattern. */
function coverOf({ visits }: Pattern, elements: Float64Array): Float64Array {
  const m = visits.length
  const out = new Float64Array(m * m)
  for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) out[a * m + b] = elements[placeOf(visits[a], visits[b])]
  return out
}

/** Adds sum X' M X to `matrix` and sum X' M y to `vector`; returns sum y' M y. M belongs to the visits of the pattern. */
export function addProducts(
  { coefficients: p, active }: PatternSums,
  { visits, products }: Pattern,
  weight: Float64Array,
  matrix: Float64Array,
  vector: Float64Array | null,
): number {
  const m = visits.length
  let squares = 0
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++) {
      const w = weight[a * m + b]
      const product = products[a * m + b]
      const [rows, columns] = [active[visits[a]], active[visits[b]]]
      const width = columns.length + 1
      for (let i = 0; i < rows.length; i++) {
        for (let j = 0; j < columns.length; j++) matrix[rows[i] * p + columns[j]] += w * product[i * width + j]
        if (vector !== null) vector[rows[i]] += w * product[i * width + columns.length]
      }
      squares += w * product[product.length - 1]
    }
  return squares
}

export function likelihoodDerivatives(sums: PatternSums, at: Likelihood): Derivatives {
  const p = sums.coefficients
  const half = halfLength(sums.visits)
  const gradient = new Float64Array(half)
  const observed = new Float64Array(half * half)
  const expected = new Float64Array(half * half)
  const products = Array.from({ length: half }, () => new Float64Array(p * p))
  const scores = Array.from({ length: half }, () => new Float64Array(p))
  sums.patterns.forEach((pattern, g) => {
    const m = pattern.visits.length
    const inverse = at.inverses[g]
    const { residuals, leverages } = spreadOf(sums, pattern, at)
    const fromResiduals = sandwich(inverse, residuals, m)
    const fromLeverages = sandwich(inverse, leverages, m)
    const both = fromResiduals.map((value, k) => value + fromLeverages[k])
    for (let c = 0; c < m; c++)
      for (let d = 0; d <= c; d++) {
        const s = placeOf(pattern.visits[c], pattern.visits[d])
        gradient[s] += (c === d ? 1 : 2) * (pattern.count * inverse[c * m + d] - both[c * m + d])
        for (let e = 0; e < m; e++)
          for (let f = 0; f <= e; f++) {
            const t = placeOf(pattern.visits[e], pattern.visits[f])
            const trace = pattern.count * traceOf(inverse, inverse, m, c, d, e, f)
            observed[s * half + t] += 2 * traceOf(inverse, both, m, c, d, e, f) - trace
            expected[s * half + t] += trace - 2 * traceOf(inverse, fromLeverages, m, c, d, e, f)
          }
      }
    addSlopes(sums, pattern, inverse, at.coefficients, products, scores)
  })
  const scaled = products.map((product) => multiply(at.covariance, product, p))
  const turned = scores.map((score) => multiplyVector(at.covariance, score, p))
  for (let s = 0; s < half; s++) {
    for (let t = 0; t <= s; t++) {
      let trace = 0
      for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) trace += scaled[s][i * p + j] * scaled[t][j * p + i]
      let inner = 0
      for (let i = 0; i < p; i++) inner += scores[s][i] * turned[t][i]
      for (const place of s === t ? [s * half + t] : [s * half + t, t * half + s]) {
        observed[place] -= 2 * inner + trace
        expected[place] += trace
      }
    }
  }
  return { gradient, observed, expected, products }
}

/** Sums over the subjects of a pattern of r r' and of X C X', m x m. */
function spreadOf({ coefficients: p, active }: PatternSums, { visits, products }: Pattern, at: Likelihood) {
  const m = visits.length
  const residuals = new Float64Array(m * m)
  const leverages = new Float64Array(m * m)
  for (let a = 0; a < m; a++)
    for (let b = 0; b < m; b++) {
      const product = products[a * m + b]
      const [rows, columns] = [active[visits[a]], active[visits[b]]]
      const width = columns.length + 1
      let residual = product[product.length - 1]
      let leverage = 0
      for (let j = 0; j < columns.length; j++)
        residual -= product[rows.length * width + j] * at.coefficients[columns[j]]
      for (let i = 0; i < rows.length; i++) {
        let line = product[i * width + columns.length]
        for (let j = 0; j < columns.length; j++) {
          const value = product[i * width + j]
          line -= value * at.coefficients[columns[j]]
          leverage += value * at.covariance[rows[i] * p + columns[j]]
        }
        residual -= at.coefficients[rows[i]] * line
      }
      residuals[a * m + b] = residual
      leverages[a * m + b] = leverage
    }
  return { residuals, leverages }
}

/** Adds the derivatives of X' W X (negative: W falls as V grows), and X' W dV W r, of one pattern. */
function addSlopes(
  { coefficients: p, active }: PatternSums,
  { visits, products }: Pattern,
  inverse: Float64Array,
  coefficients: Float64Array,
  slopes: readonly Float64Array[],
  scores: readonly Float64Array[],
): void {
  const m = visits.length
  for (let c = 0; c < m; c++) {
    // Row c of W times the products, for each visit b: p rows, the columns of b.
    const lines = Array.from(visits, (visit, b): Float64Array => {
      const width = active[visit].length + 1
      const out = new Float64Array(p * width)
      for (let a = 0; a < m; a++) {
        const w = inverse[c * m + a]
        const product = products[a * m + b]
        const rows = active[visits[a]]
        for (let i = 0; i < rows.length; i++)
          for (let j = 0; j < width; j++) out[rows[i] * width + j] += w * product[i * width + j]
      }
      return out
    })
    for (let d = 0; d < m; d++) {
      const s = placeOf(visits[c], visits[d])
      const slope = slopes[s]
      const score = scores[s]
      for (let b = 0; b < m; b++) {
        const w = inverse[d * m + b]
        const columns = active[visits[b]]
        const width = columns.length + 1
        const line = lines[b]
        for (let i = 0; i < p; i++) {
          let rest = line[i * width + columns.length]
          for (let j = 0; j < columns.length; j++) {
            const value = line[i * width + j]
            rest -= value * coefficients[columns[j]]
            slope[i * p + columns[j]] -= w * value
          }
          score[i] += w * rest
        }
      }
    }
  }
}

/** tr(D_cd U D_ef V), D_cd having 1 at (c, d) and (d, c). */
function traceOf(u: Float64Array, v: Float64Array, m: number, c: number, d: number, e: number, f: number): number {
  let sum = u[d * m + e] * v[f * m + c]
  if (c !== d) sum += u[c * m + e] * v[f * m + d]
  if (e !== f) sum += u[d * m + f] * v[e * m + c]
  if (c !== d && e !== f) sum += u[c * m + f] * v[e * m + d]
  return sum
}

export function sandwich(outer: Float64Array, inner: Float64Array, m: number): Float64Array {
  return multiply(multiply(outer, inner, m), outer, m)
}

export function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n)
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const value = a[i * n + k]
      if (value === 0) continue
      for (let j = 0; j < n; j++) out[i * n + j] += value * b[k * n + j]
    }
  return out
}

export function multiplyVector(a: Float64Array, x: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i] += a[i * n + j] * x[j]
  return out
}
