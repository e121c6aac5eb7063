import { invertPositive, logDeterminant } from '../likelihood/maximize.ts'
import type { CovarianceStructure } from './covariance-structure.ts'
import type { PatternSums } from './repeated-sums.ts'
import { addScaled, dot, part, product, timesVector, transposed } from './small-matrix.ts'

/** Minus twice the restricted log likelihood at some covariance, without its constant, and what goes with it. */
export interface RestrictedLikelihood {
  readonly minusTwoLog: number
  readonly coefficients: Float64Array
  /** C = (sum X' V^-1 X)^-1, row by row. */
  readonly covariance: Float64Array
  readonly patterns: readonly PatternState[]
}

interface PatternState {
  readonly sums: PatternSums
  readonly inverse: Float64Array
  /** [a * k + b]: sum of r_a r_b. */
  readonly residuals: Float64Array
}

/** Null where the covariance is not positive definite, or the columns are not independent under it. */
export function restrictedLikelihood(
  patterns: readonly PatternSums[],
  structure: CovarianceStructure,
  at: Float64Array,
  columns: number,
  visits: number,
): RestrictedLikelihood | null {
  const whole = structure.matrix(at)
  const information = new Float64Array(columns * columns)
  const right = new Float64Array(columns)
  const inverses: Float64Array[] = []
  let minusTwoLog = 0
  for (const sums of patterns) {
    const k = sums.visits.length
    const own = part(whole, visits, sums.visits)
    const inverse = invertPositive(own, k)
    if (inverse === null) return null
    minusTwoLog += sums.subjects * logDeterminant(own, k)
    for (let ab = 0; ab < k * k; ab++) {
      addScaled(information, inverse[ab] as number, sums.cross[ab] as Float64Array)
      addScaled(right, inverse[ab] as number, sums.crossOutcome[ab] as Float64Array)
    }
    inverses.push(inverse)
  }
  const covariance = invertPositive(information, columns)
  if (covariance === null) return null
  const coefficients = timesVector(covariance, right)
  const states = patterns.map((sums, p): PatternState => {
    const inverse = inverses[p] as Float64Array
    const residuals = residualSums(sums, coefficients)
    minusTwoLog += dot(inverse, residuals)
    return { sums, inverse, residuals }
  })
  return { minusTwoLog: minusTwoLog + logDeterminant(information, columns), coefficients, covariance, patterns: states }
}

function residualSums({ visits, cross, crossOutcome, outcomes }: PatternSums, b: Float64Array): Float64Array {
  const k = visits.length
  return outcomes.map((own, ab) => {
    const ba = (ab % k) * k + Math.floor(ab / k)
    return (
      own -
      dot(b, crossOutcome[ab] as Float64Array) -
      dot(b, crossOutcome[ba] as Float64Array) +
      dot(b, timesVector(cross[ab] as Float64Array, b))
    )
  })
}

/** Derivatives of minus twice the restricted log likelihood by the parameters of the covariance. */
export interface Derivatives {
  readonly gradient: Float64Array
  /** Second derivatives as observed (only for structures linear in their parameters), and as expected. */
  readonly observed: Float64Array
  readonly expected: Float64Array
  /** P_k = -sum X' V^-1 dV_k V^-1 X, by parameter. */
  readonly slopes: readonly Float64Array[]
}

/**
 * With W = V^-1, D_k = dV/dk, r the residuals:
 *
 *   gradient  sum tr(W D_k) - r' W D_k W r + tr(C P_k)
 *   observed  -tr(W D_k W D_l) + 2 r' W D_k W D_l W r - 2 u_k' C u_l + 2 tr(C Q_kl) - tr(C P_k C P_l), u_k = X' W D_k W r,
 *             Q_kl = sum X' W D_k W D_l W X
 *   expected  tr(W D_k W D_l) - 2 tr(C Q_kl) + tr(C P_k C P_l)
 *
 * Source  Jennrich and Schluchter, Biometrics 1986;42:805-820; Lindstrom and Bates, JASA 1988;83:1014-1022.
 */
export function derivativesOf(
  { patterns, covariance, coefficients }: RestrictedLikelihood,
  structure: CovarianceStructure,
  at: Float64Array,
  visits: number,
): Derivatives {
  const size = coefficients.length
  const q = structure.parameters
  const whole = structure.derivatives(at)
  const gradient = new Float64Array(q)
  const observed = new Float64Array(q * q)
  const expected = new Float64Array(q * q)
  const slopes = whole.map(() => new Float64Array(size * size))
  const scores = whole.map(() => new Float64Array(size))
  for (const state of patterns) {
    const { sums, inverse, residuals } = state
    const k = sums.visits.length
    const traces = Float64Array.from(sums.cross, (cross) => dot(covariance, cross))
    const forms = whole.map((derivative) => formsOf(part(derivative, visits, sums.visits), inverse, k))
    forms.forEach((one, p) => {
      if (one === null) return
      gradient[p] =
        (gradient[p] as number) +
        sums.subjects * traceOf(one.left, k) -
        dot(one.both, residuals) -
        dot(one.both, traces)
      for (let ab = 0; ab < k * k; ab++) {
        const weight = one.both[ab] as number
        if (weight === 0) continue
        const cross = sums.cross[ab] as Float64Array
        addScaled(slopes[p] as Float64Array, -weight, cross)
        addScaled(scores[p] as Float64Array, weight, sums.crossOutcome[ab] as Float64Array)
        addScaled(scores[p] as Float64Array, -weight, timesVector(cross, coefficients))
      }
      for (let l = 0; l <= p; l++) {
        const two = forms[l]
        if (two === null || two === undefined) continue
        const twice = product(one.both, transposed(two.left, k), k)
        const trace = sums.subjects * dot(one.left, transposed(two.left, k))
        const fixed = 2 * dot(twice, traces)
        observed[p * q + l] = (observed[p * q + l] as number) - trace + 2 * dot(twice, residuals) + fixed
        expected[p * q + l] = (expected[p * q + l] as number) + trace - fixed
      }
    })
  }
  const byCovariance = slopes.map((slope) => product(covariance, slope, size))
  const spread = scores.map((score) => timesVector(covariance, score))
  for (let p = 0; p < q; p++) {
    for (let l = 0; l <= p; l++) {
      const fixed = dot(byCovariance[p] as Float64Array, transposed(byCovariance[l] as Float64Array, size))
      const own = p * q + l
      observed[own] = (observed[own] as number) - fixed - 2 * dot(scores[p] as Float64Array, spread[l] as Float64Array)
      expected[own] = (expected[own] as number) + fixed
      observed[l * q + p] = observed[own] as number
      expected[l * q + p] = expected[own] as number
    }
  }
  return { gradient, observed, expected, slopes }
}

interface Forms {
  /** W D */
  readonly left: Float64Array
  /** W D W */
  readonly both: Float64Array
}

/** Null: the derivative touches no visit of the pattern. */
function formsOf(derivative: Float64Array, inverse: Float64Array, k: number): Forms | null {
  if (derivative.every((value) => value === 0)) return null
  const left = product(inverse, derivative, k)
  return { left, both: product(left, inverse, k) }
}

function traceOf(matrix: Float64Array, k: number): number {
  let sum = 0
  for (let a = 0; a < k; a++) sum += matrix[a * k + a] as number
  return sum
}

/** w' Q_kl w for all pairs of parameters, row by row. */
export function curvatures(
  { patterns }: RestrictedLikelihood,
  structure: CovarianceStructure,
  at: Float64Array,
  visits: number,
  w: Float64Array,
): Float64Array {
  const q = structure.parameters
  const whole = structure.derivatives(at)
  const out = new Float64Array(q * q)
  for (const { sums, inverse } of patterns) {
    const k = sums.visits.length
    const seen = Float64Array.from(sums.cross, (cross) => dot(w, timesVector(cross, w)))
    const forms = whole.map((derivative) => formsOf(part(derivative, visits, sums.visits), inverse, k))
    for (let p = 0; p < q; p++) {
      for (let l = 0; l < q; l++) {
        const [one, two] = [forms[p], forms[l]]
        if (!one || !two) continue
        out[p * q + l] = (out[p * q + l] as number) + dot(product(one.both, transposed(two.left, k), k), seen)
      }
    }
  }
  return out
}
