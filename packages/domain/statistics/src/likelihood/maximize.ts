import type { NoAnswer } from '../no-answer.ts'

const MAX_STEPS = 200
/** A step whose gain would be this small, in log likelihood, has arrived; one more is taken. */
const ARRIVED = 1e-18
const HALVINGS = 40

/** A log likelihood at a place, with its slopes, and its information: minus the second derivatives, row by row. */
export interface Likelihood {
  readonly value: number
  readonly gradient: Float64Array
  readonly information: Float64Array
}

export interface Maximum {
  readonly place: Float64Array
  readonly value: number
  /** Inverse of the information, row by row. */
  readonly covariance: Float64Array
  /** The last step, as far as Newton would have gone. */
  readonly lastStep: Float64Array
  readonly steps: number
}

/**
 * The place where a log likelihood is largest, by Newton's steps, halved while they do not gain.
 *
 * Input       where to start, and the likelihood anywhere. `stop` may end the search early.
 * Undefined   information that is not positive definite, or no arrival within 200 steps: a reason.
 */
export function maximize(
  start: Float64Array,
  likelihoodAt: (place: Float64Array) => Likelihood,
  stop: (step: Float64Array) => NoAnswer | null = () => null,
): Maximum | NoAnswer {
  let place = start
  let here = likelihoodAt(place)
  for (let steps = 1; steps <= MAX_STEPS; steps++) {
    const covariance = invertPositive(here.information, place.length)
    if (covariance === null) return { reason: 'the information is singular' }
    const step = multiply(covariance, here.gradient)
    const stopped = stop(step)
    if (stopped !== null) return stopped
    let gain = 0
    for (let k = 0; k < step.length; k++) gain += (step[k] as number) * (here.gradient[k] as number)
    let share = 1
    let next = likelihoodAt(place.map((value, k) => value + (step[k] as number)))
    const arrived = !(gain > ARRIVED * (1 + Math.abs(here.value)))
    for (let k = 0; !arrived && !(next.value >= here.value - 1e-12 * Math.abs(here.value)) && k < HALVINGS; k++) {
      share /= 2
      next = likelihoodAt(place.map((value, at) => value + share * (step[at] as number)))
    }
    place = place.map((value, k) => value + share * (step[k] as number))
    here = next
    if (!arrived) continue
    const final = invertPositive(here.information, place.length)
    if (final === null) return { reason: 'the information is singular' }
    return { place, value: here.value, covariance: final, lastStep: step, steps }
  }
  return { reason: 'the likelihood has no maximum that could be found' }
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  return vector.map((_, row) => {
    let sum = 0
    for (let k = 0; k < size; k++) sum += (matrix[row * size + k] as number) * (vector[k] as number)
    return sum
  })
}

/** Inverse of a symmetric positive definite matrix, by Cholesky of the matrix scaled to a diagonal of 1; null where it is none. */
export function invertPositive(matrix: Float64Array, size: number): Float64Array | null {
  const scale = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    const own = matrix[k * size + k] as number
    if (!(own > 0) || own === Number.POSITIVE_INFINITY) return null
    scale[k] = 1 / Math.sqrt(own)
  }
  const lower = new Float64Array(size * size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = (matrix[row * size + column] as number) * (scale[row] as number) * (scale[column] as number)
      for (let k = 0; k < column; k++) rest -= (lower[row * size + k] as number) * (lower[column * size + k] as number)
      if (row > column) lower[row * size + column] = rest / (lower[column * size + column] as number)
      else if (rest > 1e-14) lower[row * size + row] = Math.sqrt(rest)
      else return null
    }
  }
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size)
    unit[column] = 1
    for (let row = 0; row < size; row++) {
      let rest = unit[row] as number
      for (let k = 0; k < row; k++) rest -= (lower[row * size + k] as number) * (unit[k] as number)
      unit[row] = rest / (lower[row * size + row] as number)
    }
    for (let row = size - 1; row >= 0; row--) {
      let rest = unit[row] as number
      for (let k = row + 1; k < size; k++) rest -= (lower[k * size + row] as number) * (unit[k] as number)
      unit[row] = rest / (lower[row * size + row] as number)
    }
    for (let row = 0; row < size; row++)
      inverse[row * size + column] = (unit[row] as number) * (scale[row] as number) * (scale[column] as number)
  }
  return inverse
}

/** Logarithm of the determinant of a symmetric positive definite matrix. */
export function logDeterminant(matrix: Float64Array, size: number): number {
  const work = matrix.slice()
  let log = 0
  for (let k = 0; k < size; k++) {
    const pivot = work[k * size + k] as number
    log += Math.log(pivot)
    for (let row = k + 1; row < size; row++) {
      const factor = (work[row * size + k] as number) / pivot
      for (let at = k; at < size; at++)
        work[row * size + at] = (work[row * size + at] as number) - factor * (work[k * size + at] as number)
    }
  }
  return log
}
