import { Z } from '@afferent/distributions'
import { bracketedRoot } from '../bracketed-root.ts'
import { type LogRatio, logRatio } from '../likelihood/log-ratio.ts'
import { invertPositive, type Likelihood, logDeterminant, maximize } from '../likelihood/maximize.ts'
import { regressionOf, sumShares } from '../likelihood/regression.ts'
import type { Subjects } from '../linear-algebra/design.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import { logisticLikelihood } from './logistic.ts'

/** Profile limits are sought within this many logarithms of the odds ratio. */
const FARTHEST = 60

export interface FirthOdds extends LogRatio {
  /** Limits from the penalised profile likelihood; null where it never falls so far. */
  readonly profileLower: number | null
  readonly profileUpper: number | null
}

export interface Firth {
  readonly n: number
  /** By arm code, arm against reference; null for the reference. */
  readonly oddsRatios: readonly (FirthOdds | NoAnswer | null)[]
}

/**
 * Odds ratio of response between arms where maximum likelihood has none: Firth's penalised logistic regression.
 *
 * Definition  maximum of log L + log det(I) / 2, I the Fisher information: the slopes are
 *             sum (y - p + h (1/2 - p)) x, h the leverage. Wald limits from I at the maximum, and limits where twice the
 *             penalised log likelihood, maximal over all else, is 3.84 lower (95 %).
 * Input       as logistic regression. Nobody or everybody may respond.
 * Undefined   an empty arm, one arm, an arm that is a stratum: a reason.
 * Source      Firth, Biometrika 1993;80:27-38; Heinze and Schemper, Stat Med 2002;21:2409-2419. With the arm alone it is the
 *             odds ratio with 0.5 added to all cells.
 */
export function firth(response: Uint8Array, subjects: Subjects): Firth | NoAnswer {
  const regression = regressionOf(subjects)
  if (isMissing(regression)) return regression
  const { columns, armColumns } = regression
  const found = maximize(new Float64Array(columns.length), (place) => penalised(response, columns, place))
  if (isMissing(found)) return found
  const size = columns.length
  const { information } = logisticLikelihood(response, columns, found.place)
  const covariance = invertPositive(information, size)
  if (covariance === null) return { reason: 'the information is singular' }
  const drop = (k: number, at: number): number => {
    const profile = maximize(
      found.place.map((value, j) => (j === k ? at : value)),
      (place) => holdStill(penalised(response, columns, place), k),
    )
    return isMissing(profile) ? Number.NaN : 2 * (found.value - profile.value) - Z * Z
  }
  const limit = (k: number, towards: number): number | null => {
    const from = found.place[k] as number
    const se = Math.sqrt(covariance[k * size + k] as number)
    for (let reach = 2 * se; reach < FARTHEST; reach *= 2) {
      const end = from + towards * reach
      const there = drop(k, end)
      if (Number.isNaN(there)) return null
      if (there > 0) return Math.exp(bracketedRoot((at) => drop(k, at), from, end))
    }
    return null
  }
  return {
    n: response.length,
    oddsRatios: armColumns.map((k) => {
      if (k < 0) return null
      const wald = logRatio(found.place[k] as number, Math.sqrt(covariance[k * size + k] as number))
      return { ...wald, profileLower: limit(k, -1), profileUpper: limit(k, 1) }
    }),
  }
}

/**
 * The penalised log likelihood. Its steps take every subject 1 + h times, as if the penalty were h more half responders:
 * with the Fisher information alone they would be up to twice too long.
 */
function penalised(response: Uint8Array, columns: readonly Float64Array[], place: Float64Array): Likelihood {
  const size = columns.length
  const plain = logisticLikelihood(response, columns, place)
  const inverse = invertPositive(plain.information, size)
  if (inverse === null) return { ...plain, value: Number.NEGATIVE_INFINITY }
  const pulled = sumShares(columns, place, (i, predictor, share) => {
    let leverage = 0
    for (let k = 0; k < size; k++) {
      const own = (columns[k] as Float64Array)[i] as number
      for (let j = 0; j < size; j++)
        leverage += own * (inverse[k * size + j] as number) * ((columns[j] as Float64Array)[i] as number)
    }
    const p = 1 / (1 + Math.exp(-predictor))
    const weight = p * (1 - p)
    share.slope = (response[i] as number) - p + leverage * weight * (0.5 - p)
    share.weight = weight * (1 + leverage * weight)
  })
  return { ...pulled, value: plain.value + logDeterminant(plain.information, size) / 2 }
}

/** The same, but for one coefficient that is not to move. */
function holdStill({ value, gradient, information }: Likelihood, k: number): Likelihood {
  const size = gradient.length
  const held = information.slice()
  for (let j = 0; j < size; j++) {
    held[k * size + j] = 0
    held[j * size + k] = 0
  }
  held[k * size + k] = 1
  return { value, gradient: gradient.with(k, 0), information: held }
}
