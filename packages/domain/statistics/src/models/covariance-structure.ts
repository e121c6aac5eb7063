/** How the covariance of the visits depends on parameters. Elements are counted row by row in the lower half. */
export interface CovarianceStructure {
  readonly name: 'UN' | 'TOEPH' | 'ARH1' | 'CS'
  readonly parameters: number
  /** The elements of the lower half. */
  elements(theta: Float64Array): Float64Array
  /** Derivative of element s by parameter k at [s * parameters + k]. */
  slopes(theta: Float64Array): Float64Array
  /** Second derivatives of element s by k and l; null where elements are linear in the parameters. */
  curvature(theta: Float64Array, s: number, k: number, l: number): number
  readonly linear: boolean
  /** Parameters near a covariance whose lower half is given. */
  near(elements: Float64Array): Float64Array
}

export const halfLength = (visits: number): number => (visits * (visits + 1)) / 2
export const placeOf = (a: number, b: number): number => (a >= b ? (a * (a + 1)) / 2 + b : (b * (b + 1)) / 2 + a)

/**
 * Covariance structures of a model for repeated measures, in the parametrisation of SAS.
 *
 * Definition  UN     every variance and covariance is a parameter.
 *             TOEPH  a variance per visit; one correlation per distance of visits.
 *             ARH1   a variance per visit; correlation rho ^ distance.
 *             CS     one covariance, and one residual variance added to it on the diagonal.
 * Source      PROC MIXED, TYPE= UN, TOEPH, ARH(1), CS [L].
 */
export function covarianceStructure(name: CovarianceStructure['name'], visits: number): CovarianceStructure {
  if (name === 'UN') return unstructured(visits)
  if (name === 'CS') return compoundSymmetry(visits)
  return correlated(name, visits)
}

function unstructured(visits: number): CovarianceStructure {
  const n = halfLength(visits)
  const slopes = new Float64Array(n * n)
  for (let s = 0; s < n; s++) slopes[s * n + s] = 1
  return {
    name: 'UN',
    parameters: n,
    elements: (theta) => theta.slice(),
    slopes: () => slopes,
    curvature: () => 0,
    linear: true,
    near: (elements) => elements.slice(),
  }
}

function compoundSymmetry(visits: number): CovarianceStructure {
  const n = halfLength(visits)
  const slopes = new Float64Array(n * 2)
  for (let a = 0; a < visits; a++)
    for (let b = 0; b <= a; b++) {
      slopes[placeOf(a, b) * 2] = 1
      if (a === b) slopes[placeOf(a, b) * 2 + 1] = 1
    }
  return {
    name: 'CS',
    parameters: 2,
    elements: (theta) => {
      const out = new Float64Array(n).fill(theta[0])
      for (let a = 0; a < visits; a++) out[placeOf(a, a)] += theta[1]
      return out
    },
    slopes: () => slopes,
    curvature: () => 0,
    linear: true,
    near: (elements) => {
      let variance = 0
      for (let a = 0; a < visits; a++) variance += elements[placeOf(a, a)] / visits
      const covariance = variance * meanCorrelation(elements, visits, null)
      return Float64Array.of(covariance, variance - covariance)
    },
  }
}

/** A variance v per visit and correlations r: element sqrt(v_a v_b) r(|a - b|). */
function correlated(name: 'TOEPH' | 'ARH1', visits: number): CovarianceStructure {
  const n = halfLength(visits)
  const parameters = visits + (name === 'ARH1' ? Math.min(1, visits - 1) : visits - 1)
  const pairs = Array.from({ length: n }, () => [0, 0])
  for (let a = 0; a < visits; a++) for (let b = 0; b <= a; b++) pairs[placeOf(a, b)] = [a, b]
  /** d-th derivative, by its parameter, of the correlation at a distance. */
  const correlation = (theta: Float64Array, distance: number, order: 0 | 1 | 2): number => {
    if (distance === 0) return order === 0 ? 1 : 0
    if (name === 'TOEPH') return order === 0 ? theta[visits + distance - 1] : order === 1 ? 1 : 0
    const rho = theta[visits]
    if (order === 0) return rho ** distance
    if (order === 1) return distance * rho ** (distance - 1)
    return distance < 2 ? 0 : distance * (distance - 1) * rho ** (distance - 2)
  }
  const parameterOf = (distance: number): number => (name === 'TOEPH' ? visits + distance - 1 : visits)
  const curvature = (theta: Float64Array, s: number, k: number, l: number): number => {
    const [a, b] = pairs[s]
    if (a === b) return 0
    const root = Math.sqrt(theta[a] * theta[b])
    const distance = a - b
    const own = parameterOf(distance)
    const isVariance = (p: number): boolean => p === a || p === b
    if (isVariance(k) && isVariance(l))
      return correlation(theta, distance, 0) * (k === l ? -root / (4 * theta[k] ** 2) : 1 / (4 * root))
    if (isVariance(k) && l === own) return (correlation(theta, distance, 1) * root) / (2 * theta[k])
    if (isVariance(l) && k === own) return (correlation(theta, distance, 1) * root) / (2 * theta[l])
    return k === own && l === own ? correlation(theta, distance, 2) * root : 0
  }
  return {
    name,
    parameters,
    elements: (theta) =>
      Float64Array.from(pairs, ([a, b]) => Math.sqrt(theta[a] * theta[b]) * correlation(theta, a - b, 0)),
    slopes: (theta) => {
      const out = new Float64Array(n * parameters)
      for (let s = 0; s < n; s++) {
        const [a, b] = pairs[s]
        if (a === b) {
          out[s * parameters + a] = 1
          continue
        }
        const root = Math.sqrt(theta[a] * theta[b])
        const value = root * correlation(theta, a - b, 0)
        out[s * parameters + a] = value / (2 * theta[a])
        out[s * parameters + b] = value / (2 * theta[b])
        out[s * parameters + parameterOf(a - b)] = root * correlation(theta, a - b, 1)
      }
      return out
    },
    curvature,
    linear: false,
    near: (elements) => {
      const theta = new Float64Array(parameters)
      for (let a = 0; a < visits; a++) theta[a] = elements[placeOf(a, a)]
      for (let k = visits; k < parameters; k++) theta[k] = meanCorrelation(elements, visits, k - visits + 1)
      return theta
    },
  }
}

/** Mean correlation at a distance, or at all. */
function meanCorrelation(elements: Float64Array, visits: number, distance: number | null): number {
  let sum = 0
  let count = 0
  for (let a = 0; a < visits; a++)
    for (let b = 0; b < a; b++) {
      if (distance !== null && a - b !== distance) continue
      sum += elements[placeOf(a, b)] / Math.sqrt(elements[placeOf(a, a)] * elements[placeOf(b, b)])
      count++
    }
  return count === 0 ? 0 : sum / count
}
