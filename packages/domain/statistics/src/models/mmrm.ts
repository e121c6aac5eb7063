import { invertPositive } from '../likelihood/maximize.ts'
import { leastSquares } from '../linear-algebra/least-squares.ts'
import { type MeanEstimate, meanEstimate } from '../means/mean-estimate.ts'
import { isMissing, type NoAnswer } from '../no-answer.ts'
import {
  type CovarianceStructure,
  covarianceStructure,
  STRUCTURES,
  type StructureName,
} from './covariance-structure.ts'
import { patternSums, type RepeatedRows } from './repeated-sums.ts'
import {
  curvatures,
  type Derivatives,
  derivativesOf,
  type RestrictedLikelihood,
  restrictedLikelihood,
} from './restricted-likelihood.ts'
import { dot, timesVector } from './small-matrix.ts'

export type DegreesOfFreedom = 'Kenward-Roger' | 'Satterthwaite'

export interface Mmrm {
  readonly n: number
  readonly subjects: number
  readonly structure: StructureName
  /** `unstructured`, or why another stands in: `compound symmetry, since unstructured did not converge`. */
  readonly structureLabel: string
  /** By column; 0 where a column repeats earlier ones. */
  readonly coefficients: Float64Array
  /** Covariance of the visits, row by row. */
  readonly sigma: Float64Array
  readonly minusTwoLogLikelihood: number
  /** A weighted sum of coefficients with t test of 0 and 95 % limits. */
  readonly contrast: (weights: Float64Array, df: DegreesOfFreedom) => MeanEstimate | NoAnswer
}

const MAX_STEPS = 100
/** First steps by the expected information, which is always positive. */
const EXPECTED_STEPS = 4
/** Squared length of a step in units of its spread below which it has arrived. */
const ARRIVED = 1e-14
const HALVINGS = 30

/**
 * Mixed model for repeated measures: means by visit, no random effects, one covariance matrix for all subjects.
 *
 * Definition  y = X b + e, visits of a subject with covariance sigma, restricted maximum likelihood. Satterthwaite: df =
 *             2 v^2 / (g' A g), v = l' C l, g its slope by the parameters, A twice the inverse of the observed information.
 *             Kenward-Roger: variance l' C l + 2 l' C [sum A_kl (Q_kl - P_k C P_l)] C l, for one contrast with the same df.
 * Input       one row per subject and visit that has a value; columns finite; weights above 0 divide the variance.
 * Fallback    where the structure does not converge or cannot be told: heterogeneous Toeplitz, heterogeneous AR(1),
 *             compound symmetry; `structureLabel` says which and why. Structures that are not linear in their parameters
 *             (Toeplitz, AR(1)) take the expected information [P].
 * Undefined   no rows, a subject twice at a visit, no more rows than columns, residuals that do not vary, no structure that
 *             converges: a reason. A contrast the data cannot tell: a reason.
 * Source      Jennrich and Schluchter, Biometrics 1986;42:805-820; Fai and Cornelius, J Stat Comput Simul 1996;54:363-378;
 *             Kenward and Roger, Biometrics 1997;53:983-997.
 */
export function mmrm(rows: RepeatedRows, structures: readonly StructureName[] = STRUCTURES): Mmrm | NoAnswer {
  const n = rows.outcome.length
  if (n === 0) return { reason: 'there are no values' }
  const scale = rows.weights?.map(Math.sqrt)
  const weighted = (column: Float64Array): Float64Array =>
    scale === undefined ? column : column.map((value, row) => value * (scale[row] as number))
  const plain = leastSquares(rows.columns.map(weighted), weighted(rows.outcome))
  if (plain.df < 1) return { reason: 'there are no more values than coefficients' }
  const spread = plain.residualSquares / plain.df
  if (!(spread > 1e-20 * dot(rows.outcome, rows.outcome))) return { reason: 'the residuals do not vary' }
  const kept = plain.kept.map((column) => rows.columns[column] as Float64Array)
  const patterns = patternSums({ ...rows, columns: kept })
  if (patterns === null) return { reason: 'a subject has two values at a visit' }
  const refused: string[] = []
  for (const name of structures) {
    const structure = covarianceStructure(name, rows.visits)
    const variances = new Float64Array(rows.visits).fill(spread)
    const fitted =
      untold(structure, patterns, rows.visits) ?? fit(structure, patterns, variances, kept.length, rows.visits)
    if (isMissing(fitted)) {
      refused.push(`${structure.label} ${fitted.reason}`)
      continue
    }
    const { likelihood, derivatives, at } = fitted
    const information = structure.linear ? derivatives.observed : derivatives.expected
    const inverse = invertPositive(information, structure.parameters)
    if (inverse === null) {
      refused.push(`${structure.label} cannot be told from the data`)
      continue
    }
    const spreadOfParameters = inverse.map((value) => 2 * value)
    const coefficients = new Float64Array(rows.columns.length)
    plain.kept.forEach((column, k) => {
      coefficients[column] = likelihood.coefficients[k] as number
    })
    const logWeights = rows.weights?.reduce((sum, weight) => sum + Math.log(weight), 0) ?? 0
    return {
      n,
      subjects: patterns.reduce((sum, { subjects }) => sum + subjects, 0),
      structure: name,
      structureLabel: [structure.label, ...(refused.length === 0 ? [] : [`since ${refused.join(', ')}`])].join(', '),
      coefficients,
      sigma: structure.matrix(at),
      minusTwoLogLikelihood: likelihood.minusTwoLog + (n - kept.length) * Math.log(2 * Math.PI) - logWeights,
      contrast: (weights, df) => {
        for (const { column, of } of plain.dependent) {
          const expected = of.reduce((sum, part, k) => sum + part * (weights[plain.kept[k] as number] as number), 0)
          if (Math.abs(expected - (weights[column] as number)) > 1e-8)
            return { reason: 'the data cannot tell this contrast' }
        }
        const own = Float64Array.from(plain.kept, (column) => weights[column] as number)
        return contrastOf(own, df, likelihood, derivatives, structure, at, rows.visits, spreadOfParameters)
      },
    }
  }
  return { reason: `no covariance could be fitted: ${refused.join('; ')}` }
}

/** Whether two visits that a structure lets vary freely were never seen together. */
function untold(
  { name }: CovarianceStructure,
  patterns: readonly { readonly visits: readonly number[] }[],
  visits: number,
): NoAnswer | null {
  for (let a = 0; a < visits; a++) {
    if (!patterns.some((one) => one.visits.includes(a))) return { reason: 'has a visit without values' }
    for (let b = 0; b < a && name === 'UN'; b++) {
      if (!patterns.some((one) => one.visits.includes(a) && one.visits.includes(b)))
        return { reason: 'has two visits that nobody attended both of' }
    }
  }
  return null
}

interface Fitted {
  readonly likelihood: RestrictedLikelihood
  readonly derivatives: Derivatives
  readonly at: Float64Array
}

function fit(
  structure: CovarianceStructure,
  patterns: NonNullable<ReturnType<typeof patternSums>>,
  variances: Float64Array,
  columns: number,
  visits: number,
): Fitted | NoAnswer {
  let at = structure.start(variances)
  let likelihood = restrictedLikelihood(patterns, structure, at, columns, visits)
  if (likelihood === null) return { reason: 'has no start' }
  for (let steps = 1; steps <= MAX_STEPS; steps++) {
    const derivatives: Derivatives = derivativesOf(likelihood, structure, at, visits)
    const q = structure.parameters
    const observed = structure.linear && steps > EXPECTED_STEPS ? invertPositive(derivatives.observed, q) : null
    const inverse = observed ?? invertPositive(derivatives.expected, q)
    if (inverse === null) return { reason: 'cannot be told from the data' }
    const step = timesVector(inverse, derivatives.gradient)
    if (dot(step, derivatives.gradient) < ARRIVED && steps > EXPECTED_STEPS) return { likelihood, derivatives, at }
    let share = 1
    let next: { at: Float64Array; likelihood: RestrictedLikelihood } | null = null
    for (let k = 0; k < HALVINGS && next === null; k++, share /= 2) {
      const there: Float64Array = at.map((value, p) => value - share * (step[p] as number))
      const tried = restrictedLikelihood(patterns, structure, there, columns, visits)
      if (tried !== null && tried.minusTwoLog <= likelihood.minusTwoLog + 1e-9) next = { at: there, likelihood: tried }
    }
    if (next === null) return { reason: 'did not converge' }
    at = next.at
    likelihood = next.likelihood
  }
  return { reason: 'did not converge' }
}

function contrastOf(
  weights: Float64Array,
  method: DegreesOfFreedom,
  likelihood: RestrictedLikelihood,
  { slopes }: Derivatives,
  structure: CovarianceStructure,
  at: Float64Array,
  visits: number,
  spread: Float64Array,
): MeanEstimate | NoAnswer {
  const q = structure.parameters
  const w = timesVector(likelihood.covariance, weights)
  const variance = dot(weights, w)
  if (!(variance > 0)) return { reason: 'the contrast has no variance' }
  const moved = slopes.map((slope) => timesVector(slope, w))
  const gradient = Float64Array.from(moved, (one) => -dot(w, one))
  const ofVariance = dot(gradient, timesVector(spread, gradient))
  const df = (2 * variance * variance) / ofVariance
  let adjusted = variance
  if (method === 'Kenward-Roger') {
    const curved = curvatures(likelihood, structure, at, visits, w)
    const back = moved.map((one) => timesVector(likelihood.covariance, one))
    for (let k = 0; k < q; k++) {
      for (let l = 0; l < q; l++) {
        const own = (curved[k * q + l] as number) - dot(moved[k] as Float64Array, back[l] as Float64Array)
        adjusted += 2 * (spread[k * q + l] as number) * own
      }
    }
  }
  if (!(adjusted > 0) || !Number.isFinite(df)) return { reason: 'the variance of the contrast cannot be told' }
  return meanEstimate(dot(weights, likelihood.coefficients), Math.sqrt(adjusted), df)
}
