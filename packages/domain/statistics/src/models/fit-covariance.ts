import { factorize, invert, solve } from '../linear-algebra/symmetric.ts'
import { type CovarianceStructure, covarianceStructure, halfLength, placeOf } from './covariance-structure.ts'
import type { PatternSums } from './pattern-sums.ts'
import {
  type Derivatives,
  type Likelihood,
  likelihoodDerivatives,
  restrictedLikelihood,
} from './restricted-likelihood.ts'

/** A covariance at the maximum of the restricted likelihood. */
export interface CovarianceFit {
  readonly structure: CovarianceStructure
  readonly theta: Float64Array
  readonly likelihood: Likelihood
  readonly derivatives: Derivatives
  /** Covariance of the parameters: twice the inverse of the observed second derivatives. */
  readonly parameterCovariance: Float64Array
  readonly iterations: number
}

const MAX_ITERATIONS = 100
/** In units of -2 log-likelihood: a step gains no more. As the square of the distance, it leaves 8 digits of the parameters. */
const CONVERGED = 1e-16
/** Scoring until a step promises less than this, Newton from there on. */
const NEWTON_BELOW = 0.5
const SMALLEST_STEP = 1e-10

/**
 * Maximum of the restricted likelihood over the parameters of a covariance structure.
 *
 * Definition  Fisher scoring far from the maximum, Newton near it with the observed second derivatives, steps halved until
 *             the covariance is positive definite and the likelihood does not fall.
 * Input       `start`: parameters to begin with, else from the moments of the residuals of least squares.
 * Undefined   the reason in words: visits never seen together, no variation, no maximum inside the allowed range.
 */
export function fitCovariance(
  sums: PatternSums,
  name: CovarianceStructure['name'],
  start?: Float64Array,
): CovarianceFit | { readonly reason: string } {
  const structure = covarianceStructure(name, sums.visits)
  const moments = residualMoments(sums, name === 'UN')
  if ('reason' in moments) return moments
  let theta = start ?? structure.near(moments.elements)
  let likelihood = restrictedLikelihood(sums, structure.elements(theta))
  if (likelihood === null) return { reason: 'no positive definite covariance to start from' }
  for (let iterations = 1; iterations <= MAX_ITERATIONS; iterations++) {
    const derivatives = likelihoodDerivatives(sums, likelihood)
    const local = toParameters(structure, theta, derivatives)
    const step = stepFrom(local, structure.parameters)
    if (step === null) return { reason: 'the information about the covariance is singular' }
    if (step.gain < CONVERGED) {
      const factor = local.observed.slice()
      if (factorize(factor, structure.parameters) >= 0)
        return { reason: 'the likelihood is flat or not at a maximum in some direction' }
      const parameterCovariance = invert(factor, structure.parameters).map((value) => 2 * value)
      return { structure, theta, likelihood, derivatives, parameterCovariance, iterations }
    }
    const next = moveTo(sums, structure, theta, step.step, likelihood)
    if (next === null) return { reason: 'the likelihood rises towards a singular covariance' }
    theta = next.theta
    likelihood = next.likelihood
  }
  return { reason: `no convergence in ${MAX_ITERATIONS} iterations` }
}

function moveTo(
  sums: PatternSums,
  structure: CovarianceStructure,
  theta: Float64Array,
  step: Float64Array,
  from: Likelihood,
): { readonly theta: Float64Array; readonly likelihood: Likelihood } | null {
  const limit = from.minusTwoLogLikelihood + 1e-12 * Math.abs(from.minusTwoLogLikelihood)
  for (let share = 1; share > SMALLEST_STEP; share /= 2) {
    const there = theta.map((value, k) => value + share * step[k])
    const likelihood = restrictedLikelihood(sums, structure.elements(there))
    if (likelihood !== null && likelihood.minusTwoLogLikelihood <= limit) return { theta: there, likelihood }
  }
  return null
}

interface Local {
  readonly gradient: Float64Array
  readonly observed: Float64Array
  readonly expected: Float64Array
}

/** Derivatives by the parameters in place of the elements. */
function toParameters(structure: CovarianceStructure, theta: Float64Array, by: Derivatives): Local {
  if (structure.name === 'UN') return by
  const q = structure.parameters
  const half = by.gradient.length
  const slopes = structure.slopes(theta)
  const gradient = new Float64Array(q)
  for (let s = 0; s < half; s++) for (let k = 0; k < q; k++) gradient[k] += slopes[s * q + k] * by.gradient[s]
  const turn = (matrix: Float64Array): Float64Array => {
    const out = new Float64Array(q * q)
    for (let s = 0; s < half; s++)
      for (let t = 0; t < half; t++) {
        const value = matrix[s * half + t]
        for (let k = 0; k < q; k++)
          for (let l = 0; l < q; l++) out[k * q + l] += slopes[s * q + k] * value * slopes[t * q + l]
      }
    return out
  }
  const observed = turn(by.observed)
  if (!structure.linear)
    for (let s = 0; s < half; s++)
      for (let k = 0; k < q; k++)
        for (let l = 0; l < q; l++) observed[k * q + l] += by.gradient[s] * structure.curvature(theta, s, k, l)
  return { gradient, observed, expected: turn(by.expected) }
}

/** The step to the maximum of the local parabola, and how much it would gain. */
function stepFrom(local: Local, q: number): { readonly step: Float64Array; readonly gain: number } | null {
  const along = (matrix: Float64Array) => {
    const factor = matrix.slice()
    if (factorize(factor, q) >= 0) return null
    const step = local.gradient.map((value) => -value)
    solve(factor, q, step)
    const gain = -step.reduce((sum, value, k) => sum + value * local.gradient[k], 0)
    return { step, gain }
  }
  const scoring = along(local.expected)
  if (scoring !== null && scoring.gain > NEWTON_BELOW) return scoring
  return along(local.observed) ?? scoring
}

/** Mean products of the residuals of least squares per pair of visits, pulled towards 0 until positive definite. */
function residualMoments(
  sums: PatternSums,
  everyPair: boolean,
): { readonly elements: Float64Array } | { readonly reason: string } {
  const elements = new Float64Array(halfLength(sums.visits))
  const counts = new Float64Array(elements.length)
  for (const { visits, products, count } of sums.patterns)
    for (let a = 0; a < visits.length; a++)
      for (let b = 0; b <= a; b++) {
        const product = products[a * visits.length + b]
        elements[placeOf(visits[a], visits[b])] += product[product.length - 1]
        counts[placeOf(visits[a], visits[b])] += count
      }
  for (let a = 0; a < sums.visits; a++)
    for (let b = 0; b <= a; b++) {
      const s = placeOf(a, b)
      if (counts[s] > 0) elements[s] /= counts[s]
      else if (a === b) return { reason: `visit ${a + 1} has no data` }
      else if (everyPair) return { reason: `visits ${b + 1} and ${a + 1} were never observed in the same subject` }
      if (a === b && !(elements[s] > 0)) return { reason: `no variation about the model at visit ${a + 1}` }
    }
  for (let tries = 0; tries < 60; tries++) {
    if (isPositiveDefinite(elements, sums.visits)) return { elements }
    for (let a = 0; a < sums.visits; a++) for (let b = 0; b < a; b++) elements[placeOf(a, b)] *= 0.9
  }
  return { reason: 'no positive definite covariance to start from' }
}

function isPositiveDefinite(elements: Float64Array, visits: number): boolean {
  const full = new Float64Array(visits * visits)
  for (let a = 0; a < visits; a++)
    for (let b = 0; b < visits; b++) full[a * visits + b] = elements[placeOf(a, b)] * (a === b ? 1 : 1 / 0.98)
  return factorize(full, visits) < 0
}
