import { factorize, solve } from '../linear-algebra/symmetric.ts'
import { halfLength, placeOf } from './covariance-structure.ts'
import { type CovarianceFit, fitCovariance } from './fit-covariance.ts'
import { type PatternSums, type SubjectRows, sumPatterns, toSubjectRows } from './pattern-sums.ts'
import { addProducts } from './restricted-likelihood.ts'
import type { VisitRows } from './visit-rows.ts'

export type StructureName = 'UN' | 'TOEPH' | 'ARH1' | 'CS'
/** The order of endpoints.md: the first that converges is used. */
export const FALLBACK_ORDER: readonly StructureName[] = ['UN', 'TOEPH', 'ARH1', 'CS']

/** A fitted model for repeated measures. */
export interface RepeatedFit {
  readonly structure: StructureName
  /** Structures tried before, and why each was left. */
  readonly given: readonly { readonly structure: StructureName; readonly reason: string }[]
  readonly coefficients: Float64Array
  /** Covariance of the coefficients, p x p, not adjusted. */
  readonly covariance: Float64Array
  /** Covariance of the visits, row by row. */
  readonly visitCovariance: Float64Array
  readonly minusTwoLogLikelihood: number
  readonly rows: number
  readonly subjects: number
  readonly sums: PatternSums
  readonly data: SubjectRows
  readonly shift: Float64Array
  readonly fit: CovarianceFit
}

/**
 * Linear model for repeated measures without random effects, by restricted maximum likelihood.
 *
 * Definition  y = X b + e; e of a subject has one covariance over visits, the same for all subjects.
 * Input       rows as in VisitRows; the structures to try, in order.
 * Output      with the structure used, and those tried before with the reason each was left.
 * Undefined   the reason in words: no data, a visit without data, more coefficients than rows, a column of the design that
 *             depends on those before it, no variation, no structure converged.
 * Throws      never.
 * Source      Jennrich and Schluchter, Biometrics 1986;42:805-820; endpoints 10, MMRM.
 */
export function fitRepeated(
  rows: VisitRows,
  order: readonly StructureName[] = FALLBACK_ORDER,
): RepeatedFit | { readonly reason: string } {
  const data = toSubjectRows(rows)
  const p = rows.design.length
  if (data.order.length === 0) return { reason: 'no response at any visit' }
  for (let visit = 0; visit < rows.visits; visit++)
    if (!data.order.some((row) => rows.visit[row] === visit)) return { reason: `visit ${visit + 1} has no data` }
  if (data.order.length <= p) return { reason: `${data.order.length} responses for ${p} coefficients` }
  const raw = sumPatterns(data, new Float64Array(p))
  const shift = leastSquares(raw)
  if ('reason' in shift) return shift
  const sums = sumPatterns(data, shift.coefficients)
  const varies = variationOf(raw, sums)
  if (varies !== null) return { reason: varies }
  const given: { structure: StructureName; reason: string }[] = []
  for (const structure of order) {
    const fit = fitCovariance(sums, structure)
    if (!('reason' in fit)) return toResult(fit, given, sums, data, shift.coefficients)
    given.push({ structure, reason: fit.reason })
  }
  return { reason: given.map(({ structure, reason }) => `${structure}: ${reason}`).join('; ') }
}

export function toResult(
  fit: CovarianceFit,
  given: RepeatedFit['given'],
  sums: PatternSums,
  data: SubjectRows,
  shift: Float64Array,
): RepeatedFit {
  const elements = fit.structure.elements(fit.theta)
  const visitCovariance = new Float64Array(sums.visits ** 2)
  for (let a = 0; a < sums.visits; a++)
    for (let b = 0; b < sums.visits; b++) visitCovariance[a * sums.visits + b] = elements[placeOf(a, b)]
  return {
    structure: fit.structure.name,
    given,
    coefficients: fit.likelihood.coefficients.map((value, j) => value + shift[j]),
    covariance: fit.likelihood.covariance,
    visitCovariance,
    minusTwoLogLikelihood: fit.likelihood.minusTwoLogLikelihood,
    rows: sums.rows,
    subjects: sums.subjects,
    sums,
    data,
    shift,
    fit,
  }
}

/** Least squares over all rows: where responses are measured from. */
function leastSquares(sums: PatternSums): { readonly coefficients: Float64Array } | { readonly reason: string } {
  const p = sums.coefficients
  const matrix = new Float64Array(p * p)
  const coefficients = new Float64Array(p)
  for (const pattern of sums.patterns) {
    const m = pattern.visits.length
    const identity = new Float64Array(m * m)
    for (let a = 0; a < m; a++) identity[a * m + a] = 1
    addProducts(sums, pattern, identity, matrix, coefficients)
  }
  const dependent = factorize(matrix, p)
  if (dependent >= 0) return { reason: `column ${dependent + 1} of the design depends on those before it` }
  solve(matrix, p, coefficients)
  return { coefficients }
}

/** Rounding leaves residuals of about 1e-16 of the response: what is as small is no variation. */
const NO_VARIATION = 1e-20

function variationOf(raw: PatternSums, sums: PatternSums): string | null {
  const squares = (of: PatternSums): Float64Array => {
    const out = new Float64Array(halfLength(of.visits))
    for (const { visits, products } of of.patterns)
      for (let a = 0; a < visits.length; a++) {
        const product = products[a * visits.length + a]
        out[placeOf(visits[a], visits[a])] += product[product.length - 1]
      }
    return out
  }
  const [before, after] = [squares(raw), squares(sums)]
  for (let a = 0; a < sums.visits; a++) {
    const s = placeOf(a, a)
    if (!(after[s] > NO_VARIATION * before[s])) return `no variation about the model at visit ${a + 1}`
  }
  return null
}
