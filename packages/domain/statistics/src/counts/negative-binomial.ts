import { Z } from '@afferent/distributions'
import { bracketedRoot } from '../bracketed-root.ts'
import { fitDispersion } from '../likelihood/dispersion.ts'
import { type LogRatio, logRatio } from '../likelihood/log-ratio.ts'
import { invertPositive, type Likelihood, type Maximum, maximize } from '../likelihood/maximize.ts'
import { regressionOf, sumShares } from '../likelihood/regression.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { countProblem } from './poisson.ts'

/** A slope of the likelihood this small beside the sum of squared counts is 0. */
const ROUNDING = 1e-10
/** Below, differences of logarithms lose digits and a series is used. */
const SERIES_BELOW = 0.01
/** Likelihood ratio limits are sought within this many logarithms of the rate ratio. */
const FARTHEST = 60

export interface RateRatio extends LogRatio {
  /** Standard error with the dispersion taken as known, from the expected information (glm.nb of MASS prints this one). */
  readonly seGivenDispersion: number
  /** Limits where twice the log likelihood is 3.84 lower; null where it never falls so far. */
  readonly ratioLower: number | null
  readonly ratioUpper: number | null
}

export interface NegativeBinomial {
  readonly n: number
  readonly method: 'negative binomial' | 'Poisson'
  /** Variance = mean + dispersion mean^2; theta of other programs is 1 / dispersion. 0: Poisson. */
  readonly dispersion: number
  readonly logLikelihood: number
  /** By arm code, arm against reference; null for the reference. */
  readonly rateRatios: readonly (RateRatio | null)[]
}

/**
 * Ratio of event rates between arms, counts varying more than Poisson's.
 *
 * Definition  NB2: log mean = `TRT + covariates + strata` + log(exposure), variance mean + a mean^2, coefficients and a by
 *             maximum likelihood; Wald limits (95 %) from the observed information of all parameters, and likelihood ratio
 *             limits. A largest likelihood at a = 0 gives Poisson regression, and `method` says so.
 * Input       whole counts, exposure above 0 (days observed), in subject order.
 * Undefined   an empty arm, an arm without events, a count that is none, exposure not above 0, an arm that is a stratum, no
 *             maximum: a reason.
 * Source      Lawless, Can J Stat 1987;15:209-225.
 */
export function negativeBinomial(
  counts: Float64Array,
  exposure: Float64Array,
  subjects: Subjects,
): NegativeBinomial | NoAnswer {
  const problem = countProblem(counts, exposure, subjects)
  if (problem !== null) return problem
  const regression = regressionOf(subjects)
  if (isMissing(regression)) return regression
  const { columns, armColumns } = regression
  const offsets = exposure.map(Math.log)
  const fitted = fit(counts, offsets, columns)
  if (isMissing(fitted)) return fitted
  const { dispersion, fit: found } = fitted
  const size = columns.length
  const covariance = observedCovariance(counts, offsets, columns, found, dispersion)
  const expected = expectedCovariance(counts, offsets, columns, found, dispersion)
  if (covariance === null || expected === null) return { reason: 'the information is singular' }
  const all = dispersion > 0 ? size + 1 : size
  return {
    n: counts.length,
    method: dispersion > 0 ? 'negative binomial' : 'Poisson',
    dispersion,
    logLikelihood: found.value - logFactorials(counts),
    rateRatios: armColumns.map((k) => {
      if (k < 0) return null
      const estimate = found.place[k] as number
      const wald = logRatio(estimate, Math.sqrt(covariance[k * all + k] as number))
      const limit = ratioLimits(counts, offsets, columns, k, estimate, wald.se, found.value)
      return {
        ...wald,
        seGivenDispersion: Math.sqrt(expected[k * size + k] as number),
        ratioLower: limit(-1),
        ratioUpper: limit(1),
      }
    }),
  }
}

function fit(counts: Float64Array, offsets: Float64Array, columns: readonly Float64Array[]) {
  let squares = 0
  let sum = 0
  let time = 0
  counts.forEach((count, i) => {
    squares += count * count
    sum += count
    time += Math.exp(offsets[i] as number)
  })
  const first = new Float64Array(columns.length)
  if (first.length > 0) first[0] = Math.log(sum / time)
  return fitDispersion(
    (dispersion, start) =>
      maximize(start ?? first, (place) => likelihoodAt(counts, offsets, columns, place, dispersion)),
    (dispersion, place) => slopeByDispersion(counts, offsets, columns, place, dispersion),
    ROUNDING * squares,
  )
}

/** Log likelihood less the constant that holds the factorials. */
function likelihoodAt(
  counts: Float64Array,
  offsets: Float64Array,
  columns: readonly Float64Array[],
  place: Float64Array,
  dispersion: number,
): Likelihood {
  const plain = sumShares(columns, place, (i, predictor, share) => {
    const y = counts[i] as number
    const log = predictor + (offsets[i] as number)
    const mean = Math.exp(log)
    const t = dispersion * mean
    const grown = Math.log1p(t)
    share.value = y * (log - grown) - (t > 0 ? mean * (grown / t) : mean)
    share.slope = (y - mean) / (1 + t)
    share.weight = (mean * (1 + dispersion * y)) / (1 + t) ** 2
  })
  return { ...plain, value: plain.value + logRises(counts, dispersion) }
}

/** Sum over subjects and j below their count of log(1 + a j). */
function logRises(counts: Float64Array, dispersion: number): number {
  if (dispersion === 0) return 0
  let sum = 0
  for (const count of counts) for (let j = 1; j < count; j++) sum += Math.log1p(dispersion * j)
  return sum
}

function logFactorials(counts: Float64Array): number {
  let sum = 0
  for (const count of counts) for (let j = 2; j <= count; j++) sum += Math.log(j)
  return sum
}

function slopeByDispersion(
  counts: Float64Array,
  offsets: Float64Array,
  columns: readonly Float64Array[],
  place: Float64Array,
  dispersion: number,
): number {
  let slope = 0
  eachMean(counts, offsets, columns, place, (y, mean) => {
    const t = dispersion * mean
    slope += mean * mean * bend(t) - (y * mean) / (1 + t)
    for (let j = 1; j < y; j++) slope += j / (1 + dispersion * j)
  })
  return slope
}

/** (log(1 + t) - t / (1 + t)) / t^2. */
function bend(t: number): number {
  if (t >= SERIES_BELOW) return (Math.log1p(t) - t / (1 + t)) / (t * t)
  let sum = 0
  for (let k = 9; k >= 0; k--) sum = (k + 1) / (k + 2) - t * sum
  return sum
}

/** Slope of `bend`. */
function bendSlope(t: number): number {
  if (t >= SERIES_BELOW) return 1 / (t * (1 + t) ** 2) - (2 * bend(t)) / t
  let sum = 0
  for (let k = 9; k >= 1; k--) sum = (k * (k + 1)) / (k + 2) - t * sum
  return -sum
}

function eachMean(
  counts: Float64Array,
  offsets: Float64Array,
  columns: readonly Float64Array[],
  place: Float64Array,
  use: (count: number, mean: number, subject: number) => void,
): void {
  for (let i = 0; i < counts.length; i++) {
    let log = offsets[i] as number
    for (let k = 0; k < columns.length; k++) log += ((columns[k] as Float64Array)[i] as number) * (place[k] as number)
    use(counts[i] as number, Math.exp(log), i)
  }
}

/** Inverse of the observed information of the coefficients and, where it is above 0, the dispersion (last). */
function observedCovariance(
  counts: Float64Array,
  offsets: Float64Array,
  columns: readonly Float64Array[],
  { place }: Maximum,
  dispersion: number,
): Float64Array | null {
  const size = columns.length
  const { information } = likelihoodAt(counts, offsets, columns, place, dispersion)
  if (dispersion === 0) return invertPositive(information, size)
  const all = size + 1
  const matrix = new Float64Array(all * all)
  for (let k = 0; k < size; k++)
    for (let j = 0; j < size; j++) matrix[k * all + j] = information[k * size + j] as number
  eachMean(counts, offsets, columns, place, (y, mean, i) => {
    const t = dispersion * mean
    const mixed = ((y - mean) * mean) / (1 + t) ** 2
    for (let k = 0; k < size; k++) {
      const term = mixed * ((columns[k] as Float64Array)[i] as number)
      matrix[k * all + size] = (matrix[k * all + size] as number) + term
      matrix[size * all + k] = (matrix[size * all + k] as number) + term
    }
    let own = -(mean ** 3) * bendSlope(t) - (y * mean * mean) / (1 + t) ** 2
    for (let j = 1; j < y; j++) own += (j / (1 + dispersion * j)) ** 2
    matrix[size * all + size] = (matrix[size * all + size] as number) + own
  })
  return invertPositive(matrix, all)
}

function expectedCovariance(
  counts: Float64Array,
  offsets: Float64Array,
  columns: readonly Float64Array[],
  { place }: Maximum,
  dispersion: number,
): Float64Array | null {
  const { information } = sumShares(columns, place, (i, predictor, share) => {
    const mean = Math.exp(predictor + (offsets[i] as number))
    share.value = counts[i] as number
    share.slope = 0
    share.weight = mean / (1 + dispersion * mean)
  })
  return invertPositive(information, columns.length)
}

/** Where, with one coefficient held, the largest log likelihood has fallen by half of 3.84. */
function ratioLimits(
  counts: Float64Array,
  offsets: Float64Array,
  columns: readonly Float64Array[],
  held: number,
  estimate: number,
  se: number,
  largest: number,
): (towards: number) => number | null {
  const rest = columns.filter((_, k) => k !== held)
  const own = columns[held] as Float64Array
  const drop = (at: number): number => {
    const shifted = offsets.map((offset, i) => offset + at * (own[i] as number))
    const found = fit(counts, shifted, rest)
    return isMissing(found) ? Number.NaN : 2 * (largest - found.fit.value) - Z * Z
  }
  return (towards) => {
    for (let reach = 2 * se; reach < FARTHEST; reach *= 2) {
      const there = drop(estimate + towards * reach)
      if (Number.isNaN(there)) return null
      if (there > 0) return Math.exp(bracketedRoot(drop, estimate, estimate + towards * reach))
    }
    return null
  }
}
