/** A column is taken as a combination of earlier ones when less than this share of its length is its own (as R's lm). */
const DEPENDENT_BELOW = 1e-7
/** How far a contrast may be from what the data can tell, relative to its largest weight. */
const ESTIMABLE_WITHIN = 1e-8

/** A fitted linear model. Columns that repeat earlier ones have no coefficient of their own and stand at 0. */
export interface LeastSquares {
  readonly n: number
  /** Columns that are no combination of earlier ones. */
  readonly rank: number
  /** n - rank. */
  readonly df: number
  readonly coefficients: Float64Array
  /** Places of the columns with a coefficient, in order. */
  readonly kept: readonly number[]
  readonly residualSquares: number
  /** Upper triangle of the kept columns, by columns. */
  readonly triangle: readonly Float64Array[]
  /** Each other column, as a combination of the kept ones before it. */
  readonly dependent: readonly { readonly column: number; readonly of: Float64Array }[]
}

/**
 * Least squares of y on columns, by Householder reflections.
 *
 * Definition  the coefficients with the least sum of squared residuals; a column of which less than 1e-7 of its length stands
 *             off the columns before it counts as dependent on them and gets coefficient 0.
 * Input       columns of one length; intercept, dummies and covariates alike. Neither they nor y are changed.
 * Output      sums run in the order of the rows: the same rows in the same order give the same bits.
 * Source      Golub and Van Loan, Matrix Computations, section 5.2; the order of columns is kept as in LINPACK's dqrdc2.
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array): LeastSquares {
  const n = y.length
  const right = y.slice()
  const kept: number[] = []
  const triangle: Float64Array[] = []
  const reflectors: Float64Array[] = []
  const dependent: { column: number; of: Float64Array }[] = []
  columns.forEach((given, column) => {
    const work = given.slice()
    const length = Math.sqrt(squares(work, 0))
    reflectors.forEach((reflector, row) => {
      reflect(work, reflector, row)
    })
    const rank = kept.length
    const own = rank < n ? Math.sqrt(squares(work, rank)) : 0
    if (!(own > DEPENDENT_BELOW * length)) {
      dependent.push({ column, of: solveTriangle(triangle, work.slice(0, rank)) })
      return
    }
    const head = work[rank] as number
    const diagonal = head > 0 ? -own : own
    const reflector = work.slice()
    reflector[rank] = head - diagonal
    reflect(right, reflector, rank)
    reflectors.push(reflector)
    const top = work.slice(0, rank + 1)
    top[rank] = diagonal
    triangle.push(top)
    kept.push(column)
  })
  const rank = kept.length
  const solved = solveTriangle(triangle, right.slice(0, rank))
  const coefficients = new Float64Array(columns.length)
  kept.forEach((column, k) => {
    coefficients[column] = solved[k] as number
  })
  return { n, rank, df: n - rank, coefficients, kept, residualSquares: squares(right, rank), triangle, dependent }
}

/**
 * A weighted sum of coefficients and its variance in units of the residual variance.
 *
 * Undefined   null where the data cannot tell it: its weights do not follow a dependent column.
 */
export function linearCombination(
  fit: LeastSquares,
  weights: readonly number[] | Float64Array,
): { readonly estimate: number; readonly unscaledVariance: number } | null {
  let scale = 0
  for (const weight of weights) scale = Math.max(scale, Math.abs(weight))
  for (const { column, of } of fit.dependent) {
    let expected = 0
    for (let k = 0; k < of.length; k++) expected += (of[k] as number) * (weights[fit.kept[k] as number] as number)
    if (Math.abs(expected - (weights[column] as number)) > ESTIMABLE_WITHIN * scale) return null
  }
  let estimate = 0
  let unscaledVariance = 0
  const forward = new Float64Array(fit.rank)
  for (let k = 0; k < fit.rank; k++) {
    const column = fit.kept[k] as number
    const weight = weights[column] as number
    estimate += weight * (fit.coefficients[column] as number)
    const top = fit.triangle[k] as Float64Array
    let rest = weight
    for (let row = 0; row < k; row++) rest -= (top[row] as number) * (forward[row] as number)
    forward[k] = rest / (top[k] as number)
    unscaledVariance += (forward[k] as number) ** 2
  }
  return { estimate, unscaledVariance }
}

function squares(values: Float64Array, from: number): number {
  let sum = 0
  for (let i = from; i < values.length; i++) sum += (values[i] as number) ** 2
  return sum
}

/** Mirrors the rows from `row` on. */
function reflect(values: Float64Array, reflector: Float64Array, row: number): void {
  let product = 0
  for (let i = row; i < values.length; i++) product += (reflector[i] as number) * (values[i] as number)
  const factor = (2 * product) / squares(reflector, row)
  for (let i = row; i < values.length; i++) values[i] = (values[i] as number) - factor * (reflector[i] as number)
}

/** Solves upwards from the last row, in place. */
function solveTriangle(triangle: readonly Float64Array[], right: Float64Array): Float64Array {
  for (let k = right.length - 1; k >= 0; k--) {
    const top = triangle[k] as Float64Array
    const value = (right[k] as number) / (top[k] as number)
    right[k] = value
    for (let row = 0; row < k; row++) right[row] = (right[row] as number) - value * (top[row] as number)
  }
  return right
}
