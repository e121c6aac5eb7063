import { fitDispersion } from '../likelihood/dispersion.ts'
import { type LogRatio, logRatio } from '../likelihood/log-ratio.ts'
import { invertPositive, type Likelihood, maximize } from '../likelihood/maximize.ts'
import { regressionOf, type Share, sumShares } from '../likelihood/regression.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'

/** A slope of the likelihood this small beside the sum of squared days is 0. */
const ROUNDING = 1e-10

export interface BetaBinomial {
  readonly n: number
  readonly method: 'beta-binomial' | 'binomial'
  /** Correlation of two days of one subject; 0: binomial. */
  readonly correlation: number
  readonly logLikelihood: number
  /** Ratio of the odds of such a day, by arm code, arm against reference; null for the reference. */
  readonly oddsRatios: readonly (LogRatio | null)[]
}

/**
 * Ratio between arms of the odds that a day is one with headache, days of one subject being alike.
 *
 * Definition  days of n observed, beta-binomial: logit of the mean share = `TRT + covariates + strata`, correlation r of two
 *             days, all by maximum likelihood; Wald limits (95 %) from the observed information of all parameters. A largest
 *             likelihood at r = 0 gives binomial regression, and `method` says so.
 * Input       whole days, 0 <= days <= observed, observed above 0, in subject order. Unlike a count they are bounded.
 * Undefined   an empty arm, an arm with none or all of its days, days that do not fit, an arm that is a stratum, no maximum: a
 *             reason.
 * Source      Williams, Biometrics 1975;31:949-952 [L]; used beside the negative binomial in Di Tanna et al., BMC Med Res
 *             Methodol 2019;19:20.
 */
export function betaBinomial(days: Float64Array, observed: Float64Array, subjects: Subjects): BetaBinomial | NoAnswer {
  const problem = daysProblem(days, observed, subjects)
  if (problem !== null) return problem
  const regression = regressionOf(subjects)
  if (isMissing(regression)) return regression
  const { columns, armColumns } = regression
  let squares = 0
  for (const count of observed) squares += count * count
  const data = { days, observed, columns }
  const fitted = fitDispersion(
    (spread, start) =>
      maximize(start ?? new Float64Array(columns.length), (place) => likelihoodAt(data, place, spread)),
    (spread, place) => slopeBySpread(data, place, spread),
    ROUNDING * squares,
  )
  if (isMissing(fitted)) return fitted
  const { dispersion, fit } = fitted
  const covariance = observedCovariance(data, fit.place, dispersion)
  if (covariance === null) return { reason: 'the information is singular' }
  const all = dispersion > 0 ? columns.length + 1 : columns.length
  return {
    n: days.length,
    method: dispersion > 0 ? 'beta-binomial' : 'binomial',
    correlation: dispersion / (1 + dispersion),
    logLikelihood: fit.value + logChoices(days, observed),
    oddsRatios: armColumns.map((k) =>
      k < 0 ? null : logRatio(fit.place[k] as number, Math.sqrt(covariance[k * all + k] as number)),
    ),
  }
}

interface Data {
  readonly days: Float64Array
  readonly observed: Float64Array
  readonly columns: readonly Float64Array[]
}

function daysProblem(days: Float64Array, observed: Float64Array, { arm, arms }: Subjects): NoAnswer | null {
  const fits = (count: number, i: number): boolean => {
    const of = observed[i] as number
    return Number.isInteger(count) && Number.isInteger(of) && of > 0 && count >= 0 && count <= of
  }
  if (!days.every(fits)) return { reason: 'days are no whole number of those observed' }
  for (let code = 0; code < arms; code++) {
    const own = [...days.keys()].filter((i) => arm[i] === code)
    if (own.length > 0 && own.every((i) => days[i] === 0)) return { reason: 'an arm has none of its days' }
    if (own.length > 0 && own.every((i) => days[i] === observed[i])) return { reason: 'an arm has all of its days' }
  }
  return null
}

/** Sums over the days of a subject, at share p: 1 / (p + g j) to the powers 1 and 2, j to the powers 0 to 2. */
interface DaySums {
  log: number
  first: number
  second: number
  byJ: number
  byJSecond: number
  byJJ: number
}

function sumDays(count: number, share: number, spread: number, sums: DaySums): void {
  sums.log = 0
  sums.first = 0
  sums.second = 0
  sums.byJ = 0
  sums.byJSecond = 0
  sums.byJJ = 0
  for (let j = 0; j < count; j++) {
    const base = share + spread * j
    sums.log += Math.log(base)
    sums.first += 1 / base
    sums.second += 1 / (base * base)
    sums.byJ += j / base
    sums.byJSecond += j / (base * base)
    sums.byJJ += (j / base) ** 2
  }
}

const noSums = (): DaySums => ({ log: 0, first: 0, second: 0, byJ: 0, byJSecond: 0, byJJ: 0 })

/** Log likelihood less the constant that holds the choices of days; its steps use an information that is always positive. */
function likelihoodAt({ days, observed, columns }: Data, place: Float64Array, spread: number): Likelihood {
  return walk({ days, observed, columns }, place, spread, (yes, no, whole, p, share) => {
    const pq = p * (1 - p)
    share.value = yes.log + no.log - whole.log
    share.slope = pq * (yes.first - no.first)
    share.weight = pq * pq * (yes.second + no.second)
  })
}

function walk(
  { days, observed, columns }: Data,
  place: Float64Array,
  spread: number,
  use: (yes: DaySums, no: DaySums, whole: DaySums, p: number, share: Share, subject: number) => void,
): Likelihood {
  const [yes, no, whole] = [noSums(), noSums(), noSums()]
  return sumShares(columns, place, (i, predictor, share) => {
    const p = 1 / (1 + Math.exp(-predictor))
    const count = days[i] as number
    const of = observed[i] as number
    sumDays(count, p, spread, yes)
    sumDays(of - count, 1 / (1 + Math.exp(predictor)), spread, no)
    sumDays(of, 1, spread, whole)
    use(yes, no, whole, p, share, i)
  })
}

function slopeBySpread(data: Data, place: Float64Array, spread: number): number {
  let slope = 0
  walk(data, place, spread, (yes, no, whole) => {
    slope += yes.byJ + no.byJ - whole.byJ
  })
  return slope
}

/** Inverse of the observed information of the coefficients and, where it is above 0, the spread (last). */
function observedCovariance(data: Data, place: Float64Array, spread: number): Float64Array | null {
  const { columns } = data
  const size = columns.length
  const all = spread > 0 ? size + 1 : size
  const matrix = new Float64Array(all * all)
  const { information } = walk(data, place, spread, (yes, no, whole, p, share, i) => {
    const pq = p * (1 - p)
    share.value = 0
    share.slope = 0
    share.weight = pq * pq * (yes.second + no.second) - pq * (1 - 2 * p) * (yes.first - no.first)
    if (spread === 0) return
    const mixed = pq * (yes.byJSecond - no.byJSecond)
    for (let k = 0; k < size; k++) {
      const term = mixed * ((columns[k] as Float64Array)[i] as number)
      matrix[k * all + size] = (matrix[k * all + size] as number) + term
      matrix[size * all + k] = (matrix[size * all + k] as number) + term
    }
    matrix[size * all + size] = (matrix[size * all + size] as number) + yes.byJJ + no.byJJ - whole.byJJ
  })
  for (let k = 0; k < size; k++)
    for (let j = 0; j < size; j++) matrix[k * all + j] = information[k * size + j] as number
  return invertPositive(matrix, all)
}

function logChoices(days: Float64Array, observed: Float64Array): number {
  let sum = 0
  days.forEach((count, i) => {
    for (let j = 1; j <= count; j++) sum += Math.log(((observed[i] as number) - count + j) / j)
  })
  return sum
}
